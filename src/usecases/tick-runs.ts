import { type Delivery, newDelivery } from '../domain/delivery.ts';
import type { Event } from '../domain/event.ts';
import { type CallWhy, callsToMake, hasBegun, type RunCall } from '../domain/run-calls.ts';
import type { RunHold } from '../domain/run-hold.ts';
import { type RunItem, runState, standingCommands } from '../domain/run-of-show.ts';
import { CUE_LIVES_MS, type StageCue, stageCues } from '../domain/stage-cues.ts';
import { DAY, MINUTE } from '../domain/time.ts';
import type { TrackRun } from '../domain/track-run.ts';
import type { Lang } from '../text/text.ts';
import { changeRun } from './driven-run.ts';
import type { Clock, Deliveries, Events, Grants, Letters, People, Projects } from './ports.ts';
import type { Runs } from './roadshow-ports.ts';

export interface TickPorts {
  readonly clock: Clock;
  readonly events: Events;
  readonly grants: Grants;
  readonly people: People;
  readonly projects: Projects;
  readonly runs: Runs;
  readonly deliveries: Deliveries;
  readonly letters: Letters;
}

const AT_ONCE = 500;

/**
 * Tells hosts how the items on stage stand with their time, and teams when it is their turn, in every run that goes
 * on. Done again it tells nothing twice. Returns how many runs there are.
 */
export function tickRuns(ports: TickPorts) {
  return async (): Promise<number> => {
    const runs = await ports.runs.active(AT_ONCE);
    const events = await ports.events.byId([...new Set(runs.map(({ event }) => event))]);
    const eventOf = new Map(events.map((event) => [event.id, event]));
    for (const run of runs) {
      const event = eventOf.get(run.event);
      if (!event || isGivenUp(run, event, ports.clock.now()))
        await changeRun(ports, run.id, (one) => (hasBegun(one) ? one : { ...one, active: false }));
      else await tickRun(ports, run, event);
    }
    return runs.length;
  };
}

/** A day that was planned and never came. */
function isGivenUp(run: TrackRun, { endsAt }: Event, now: Date): boolean {
  const last = Math.max(endsAt.getTime(), run.plan.startsAt.getTime());
  return !hasBegun(run) && now.getTime() - last > DAY;
}

/** The same for one run. */
export async function tickRun(ports: TickPorts, run: TrackRun, event: Event): Promise<void> {
  const now = ports.clock.now();
  const { plan, commands } = run;
  const cues = stageCues(plan, runState(plan, commands), now);
  if (cues.length > 0) await ports.deliveries.add(await cueRows(ports, run, event, cues));
  await callTeams(ports, run, event, now);
}

/** What teams are told is decided by what is stored, and stored before a letter is written: then it is the same for all. */
async function callTeams(ports: TickPorts, run: TrackRun, event: Event, now: Date): Promise<void> {
  const isWaiting = (one: TrackRun) => (one.calls ?? []).some(({ written }) => !written);
  if (callsToMake(run, now).length === 0 && !isWaiting(run)) return;
  const called = await changeRun(ports, run.id, (one) => {
    const calls = callsToMake(one, now);
    return calls.length > 0 ? { ...one, calls: [...(one.calls ?? []), ...calls] } : one;
  });
  const calls = called.calls ?? [];
  const rows = await callRows(ports, called, event);
  await ports.deliveries.add(rows);
  await changeRun(ports, run.id, (one) => {
    const all = one.calls ?? [];
    if (!all.slice(0, calls.length).some(({ written }) => !written)) return one;
    return { ...one, calls: all.map((call, i) => (i < calls.length ? { ...call, written: true } : call)) };
  });
}

const LIVES: Readonly<Record<CallWhy, number>> = {
  30: 15 * MINUTE,
  10: 8 * MINUTE,
  next: 10 * MINUTE,
  moved: 10 * MINUTE,
  paused: 10 * MINUTE,
  absent: 30 * MINUTE,
};

async function callRows(ports: TickPorts, run: TrackRun, event: Event): Promise<Delivery[]> {
  const { plan, calls = [] } = run;
  const items = new Map(plan.items.map((item) => [item.id, item]));
  const waiting = calls.flatMap((call, i) => {
    const item = items.get(call.item);
    if (call.written || !item || isOutspoken(calls, i)) return [];
    const before = calls.slice(0, i).filter((one) => one.item === call.item && one.why === call.why).length;
    return [{ call, item, number: before + 1 }];
  });
  const teams = await teamsOf(
    ports,
    waiting.map(({ item }) => item),
  );
  const langOf = await languages(ports, event, [...teams.values()].flat());
  return waiting.flatMap(({ call, item, number }) =>
    (teams.get(item.id) ?? []).map((person) =>
      newDelivery({
        id: `callup/${run.id}/${call.item}/${call.why}${number > 1 ? `-${number}` : ''}/${person}`,
        person,
        kind: 'own',
        event: event.id,
        hold: holdOf(call, run.id),
        letter: ports.letters.callUp(call, { event, run, item }, langOf(person)),
        notBefore: call.at,
        expiresAt: new Date(call.at.getTime() + LIVES[call.why]),
      }),
    ),
  );
}

/** Of two calls of one moment the more urgent is said alone. */
function isOutspoken(calls: readonly RunCall[], place: number): boolean {
  const [call, after] = [calls[place], calls[place + 1]];
  return call !== undefined && after?.item === call.item && after.at.getTime() === call.at.getTime();
}

function holdOf({ item, why, from }: RunCall, run: string): RunHold {
  if (why === 'paused' || why === 'absent' || from === null)
    return { run, item, still: why === 'absent' ? 'absent' : 'paused' };
  return { run, item, still: 'coming', from, isNext: why === 'next' };
}

async function teamsOf({ projects }: TickPorts, items: readonly RunItem[]): Promise<Map<string, string[]>> {
  const ids = [...new Set(items.flatMap(({ project }) => project ?? []))];
  const found = new Map((await projects.byId(ids)).map((one) => [one.id, one]));
  return new Map(
    items.map(({ id, project }) => {
      const members = found.get(project ?? '')?.members ?? [];
      return [id, members.map(({ person }) => person)];
    }),
  );
}

async function languages({ people }: TickPorts, event: Event, ids: readonly string[]) {
  const found = ids.length > 0 ? await people.byId([...new Set(ids)]) : [];
  const langOf = new Map<string, Lang>(found.map(({ id, lang }) => [id, lang]));
  return (person: string): Lang => langOf.get(person) ?? event.languages[0] ?? 'zh';
}

const PART_OF = { questions: 'questions', 'last-minute': 'questions', over: 'over' } as const;

async function cueRows(
  ports: TickPorts,
  run: TrackRun,
  event: Event,
  cues: readonly StageCue[],
): Promise<Delivery[]> {
  const hosts = await hostsOf(ports, run, event);
  const langOf = await languages(ports, event, hosts);
  return cues.flatMap((cue) => {
    const item = run.plan.items.find(({ id }) => id === cue.item);
    if (!item) return [];
    const part = cue.what === 'last-minute' && item.questions === 0 ? 'pitch' : PART_OF[cue.what];
    const what = cue.what === 'over' ? `over-${cue.minutes}` : cue.what;
    return hosts.map((person) =>
      newDelivery({
        id: `cue/${run.id}/${cue.item}/${cue.since.getTime()}/${what}/${person}`,
        person,
        kind: 'own',
        event: event.id,
        hold: { run: run.id, item: cue.item, still: 'on-stage', since: cue.since, part },
        letter: ports.letters.stageCue(cue, { event, run, item }, langOf(person)),
        notBefore: cue.at,
        expiresAt: new Date(cue.at.getTime() + CUE_LIVES_MS),
      }),
    );
  });
}

const BATCH = 500;

/** The hosts of a track, or else whoever drives it without having been made one. */
async function hostsOf({ grants }: TickPorts, run: TrackRun, event: Event): Promise<readonly string[]> {
  const hosts: string[] = [];
  for (let after = ''; ; ) {
    const batch = await grants.inOffice(event.office, ['host'], after, BATCH);
    const own = batch.filter((one) => one.event === event.id && (one.part ?? run.track) === run.track);
    hosts.push(...own.map(({ person }) => person));
    after = batch.at(-1)?.id ?? '';
    if (batch.length < BATCH) break;
  }
  const driving = standingCommands(run.commands).map(({ by }) => by);
  return [...new Set(hosts.length > 0 ? hosts : driving)];
}
