import { fill } from '../text/text.ts';
import { contextOf, mayskip, type Standing, standing } from './evaluate.ts';
import type { Answer, Flow, Question } from './flow.ts';
import type { Talk } from './talk.ts';
import { TEXTS } from './texts.ts';
import type { Choice, Run } from './types.ts';

/** The question id of a review. */
export const REVIEW = '$review';
/** The choice that ends a multiple choice. */
export const DONE = 'done';
const TICK = '✓ ';

export function choicesOf<F>(question: Question<F>, at: Standing<F>, facts: F): readonly Choice[] {
  return question.kind === 'text' ? [] : question.choices(contextOf(facts, at.answers, at.lang));
}

/** Asks what stands open in the active form, or shows its review; `note` is said above it in the same message. */
export function ask<F>(talk: Talk<F>, note?: string): void {
  const run = talk.session.active;
  const flow = run && talk.flowOf(run);
  if (!run || !flow) return showMenu(talk, note);
  const at = standing(flow, run, talk.facts, talk.lang);
  if (at.lang !== talk.lang) talk.speak(at.lang);
  if (at.current) askQuestion(talk, run, at.current, at, note);
  else showReview(talk, run, flow, at, note);
}

export function showMenu<F>(talk: Talk<F>, note?: string): void {
  const { text, choices } = talk.book.menu(talk.context());
  const reply = { kind: 'card' as const, text: joined(note, text), choices: [...choices] };
  talk.push(reply, { options: choices.map(({ value }) => value) });
}

function joined(note: string | undefined, text: string): string {
  return note ? `${note}\n\n${text}` : text;
}

function askQuestion<F>(
  talk: Talk<F>,
  run: Run,
  question: Question<F>,
  at: Standing<F>,
  note?: string,
): void {
  const words =
    typeof question.ask === 'function'
      ? question.ask(contextOf(talk.facts, at.answers, at.lang))
      : talk.text(question.ask);
  const optional = mayskip(question, at, talk.facts);
  const text = joined(
    note,
    optional && question.kind === 'text' ? `${words}${talk.text(TEXTS.optional)}` : words,
  );
  const choices = offered(talk, run, question, at, optional);
  const named = { kind: 'ask' as const, text, flow: run.flow, question: question.id };
  const multi = question.kind === 'multi' ? ({ multi: true } as const) : {};
  talk.push(
    { ...named, ...multi, ...(choices.length > 0 && { choices }) },
    { run: run.id, question: question.id, options: choices.map(({ value }) => value) },
  );
}

function offered<F>(
  talk: Talk<F>,
  run: Run,
  question: Question<F>,
  at: Standing<F>,
  optional: boolean,
): Choice[] {
  const choices = choicesOf(question, at, talk.facts);
  const skip = optional ? [{ value: 'skip', label: talk.text(TEXTS.skip) }] : [];
  if (question.kind !== 'multi') return [...choices, ...skip];
  const ticked = choices.map((choice) =>
    run.ticked?.includes(choice.value) ? { ...choice, label: `${TICK}${choice.label}` } : choice,
  );
  return [...ticked, { value: DONE, label: talk.text(TEXTS.done) }];
}

/** An answer as the person reads it. */
export function shownAnswer<F>(
  talk: Talk<F>,
  question: Question<F>,
  answer: Answer | undefined,
  at: Standing<F>,
): string {
  if (answer === undefined || answer === null || answer.length === 0) return talk.text(TEXTS.blank);
  if (question.kind === 'text') return String(answer);
  const labels = new Map(choicesOf(question, at, talk.facts).map(({ value, label }) => [value, label]));
  const values = typeof answer === 'string' ? [answer] : answer;
  return values.map((value) => labels.get(value) ?? value).join(talk.lang === 'zh' ? '、' : ', ');
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

function showReview<F>(talk: Talk<F>, run: Run, flow: Flow<F>, at: Standing<F>, note?: string): void {
  const lines = at.asked.map((question) =>
    fill(TEXTS.line, talk.lang, {
      label: talk.text(question.label),
      answer: shownAnswer(talk, question, at.answers[question.id], at),
    }),
  );
  const text = joined(note, [talk.text(flow.review), '', ...lines].join('\n'));
  const choices = reviewChoices(talk, flow, at);
  talk.push(
    { kind: 'review', text, flow: run.flow, question: REVIEW, choices },
    { run: run.id, question: REVIEW, options: choices.map(({ value }) => value) },
  );
}
