import { fingerprint } from '../text/fingerprint.ts';
import { fill } from '../text/text.ts';
import { contextOf, isDeadEnd, mayskip, type Standing, standing } from './evaluate.ts';
import { shownFile } from './files.ts';
import type { Answer, Flow, Question } from './flow.ts';
import type { Talk } from './talk.ts';
import { TEXTS } from './texts.ts';
import type { Choice, Run } from './types.ts';

/** The question id of a review. */
export const REVIEW = '$review';
/** The choice that ends a multiple choice. */
export const DONE = 'done';
/** The choice that passes an optional question. */
export const SKIP = 'skip';
const TICK = '✓ ';
const LONG_PART = 20;

export function choicesOf<F>(question: Question<F>, at: Standing<F>, facts: F): readonly Choice[] {
  if (question.kind === 'file') return [];
  const c = contextOf(facts, at);
  if (question.kind !== 'text') return question.choices(c);
  const meant = question.id === at.current?.id ? at.meant : [];
  return [...meant, ...(question.suggests?.(c) ?? [])];
}

/** Asks what stands open in the active form, or shows its review; `note` is said above it in the same message. */
export function ask<F>(talk: Talk<F>, note?: string): void {
  const run = talk.session.active;
  const flow = run && talk.flowOf(run);
  if (!run || !flow) return showMenu(talk, note);
  const at = standing(flow, run, talk.facts, talk.lang);
  if (at.lang !== talk.lang) talk.speak(at.lang);
  if (at.current && isDeadEnd(at.current, at, talk.facts)) return giveUp(talk, run, flow, at, note);
  const kept: Run = { ...run, raw: { ...run.raw, ...at.taken } };
  talk.activate(kept);
  if (at.current) askQuestion(talk, kept, at.current, at, note ?? whyAgain(talk, kept, at.current, at));
  else showReview(talk, kept, flow, at, note);
}

export function showMenu<F>(talk: Talk<F>, note?: string): void {
  const { text, choices } = talk.book.menu(talk.context());
  talk.tell([{ kind: 'ask', text: joined(note, text), choices }]);
}

function joined(note: string | undefined, text: string): string {
  return note ? `${note}\n\n${text}` : text;
}

/** Ends a form that nothing can answer any more, for example because its event has closed. */
function giveUp<F>(talk: Talk<F>, run: Run, flow: Flow<F>, at: Standing<F>, note?: string): void {
  const title = talk.titleOf(run);
  talk.putAside(false);
  const told = flow.unavailable?.(contextOf(talk.facts, at));
  if (!told) return showMenu(talk, joined(note, talk.text(TEXTS.impossible, { title })));
  talk.tell(told.map((draft, i) => (i === 0 ? { ...draft, text: joined(note, draft.text) } : draft)));
}

/** Why a question comes up that has an answer: the person went back to it, or the answer no longer holds. */
function whyAgain<F>(talk: Talk<F>, run: Run, question: Question<F>, at: Standing<F>): string | undefined {
  if (run.ticked) return undefined;
  const answer = at.answers[question.id];
  if (answer !== undefined)
    return talk.text(TEXTS.standing, { answer: shownAnswer(talk, question, answer, at) });
  return run.raw[question.id] ? talk.text(TEXTS.changed) : undefined;
}

function askQuestion<F>(
  talk: Talk<F>,
  run: Run,
  question: Question<F>,
  at: Standing<F>,
  note?: string,
): void {
  const words =
    typeof question.ask === 'function' ? question.ask(contextOf(talk.facts, at)) : talk.text(question.ask);
  const hint = question.kind !== 'choice' && mayskip(question, at, talk.facts);
  const text = joined(note, hint ? `${words}${talk.text(TEXTS.optional)}` : words);
  const ticked = run.ticked ?? [];
  const choices = offered(talk, question, at).map((choice) =>
    ticked.includes(choice.value) ? { ...choice, label: `${TICK}${choice.label}` } : choice,
  );
  const named = { kind: 'ask' as const, text, flow: run.flow, question: question.id };
  const multi = question.kind === 'multi';
  talk.push(
    { ...named, ...(multi && { multi: true as const }), ...(choices.length > 0 && { choices }) },
    {
      run: run.id,
      question: question.id,
      options: choices.map(({ value }) => value),
      ...(multi && { ticked: [...ticked] }),
      ...(question.about && { about: question.about(contextOf(talk.facts, at)) }),
    },
  );
}

/** What can be chosen under a question, in the order in which it is numbered. */
export function offered<F>(talk: Talk<F>, question: Question<F>, at: Standing<F>): Choice[] {
  const choices = choicesOf(question, at, talk.facts);
  if (question.kind === 'multi') return [...choices, { value: DONE, label: talk.text(TEXTS.done) }];
  const skip = mayskip(question, at, talk.facts) ? [{ value: SKIP, label: talk.text(TEXTS.skip) }] : [];
  return [...choices, ...skip];
}

/** An answer as the person reads it. */
export function shownAnswer<F>(
  talk: Talk<F>,
  question: Question<F>,
  answer: Answer | undefined,
  at: Standing<F>,
): string {
  const parts = partsOf(talk, question, answer, at);
  return parts.length > 0 ? parts.join(talk.lang === 'zh' ? '、' : ', ') : talk.text(TEXTS.blank);
}

/** In a review several long parts stand on lines of their own. */
function reviewedAnswer<F>(talk: Talk<F>, question: Question<F>, at: Standing<F>): string {
  const answer = at.answers[question.id];
  const parts = partsOf(talk, question, answer, at);
  const isLong = parts.length > 1 && parts.some((part) => part.length > LONG_PART);
  return isLong ? parts.map((part) => `\n- ${part}`).join('') : shownAnswer(talk, question, answer, at);
}

function partsOf<F>(
  talk: Talk<F>,
  question: Question<F>,
  answer: Answer | undefined,
  at: Standing<F>,
): readonly string[] {
  const shown = answer === undefined ? undefined : question.shown?.(answer, contextOf(talk.facts, at));
  if (shown !== undefined) return [shown];
  if (answer === undefined || answer === null) return [];
  if (typeof answer === 'object' && 'ref' in answer) return [shownFile(answer, talk.lang)];
  if (answer.length === 0) return [];
  const labels = new Map(choicesOf(question, at, talk.facts).map(({ value, label }) => [value, label]));
  const values = typeof answer === 'string' ? [answer] : answer;
  return values.map((value) => labels.get(value) ?? value);
}

export function reviewChoices<F>(talk: Talk<F>, flow: Flow<F>, at: Standing<F>): Choice[] {
  return [
    { value: 'confirm', label: talk.text(flow.confirm) },
    ...at.asked.map(({ id, label }) => ({
      value: `edit:${id}`,
      label: talk.text(TEXTS.edit, { label: talk.text(label) }),
    })),
    { value: 'cancel', label: talk.text(TEXTS.cancel) },
  ];
}

/** What a review shows: nobody confirms something else than what they saw. */
export function reviewed<F>({ answers }: Standing<F>): string {
  return fingerprint(JSON.stringify(answers));
}

function showReview<F>(talk: Talk<F>, run: Run, flow: Flow<F>, at: Standing<F>, note?: string): void {
  const lines = at.asked.map((question) =>
    fill(TEXTS.line, talk.lang, {
      label: talk.text(question.label),
      answer: reviewedAnswer(talk, question, at),
    }).replace(/ \n/u, '\n'),
  );
  const { review } = flow;
  const words = typeof review === 'function' ? review(contextOf(talk.facts, at)) : talk.text(review);
  const text = joined(note, [words, talk.titleOf(run), '', ...lines].join('\n'));
  const choices = reviewChoices(talk, flow, at);
  talk.push(
    { kind: 'review', text, flow: run.flow, question: REVIEW, choices },
    {
      run: run.id,
      question: REVIEW,
      options: choices.map(({ value }) => value),
      about: reviewed(at),
    },
  );
}
