import { organizes } from '../domain/access.ts';
import { type VoteResult, type Voting, voteResult } from '../domain/ballot.ts';
import { type CallingEvent, calling } from '../domain/event.ts';
import { projectCode, wordsOf } from '../domain/project.ts';
import { isActive } from '../domain/registration.ts';
import { emptyBallot, type VotePorts } from './cast-vote.ts';
import { type Grants, type Result, refused } from './ports.ts';
import { shownProjects } from './shown-projects.ts';
import { allProjects } from './walk-projects.ts';

export interface RunVotePorts extends VotePorts {
  readonly grants: Grants;
}

export type RunVoteRefusal = 'not-allowed' | 'no-vote' | 'not-open' | 'published' | 'still-open';

export interface VoteStand {
  readonly event: CallingEvent;
  readonly state: Voting['state'];
  /** As it is now; of what was published: as that was. */
  readonly result: VoteResult;
}

/** A vote that takes nothing more; `stand` for those who may know it before it is public. */
export interface VoteClosed {
  readonly event: CallingEvent;
  readonly stand: VoteStand | undefined;
}

interface Steering {
  readonly person: string;
  readonly event: string;
}

const BATCH = 500;

async function votedEvent(
  { events }: Pick<VotePorts, 'events'>,
  id: string,
): Promise<Result<CallingEvent, 'no-vote'>> {
  const [found] = await events.byId([id]);
  const event = found && calling(found);
  return event && event.call.roadshow.votes > 0
    ? { ok: true, data: event }
    : refused('no-vote', { event: found });
}

/** Whether somebody opens and closes the vote of an event: who organizes it, or is a host of it. */
async function steers({ grants }: RunVotePorts, person: string, event: CallingEvent): Promise<boolean> {
  const held = await grants.of([person]);
  return organizes(held, event.office) || held.some((one) => one.role === 'host' && one.event === event.id);
}

/** Opens the vote of an event, also one that was closed; what was published stays as it is. */
export function openVote(ports: RunVotePorts) {
  return async ({
    person,
    event: id,
  }: Steering): Promise<Result<{ readonly event: CallingEvent }, RunVoteRefusal>> => {
    const found = await votedEvent(ports, id);
    if (!found.ok) return found;
    const event = found.data;
    if (!(await steers(ports, person, event))) return refused('not-allowed', { event });
    for (;;) {
      const voting = await ports.votings.of(id);
      if (voting?.state === 'open') return { ok: true, data: { event } };
      if (voting?.state === 'published') return refused('published', { event });
      // Until it is open nobody writes on them.
      if (voting) await ports.ballots.unlock(id);
      const opened = { id, state: 'open', openedAt: ports.clock.now(), closedAt: null, by: person } as const;
      if (await ports.votings.save({ ...opened, result: null, rev: (voting?.rev ?? 0) + 1 }))
        return { ok: true, data: { event } };
    }
  };
}

/** Closes the vote of an event. What was taken before counts; nothing is taken after. Interrupted, it is done again. */
export function closeVote(ports: RunVotePorts) {
  return async ({ person, event: id }: Steering): Promise<Result<VoteClosed, RunVoteRefusal>> => {
    const found = await votedEvent(ports, id);
    if (!found.ok) return found;
    const event = found.data;
    if (!(await steers(ports, person, event))) return refused('not-allowed', { event });
    for (;;) {
      const voting = await ports.votings.of(id);
      if (!voting) return refused('not-open', { event });
      if (voting.state === 'open') {
        await ports.votings.save({ ...voting, state: 'closing', by: person, rev: voting.rev + 1 });
        continue;
      }
      if (voting.state !== 'closing') {
        const mayKnow = organizes(await ports.grants.of([person]), event.office);
        const stand = mayKnow ? await standOf(ports, event, voting) : undefined;
        return { ok: true, data: { event, stand } };
      }
      await lockAll(ports, id);
      const closed = {
        ...voting,
        state: 'closed',
        closedAt: ports.clock.now(),
        rev: voting.rev + 1,
      } as const;
      await ports.votings.save(closed);
    }
  };
}

/** Locks the ballots of everybody who takes part, and empties those of whoever does so no longer. */
async function lockAll({ ballots, registrations }: VotePorts, event: string): Promise<void> {
  for (let after = ''; ; ) {
    const batch = await registrations.ofEvent(event, after, BATCH);
    const last = batch.at(-1);
    const active = batch.filter(isActive);
    await ballots.lock(
      event,
      active.map((one) => emptyBallot(event, one)),
    );
    await ballots.empty(batch.filter((one) => !isActive(one)).map(({ id }) => id));
    if (!last || batch.length < BATCH) return;
    after = last.id;
  }
}

async function standOf(ports: VotePorts, event: CallingEvent, voting: Voting): Promise<VoteStand> {
  if (voting.result) return { event, state: voting.state, result: voting.result };
  const [choices, all, shown] = await Promise.all([
    ports.ballots.count(event.id),
    allProjects(ports.projects, event.id),
    shownProjects(ports.runs, event.id),
  ]);
  const voted = new Set(choices.flatMap(({ projects }) => projects));
  const rows = all
    .filter(({ id }) => shown.has(id) || voted.has(id))
    .map((project) => {
      const [zh, en] = [wordsOf(project, 'title-zh'), wordsOf(project, 'title-en')];
      const code = projectCode(project);
      return {
        project: project.id,
        number: project.number,
        title: { zh: zh || en || code, en: en || zh || code },
      };
    });
  return { event, state: voting.state, result: voteResult(choices, rows) };
}

/** How the vote stands, for who organizes the event; what was published, for everybody. */
export function voteStand(ports: RunVotePorts) {
  return async ({
    person,
    event: id,
  }: Steering): Promise<Result<VoteStand, 'not-allowed' | 'no-vote' | 'not-open'>> => {
    const found = await votedEvent(ports, id);
    if (!found.ok) return found;
    const event = found.data;
    const [voting, held] = await Promise.all([ports.votings.of(id), ports.grants.of([person])]);
    if (voting?.state !== 'published' && !organizes(held, event.office))
      return refused('not-allowed', { event });
    return voting ? { ok: true, data: await standOf(ports, event, voting) } : refused('not-open', { event });
  };
}

/** Publishes the result of a vote that was closed: from then on everybody can ask for it, and it stays as it is. */
export function publishVote(ports: RunVotePorts) {
  return async ({ person, event: id }: Steering): Promise<Result<VoteStand, RunVoteRefusal>> => {
    const found = await votedEvent(ports, id);
    if (!found.ok) return found;
    const event = found.data;
    if (!organizes(await ports.grants.of([person]), event.office)) return refused('not-allowed', { event });
    for (;;) {
      const voting = await ports.votings.of(id);
      if (!voting) return refused('not-open', { event });
      if (voting.state === 'open' || voting.state === 'closing') return refused('still-open', { event });
      const stand = await standOf(ports, event, voting);
      if (voting.state === 'published') return { ok: true, data: stand };
      const next = {
        ...voting,
        state: 'published',
        result: stand.result,
        by: person,
        rev: voting.rev + 1,
      } as const;
      if (await ports.votings.save(next)) return { ok: true, data: { ...stand, state: 'published' } };
    }
  };
}
