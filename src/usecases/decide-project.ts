import { decide, didBefore, isDecided, undecide } from '../domain/decision.ts';
import {
  changed,
  type Decision,
  isInReview,
  type Project,
  pendingDecision,
  type Verdict,
} from '../domain/project.ts';
import { standsBack } from '../domain/review.ts';
import { changeProject } from './change-project.ts';
import { type Clock, type Result, refused } from './ports.ts';
import { nextFor } from './review-projects.ts';
import {
  type FindPorts,
  type FindRefusal,
  findReviewed,
  findToDecide,
  type Naming,
  type Reviewed,
} from './reviewed-project.ts';

interface Ports extends FindPorts {
  readonly clock: Clock;
}

/** `effect`: the same again is the same act. */
export interface Acting extends Naming {
  readonly effect: string;
}

export interface Deciding extends Acting {
  readonly verdict: Verdict;
  readonly messages: Decision['messages'];
  /** Of `changes`: until when. */
  readonly until: Date | null;
}

export type DecideRefusal = FindRefusal | 'conflict' | 'wrong-state' | 'past' | 'no-message';

export interface Decided extends Reviewed {
  readonly decision: Decision;
  /** The one that nobody was told of and whose place it takes. */
  readonly superseded: Decision | undefined;
  /** What waits next for who decided. */
  readonly next: number | undefined;
}

/**
 * Keeps a decision on a project. The team reads nothing of it until it is published; a later decision takes the
 * place of one that was not.
 */
export function decideProject(ports: Ports) {
  return async (input: Deciding): Promise<Result<Decided, DecideRefusal>> => {
    const { person, effect, verdict, messages } = input;
    const found = await findToDecide(ports, input);
    if (!found.ok) return found;
    const { event, project, isOrganizer } = found.data;
    const at = ports.clock.now();
    const wasDone = didBefore(project, effect);
    if (verdict === 'changes' && !wasDone) {
      if (messages.length === 0) return refused('no-message');
      if (!input.until || input.until <= at) return refused('past', found.data);
    }
    let superseded: Decision | undefined;
    const next = await changeProject(ports.projects, project.id, (one) => {
      if (didBefore(one, effect)) return one;
      if (standsBack(one, person) || !mayBeDecided(one, isOrganizer)) return undefined;
      superseded = pendingDecision(one);
      const until = verdict === 'changes' ? input.until : null;
      return decide(one, { verdict, messages, until, by: person, at, effect });
    });
    if (!next?.decision) return refused('wrong-state', await again(ports, found.data));
    const following = await nextFor(ports, person, event, project.number);
    const data = { ...found.data, project: next, decision: next.decision, superseded, next: following };
    return { ok: true, data };
  };
}

/** Who reviews decides on what was submitted; what was published is changed by who organizes the event alone. */
function mayBeDecided(project: Project, isOrganizer: boolean): boolean {
  return isInReview(project) || (isOrganizer && isDecided(project));
}

async function again(ports: FindPorts, found: Reviewed): Promise<Reviewed> {
  const [project = found.project] = await ports.projects.byId([found.project.id]);
  return { ...found, project };
}

/** Takes a pending decision back. */
export function undecideProject(ports: Ports) {
  return async (input: Acting): Promise<Result<Reviewed, FindRefusal | 'conflict' | 'nothing-pending'>> => {
    const found = await findToDecide(ports, input);
    if (!found.ok) return found;
    const next = await changeProject(ports.projects, found.data.project.id, (one) => {
      if (didBefore(one, input.effect)) return one;
      if (standsBack(one, input.person) || !pendingDecision(one)) return undefined;
      return undecide(one, input.person, ports.clock.now(), input.effect);
    });
    return next
      ? { ok: true, data: { ...found.data, project: next } }
      : refused('nothing-pending', await again(ports, found.data));
  };
}

const NOTES_KEPT = 50;

/** Adds a note that reviewers and organizers alone read. */
export function noteProject(ports: Ports) {
  return async (
    input: Acting & { readonly text: string },
  ): Promise<Result<Reviewed, FindRefusal | 'conflict' | 'too-many'>> => {
    const found = await findToDecide(ports, input);
    if (!found.ok) return found;
    const at = ports.clock.now();
    const { person: by, text, effect } = input;
    const next = await changeProject(ports.projects, found.data.project.id, (one) => {
      if (didBefore(one, effect)) return one;
      if (standsBack(one, by) || one.notes.length >= NOTES_KEPT) return undefined;
      const notes = [...one.notes, { by, at, text }];
      return changed(one, { notes }, { at, by, what: 'noted', detail: null, effect });
    });
    return next ? { ok: true, data: { ...found.data, project: next } } : refused('too-many');
  };
}

/** A reviewer stands back from a project: from then on they neither decide on it nor read what others note. */
export function standBack(ports: Ports) {
  return async (input: Acting): Promise<Result<Reviewed, FindRefusal>> => {
    const found = await findReviewed(ports, input);
    if (!found.ok) return found;
    const { person: by, effect } = input;
    const at = ports.clock.now();
    const next = await changeProject(ports.projects, found.data.project.id, (one) =>
      standsBack(one, by)
        ? one
        : changed(
            one,
            { conflicts: [...one.conflicts, by] },
            { at, by, what: 'conflict', detail: null, effect },
          ),
    );
    return { ok: true, data: { ...found.data, project: next ?? found.data.project } };
  };
}
