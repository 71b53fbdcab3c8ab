import type { Grant } from '../domain/access.ts';
import type { Event } from '../domain/event.ts';
import { stageOf } from '../domain/judging.ts';
import { type Project, wordsOf } from '../domain/project.ts';
import type { Rubric } from '../domain/rubric.ts';
import { placedIn } from '../domain/slot.ts';
import type { Text } from '../text/text.ts';
import { trackName } from './find-target.ts';
import type { Claiming, ClaimRefusal } from './grant-roles.ts';
import { type JudgePorts, type Judging, judgingOf } from './judge-seats.ts';
import { joinPanel } from './open-scoring.ts';
import { type Result, refused } from './ports.ts';
import { affiliations } from './review-projects.ts';
import { allProjects } from './walk-projects.ts';
import type { Claimed } from './welcome-reviewer.ts';

export interface BriefedProject {
  readonly project: Project;
  /** What of the judge suggests that they belong to its organization; null: nothing does. */
  readonly same: string | null;
  readonly recused: boolean;
}

export interface BriefedTrack {
  readonly track: string;
  readonly name: Text;
  readonly rubric: Rubric;
  /** In the order in which they are shown. */
  readonly projects: readonly BriefedProject[];
}

/** What a judge is to know of one event. */
export interface Briefing {
  readonly event: Event;
  readonly tracks: readonly BriefedTrack[];
  readonly confirmed: boolean;
}

/** What somebody judges, event by event; `event`: of that one alone. */
export function briefJudge(ports: JudgePorts) {
  return async (input: {
    readonly person: string;
    readonly event: string | null;
  }): Promise<Result<readonly Briefing[], 'no-judge'>> => {
    const judging = await judgingOf(ports, input.person);
    const events = judging.events.filter(({ id }) => input.event === null || id === input.event);
    if (events.length === 0) return refused('no-judge');
    const shared = await affiliations(ports, input.person, 'judge');
    const all = await Promise.all(
      events.map((event) => briefingOf(ports, judging, event, input.person, shared)),
    );
    return { ok: true, data: all };
  };
}

async function briefingOf(
  ports: JudgePorts,
  judging: Judging,
  event: Event,
  person: string,
  shared: (organization: string) => string | null,
): Promise<Briefing> {
  const own = judgesOf(judging.grants, event);
  const seats = judging.seats.filter((seat) => seat.event.id === event.id);
  const judges = [...new Set([person, ...seats.map(({ judge }) => judge.person)])];
  const [projects, sheets] = await Promise.all([
    allProjects(ports.projects, event.id),
    Promise.all(judges.map((judge) => ports.sheets.ofJudge(event.id, judge))),
  ]);
  const recused = new Set(
    sheets.flat().flatMap(({ state, project }) => (state === 'recused' ? project : [])),
  );
  const accepted = projects.filter(({ state }) => state === 'accepted');
  const tracks = event.call?.tracks ?? [];
  const mine = tracks.filter(({ code }) => own.some(({ part }) => part === null || part === code));
  return {
    event,
    confirmed: own.every(({ confirmedAt }) => confirmedAt !== undefined),
    tracks: mine.map(({ code }) => {
      const run = judging.runs.find((one) => one.event === event.id && one.track === code);
      const order = run ? inOrder(accepted, stageOf(run).order) : placedIn(accepted, code);
      return {
        track: code,
        name: trackName(event, code),
        rubric: run?.scoring.rubric ?? event.call?.roadshow.rubric ?? [],
        projects: order.map((project) => ({
          project,
          same: shared(wordsOf(project, 'organization')),
          recused: recused.has(project.id),
        })),
      };
    }),
  };
}

function inOrder(projects: readonly Project[], order: readonly string[]): Project[] {
  return order.flatMap((id) => projects.find((one) => one.id === id) ?? []);
}

function judgesOf(grants: readonly Grant[], { id }: Pick<Event, 'id'>): Grant[] {
  return grants.filter(({ role, event }) => role === 'judge' && event === id);
}

/** A judge says that they take it on: in every live event that they were invited to. */
export function confirmJudge(ports: JudgePorts) {
  return async ({ person }: { readonly person: string }): Promise<Result<readonly Event[], 'no-judge'>> => {
    const { grants, events } = await judgingOf(ports, person);
    if (events.length === 0) return refused('no-judge');
    const own = events.flatMap((event) => judgesOf(grants, event));
    await ports.grants.confirm(
      own.map(({ id }) => id),
      ports.clock.now(),
    );
    return { ok: true, data: events };
  };
}

/** Claims a role, and briefs who is a judge now. */
export function welcomeJudge(
  ports: JudgePorts,
  claim: (input: Claiming) => Promise<Result<Claimed, ClaimRefusal>>,
) {
  return async (input: Claiming): Promise<Result<Claimed, ClaimRefusal>> => {
    const claimed = await claim(input);
    if (!claimed.ok || claimed.data.role !== 'judge' || claimed.data.event === null) return claimed;
    const { person, event, part } = claimed.data;
    const [judged] = await ports.events.byId([event]);
    if (judged) await joinPanel(ports)(judged, part);
    const briefed = await briefJudge(ports)({ person, event });
    return briefed.ok ? { ok: true, data: { ...claimed.data, briefing: briefed.data } } : claimed;
  };
}
