import type { Grant } from '../domain/access.ts';
import type { Call } from '../domain/call.ts';
import type { Event } from '../domain/event.ts';
import { type PanelMember, runId, type Scoring } from '../domain/track-run.ts';
import { changeRun } from './driven-run.ts';
import type { Clock, Grants, Registrations } from './ports.ts';
import type { Runs } from './roadshow-ports.ts';

export interface PanelPorts {
  readonly grants: Grants;
  readonly registrations: Registrations;
  readonly runs: Runs;
}

const BATCH = 500;

/** Before it opens, nothing about a track's scoring is decided. */
export function closedScoring({ roadshow }: Call): Scoring {
  return {
    state: 'closed',
    rubric: roadshow.rubric,
    rules: roadshow.rules,
    panel: [],
    decisions: [],
    openedAt: null,
    lockedAt: null,
    publishedAt: null,
    sha256: null,
  };
}

/** The scoring of a track as it opens: rubric, rules and panel are frozen. */
export async function openedScoring(
  ports: PanelPorts & { readonly clock: Clock },
  event: Event & { readonly call: Call },
  track: string,
): Promise<Scoring> {
  const panel = await panelOf(ports, event, track);
  return { ...closedScoring(event.call), state: 'open', panel, openedAt: ports.clock.now() };
}

/** Who judges a track by the roles that stand, whoever was invited first at the front. */
export async function panelOf(ports: PanelPorts, event: Event, track: string): Promise<PanelMember[]> {
  const judges: Grant[] = [];
  for (let after = ''; ; after = judges.at(-1)?.id ?? '') {
    const batch = await ports.grants.inOffice(event.office, ['judge'], after, BATCH);
    judges.push(...batch);
    if (batch.length < BATCH) break;
  }
  const own = judges
    .filter((one) => one.event === event.id && (one.part === null || one.part === track))
    .sort((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1));
  return named(ports, event.id, own);
}

/** A judge is called as their invitation says, or else as they registered, or else by their place. */
async function named(
  { registrations }: PanelPorts,
  event: string,
  judges: readonly Grant[],
): Promise<PanelMember[]> {
  const people = [...new Set(judges.map(({ person }) => person))];
  const known = people.length > 0 ? await registrations.byPerson(people) : [];
  return people.map((person, i) => {
    const note = judges.find((one) => one.person === person && one.note !== null)?.note;
    const registered = known.find((one) => one.person === person && one.event === event);
    return { person, name: note ?? registered?.details.name ?? `J${i + 1}` };
  });
}

/**
 * Lets judges who were invited since join the panels of an event that are open; `part`: of this track alone. A
 * member stays one. Returns to how many tracks somebody came.
 */
export function joinPanel(ports: PanelPorts) {
  return async (event: Event, part: string | null): Promise<number> => {
    const runs = (await ports.runs.ofEvents([event.id])).filter(
      ({ id, scoring }) => scoring.state === 'open' && (part === null || id === runId(event.id, part)),
    );
    const joined = await Promise.all(
      runs.map(async ({ id, track }) => {
        const panel = await panelOf(ports, event, track);
        let came = false;
        await changeRun(ports, id, (run) => {
          const { scoring } = run;
          const known = new Set(scoring.panel.map(({ person }) => person));
          const others = panel.filter(({ person }) => !known.has(person));
          came = scoring.state === 'open' && others.length > 0;
          return came ? { ...run, scoring: { ...scoring, panel: [...scoring.panel, ...others] } } : run;
        });
        return came;
      }),
    );
    return joined.filter(Boolean).length;
  };
}
