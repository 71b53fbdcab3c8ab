import { type Ballot, type ChoiceProblem, choiceProblem, chosen } from '../domain/ballot.ts';
import { type CallingEvent, calling } from '../domain/event.ts';
import { isMember, type Project } from '../domain/project.ts';
import { isActive, type Registration } from '../domain/registration.ts';
import { type Clock, type Events, type Projects, type Registrations, type Result, refused } from './ports.ts';
import type { Runs } from './roadshow-ports.ts';
import { shownProjects } from './shown-projects.ts';
import type { Ballots, Votings } from './vote-ports.ts';
import { allProjects } from './walk-projects.ts';

export interface VotePorts {
  readonly ballots: Ballots;
  readonly votings: Votings;
  readonly clock: Clock;
  readonly events: Events;
  readonly projects: Projects;
  readonly registrations: Registrations;
  readonly runs: Runs;
}

export type VoteRefusal = 'no-vote' | 'not-registered' | 'not-open' | 'closed';

/** A guest who can vote now. */
interface Voter {
  readonly event: CallingEvent;
  readonly registration: Registration;
}

/** What somebody can vote for, and what they voted for. */
export interface Votable {
  readonly event: CallingEvent;
  readonly most: number;
  /** Those on stage so far that are not of the person's own team, by number. */
  readonly projects: readonly Project[];
  readonly mine: readonly Project[];
}

/** A vote that counts. */
export interface VoteCast {
  readonly event: CallingEvent;
  readonly projects: readonly Project[];
}

async function voter(ports: VotePorts, person: string, id: string): Promise<Result<Voter, VoteRefusal>> {
  const [found] = await ports.events.byId([id]);
  const event = found && calling(found);
  if (!event || event.call.roadshow.votes === 0) return refused('no-vote', { event: found });
  const registration = await ports.registrations.of(id, person);
  if (!registration || !isActive(registration)) return refused('not-registered', { event });
  const state = (await ports.votings.of(id))?.state;
  if (state === undefined) return refused('not-open', { event });
  return state === 'open' ? { ok: true, data: { event, registration } } : refused('closed', { event });
}

/** Shows a guest what they can vote for. */
export function showVote(ports: VotePorts) {
  return async (input: {
    readonly person: string;
    readonly event: string;
  }): Promise<Result<Votable, VoteRefusal | 'nothing-shown'>> => {
    const found = await voter(ports, input.person, input.event);
    if (!found.ok) return found;
    const { event, registration } = found.data;
    const [all, shown, [ballot]] = await Promise.all([
      allProjects(ports.projects, event.id),
      shownProjects(ports.runs, event.id),
      ports.ballots.byId([registration.id]),
    ]);
    const can = (one: Project) =>
      one.state === 'accepted' && shown.has(one.id) && !isMember(one, input.person);
    const projects = all.filter(can);
    if (projects.length === 0) return refused('nothing-shown', { event });
    const mine = all.filter(({ id }) => ballot?.projects.includes(id));
    return { ok: true, data: { event, most: event.call.roadshow.votes, projects, mine } };
  };
}

interface Casting {
  readonly person: string;
  readonly event: string;
  readonly numbers: readonly number[];
  readonly effect: string;
}

/** A guest votes, or votes otherwise. The same effect again is the same vote. */
export function castVote(ports: VotePorts) {
  return async (
    input: Casting,
  ): Promise<Result<VoteCast, VoteRefusal | ChoiceProblem['reason'] | 'too-often'>> => {
    for (;;) {
      const found = await voter(ports, input.person, input.event);
      if (!found.ok) return found;
      const { event, registration } = found.data;
      const most = event.call.roadshow.votes;
      const [all, shown, [known]] = await Promise.all([
        allProjects(ports.projects, event.id),
        shownProjects(ports.runs, event.id),
        ports.ballots.byId([registration.id]),
      ]);
      const wrong = choiceProblem(input.numbers, { projects: all, shown, most, person: input.person });
      if (wrong) return refused(wrong.reason, { ...wrong, event, most });
      const projects = all.filter(({ number }) => input.numbers.includes(number));
      const ballot = known ?? emptyBallot(event.id, registration);
      // Its vote is being closed, or opened again.
      if (ballot.locked) return refused('closed', { event });
      const change = { id: input.effect, at: ports.clock.now() };
      const next = chosen(
        { ...ballot, person: input.person },
        projects.map(({ id }) => id),
        change,
      );
      if ('again' in next) return refused('too-often', { event, again: next.again });
      if (next.rev === ballot.rev || (await ports.ballots.save(next)))
        return { ok: true, data: { event, projects } };
    }
  };
}

/** A ballot that nobody has cast. */
export function emptyBallot(event: string, { id, person }: Pick<Registration, 'id' | 'person'>): Ballot {
  return { id, event, person, projects: [], changes: [], locked: false, rev: 0 };
}
