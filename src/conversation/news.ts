import { askedId, type Form, formOf, passed } from './answer.ts';
import { REVIEW } from './ask.ts';
import { act, leftText, resumeCard, takeUp, tellAndGoOn } from './control.ts';
import { contextOf, standing } from './evaluate.ts';
import type { Told } from './flow.ts';
import type { Talk } from './talk.ts';
import { TEXTS } from './texts.ts';
import type { Draft, Effect, Outcome, Run } from './types.ts';

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
  const told = talk.book.tell(effect, outcome, contextOf(talk.facts, form.at));
  if (effect.id !== effect.run) return hearOfKept(talk, form, told);
  if (told.reopen) return reopen(talk, form, told.replies, told.reopen);
  end(talk, told.replies);
}

function end<F>(talk: Talk<F>, replies: readonly Draft[]): void {
  talk.putAside(false);
  talk.tell(replies);
  const parked = talk.session.parked.findLast((run) => !run.stopped && makesSense(talk, run));
  if (parked) talk.tell([resumeCard(talk, talk.text(TEXTS.stillParked, { title: talk.titleOf(parked) }))]);
}

function makesSense<F>(talk: Talk<F>, run: Run): boolean {
  const flow = talk.flowOf(run);
  const at = flow && standing(flow, run, talk.facts, talk.lang);
  return at !== undefined && !flow?.unavailable?.(contextOf(talk.facts, at));
}

/**
 * Tells what became of an answer that is kept outside. The form has gone on since: what it asks is asked again only
 * where that has changed, or where something else to choose would stand below it.
 */
function hearOfKept<F>(talk: Talk<F>, form: Form<F>, { replies, reopen: forget, ends }: Told): void {
  if (ends) return end(talk, replies);
  if (forget) {
    reopen(talk, form, replies, forget, forget[0]);
    return;
  }
  if (replies.length === 0) return;
  if (replies.some(({ choices }) => choices) || !isAskedNow(talk, form)) return tellAndGoOn(talk, replies);
  talk.tell(replies);
}

/** Whether the newest asking is of what stands open, as it stands. */
function isAskedNow<F>(talk: Talk<F>, form: Form<F>): boolean {
  const newest = talk.session.prompts.at(-1);
  if (!newest || newest.run !== form.run.id || newest.question !== askedId(form) || newest.past) return false;
  return newest.about === form.at.current?.about?.(contextOf(talk.facts, form.at));
}

function reopen<F>(
  talk: Talk<F>,
  form: Form<F>,
  replies: readonly Draft[],
  forget: readonly string[],
  editing?: string,
): void {
  const raw = Object.fromEntries(Object.entries(form.run.raw).filter(([id]) => !forget.includes(id)));
  const run = editing === undefined ? form.run : { ...passed(form.run), editing };
  talk.activate({ ...run, raw, state: 'open' });
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
    talk.tell([
      resumeCard(talk, leftText(talk, run) ?? talk.text(TEXTS.nudge, { title: talk.titleOf(run) })),
    ]);
}

/** Drops what was left too long; an effect that is under way is waited for. */
export function expire<F>(talk: Talk<F>): void {
  const run = talk.session.active;
  talk.session = { ...talk.session, parked: [] };
  if (run?.state !== 'open') return;
  const text = leftText(talk, run) ?? talk.text(TEXTS.dropped, { title: talk.titleOf(run) });
  talk.putAside(false);
  talk.say(text);
}
