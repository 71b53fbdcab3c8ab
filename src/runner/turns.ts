import type { Book } from '../conversation/flow.ts';
import { step, stepNotice } from '../conversation/step.ts';
import type { Draft, Effect, Incoming, Reply, Session } from '../conversation/types.ts';
import { DAY } from '../domain/time.ts';
import type { Lang } from '../text/text.ts';
import type { Inbound, Stored } from './ports.ts';

export const NUDGE_AFTER = DAY;
export const EXPIRE_AFTER = 7 * DAY;
/** Messages taken in one turn, so that a flood is stored in parts. */
export const TAKEN_AT_ONCE = 200;
/** Handled messages that a state remembers. Beyond that it takes no more until some are marked: a forgotten one would be taken twice. */
export const HANDLED_KEPT = 1_000;

export function newStored(conversation: string, person: string, lang: Lang, now: Date): Stored {
  const session: Session = { id: conversation, lang, seq: 0, runs: 0, parked: [], prompts: [] };
  return {
    session,
    rev: 0,
    person,
    handled: [],
    effects: [],
    outbox: [],
    touchedAt: now,
    nudgeAt: null,
    expireAt: null,
  };
}

/** What a turn makes of a stored conversation: the next state with only the replies that are new. */
export interface Step {
  readonly next: Stored;
  readonly replies: readonly Reply[];
  readonly handled: readonly string[];
}

/**
 * Takes messages in order until one has an effect: what comes after it must wait for the outcome. Messages
 * that the state already includes are only marked. One that throws is left, and throws when it comes first.
 */
export function takeMessages<F>(
  book: Book<F>,
  before: Stored,
  messages: readonly Inbound[],
  facts: F,
  now: Date,
): Step | undefined {
  let { session } = before;
  const effects: Effect[] = [...before.effects];
  const replies: Reply[] = [];
  const handled: string[] = [];
  const fresh: string[] = [];
  const room = Math.min(TAKEN_AT_ONCE, HANDLED_KEPT - before.handled.length);
  for (const { id, input } of messages) {
    if (effects.length > 0) break;
    if (!before.handled.includes(id)) {
      if (fresh.length >= room) break;
      const turn = attempt(() => step(book, session, input, facts), fresh.length === 0);
      if (!turn) break;
      session = turn.session;
      replies.push(...turn.replies);
      effects.push(...turn.effects);
      fresh.push(id);
    }
    handled.push(id);
  }
  if (fresh.length === 0) return undefined;
  const marks = { handled: [...before.handled, ...fresh], effects };
  return { next: advance(before, session, replies, marks, now, true), replies, handled };
}

function attempt<T>(run: () => T, mayThrow: boolean): T | undefined {
  try {
    return run();
  } catch (cause) {
    if (mayThrow) throw cause;
    return undefined;
  }
}

/** A turn that threw is a bug: the message is taken, the person is told, and the conversation stays as it was. */
export function takeFault<F>(book: Book<F>, before: Stored, message: Inbound, facts: F, now: Date): Step {
  const turn = step(book, before.session, { kind: 'fault' }, facts);
  const marks = { handled: [...before.handled, message.id], effects: before.effects };
  return {
    next: advance(before, turn.session, turn.replies, marks, now, true),
    replies: turn.replies,
    handled: [message.id],
  };
}

/** An outcome whose telling threw is a bug: the effect is done with, the person is told, and the form is open again. */
export function takeLostOutcome<F>(book: Book<F>, before: Stored, effect: Effect, facts: F, now: Date): Step {
  const turn = step(book, before.session, { kind: 'fault', effect }, facts);
  const effects = before.effects.filter(({ id }) => id !== effect.id);
  const marks = { handled: before.handled, effects };
  const next = advance(before, turn.session, turn.replies, marks, now, true);
  return { next, replies: turn.replies, handled: [] };
}

/** Takes a notice: what it says is ready, so that no facts are needed. */
export function takeNotice<F>(book: Book<F>, before: Stored, drafts: readonly Draft[], now: Date): Step {
  const turn = stepNotice(book, before.session, drafts);
  return {
    next: advance(before, turn.session, turn.replies, before, now, false),
    replies: turn.replies,
    handled: [],
  };
}

/** Takes other news from the house: an outcome, a nudge or an expiry. */
export function takeNews<F>(book: Book<F>, before: Stored, news: Incoming, facts: F, now: Date): Step {
  const turn = step(book, before.session, news, facts);
  const rest =
    news.kind === 'outcome' ? before.effects.filter(({ id }) => id !== news.effect.id) : before.effects;
  const marks = { handled: before.handled, effects: [...rest, ...turn.effects] };
  const next = advance(before, turn.session, turn.replies, marks, now, news.kind === 'outcome');
  const nudged = news.kind === 'nudge' ? { ...next, nudgeAt: null } : next;
  return { next: nudged, replies: turn.replies, handled: [] };
}

function advance(
  before: Stored,
  session: Session,
  replies: readonly Reply[],
  { handled, effects }: Pick<Stored, 'handled' | 'effects'>,
  now: Date,
  touched: boolean,
): Stored {
  const later = (ms: number) => new Date(now.getTime() + ms);
  const open = session.active !== undefined || session.parked.length > 0;
  const nudge = session.active?.state === 'open' && Object.keys(session.active.raw).length > 0;
  return {
    ...before,
    session,
    rev: before.rev + 1,
    handled,
    effects,
    outbox: [...before.outbox, ...replies],
    touchedAt: now,
    nudgeAt: !nudge ? null : touched ? later(NUDGE_AFTER) : before.nudgeAt,
    expireAt: !open ? null : touched ? later(EXPIRE_AFTER) : before.expireAt,
  };
}
