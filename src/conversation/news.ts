import { type Form, formOf } from './answer.ts';
import { REVIEW } from './ask.ts';
import { act, resumeCard, takeUp, tellAndGoOn } from './control.ts';
import { contextOf } from './evaluate.ts';
import type { Talk } from './talk.ts';
import { TEXTS } from './texts.ts';
import type { Draft, Effect, Outcome } from './types.ts';

/** Tells what became of an effect. The form it belongs to ends, or is opened again where it was refused. */
export function hear<F>(talk: Talk<F>, effect: Effect, outcome: Outcome): void {
  const form = formOf(talk);
  if (!form || effect.run !== form.run.id) {
    const { replies, start, takeUp: begun = [] } = talk.book.tell(effect, outcome, talk.context());
    if (start) return act(talk, { replies, start });
    const known = begun.filter((run) => talk.flowOf(run));
    const last = known.at(-1);
    if (!form && last) {
      talk.tell(replies);
      talk.park(known.slice(0, -1));
      return takeUp(talk, last);
    }
    return form ? tellAndGoOn(talk, replies) : talk.tell(replies);
  }
  const told = talk.book.tell(effect, outcome, contextOf(talk.facts, form.at.answers, talk.lang));
  if (told.reopen) return reopen(talk, form, told.replies, told.reopen);
  talk.putAside(false);
  talk.tell(told.replies);
  const parked = talk.session.parked.findLast((run) => !run.stopped && talk.flowOf(run));
  if (parked) talk.tell([resumeCard(talk, talk.text(TEXTS.stillParked, { title: talk.titleOf(parked) }))]);
}

function reopen<F>(talk: Talk<F>, form: Form<F>, replies: readonly Draft[], forget: readonly string[]): void {
  const raw = Object.fromEntries(Object.entries(form.run.raw).filter(([id]) => !forget.includes(id)));
  talk.activate({ ...form.run, raw, state: 'open' });
  talk.endReviews(form.run, REVIEW);
  tellAndGoOn(talk, replies);
}

/** Tells that something went wrong. A form whose outcome could not be told is open again, so that nobody waits for ever. */
export function admit<F>(talk: Talk<F>, effect: Effect | undefined): void {
  const run = talk.session.active;
  if (run && effect?.run === run.id) talk.activate({ ...run, state: 'open' });
  talk.say(talk.text(TEXTS.fault));
}

/** Reminds of a form that was left open: by a card, so that the chat stays the person's. */
export function nudge<F>(talk: Talk<F>): void {
  const run = talk.session.active;
  if (run?.state === 'open')
    talk.tell([resumeCard(talk, talk.text(TEXTS.nudge, { title: talk.titleOf(run) }))]);
}

/** Drops what was left too long; an effect that is under way is waited for. */
export function expire<F>(talk: Talk<F>): void {
  const run = talk.session.active;
  talk.session = { ...talk.session, parked: [] };
  if (run?.state !== 'open') return;
  const title = talk.titleOf(run);
  talk.putAside(false);
  talk.say(talk.text(TEXTS.dropped, { title }));
}
