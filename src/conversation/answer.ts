import { ask, choicesOf, DONE, REVIEW, shownAnswer } from './ask.ts';
import { chooseMany, chooseOne } from './choose.ts';
import { contextOf, mayskip, type Standing, standing } from './evaluate.ts';
import type { Flow, Question } from './flow.ts';
import type { Talk } from './talk.ts';
import { TEXTS } from './texts.ts';
import type { Choice, Raw, Run } from './types.ts';
import { clean } from './words.ts';

const FAILURES_BEFORE_HELP = 3;
const QUOTED = 40;

/** The form as it stands, for one turn of it. */
export interface Form<F> {
  readonly run: Run;
  readonly flow: Flow<F>;
  readonly at: Standing<F>;
}

export function formOf<F>(talk: Talk<F>): Form<F> | undefined {
  const run = talk.session.active;
  const flow = run && talk.flowOf(run);
  return run && flow ? { run, flow, at: standing(flow, run, talk.facts, talk.lang) } : undefined;
}

/** The id of what is being asked. */
export function askedId<F>({ at }: Form<F>): string {
  return at.current?.id ?? REVIEW;
}

/** Something said that did not answer: the reason, help after three in a row, and the question again. */
export function refuse<F>(talk: Talk<F>, form: Form<F>, why: string): void {
  const failures = form.run.failures + 1;
  talk.activate({ ...form.run, failures });
  const helps = failures % FAILURES_BEFORE_HELP === 0;
  ask(talk, helps ? `${why}\n${talk.book.human(contextOf(talk.facts, form.at.answers, talk.lang))}` : why);
}

/** Keeps a raw answer and asks what is open next. */
export function keep<F>(talk: Talk<F>, { run }: Form<F>, question: Question<F>, raw: Raw): void {
  const { editing: _editing, ticked: _ticked, ...rest } = run;
  talk.activate({ ...rest, raw: { ...run.raw, [question.id]: raw }, failures: 0 });
  ask(talk);
}

/** What was said, short enough to be repeated to the person. */
export function quoted(text: string): string {
  const said = clean(text).replace(/\s+/gu, ' ');
  const letters = [...said];
  return letters.length > QUOTED ? `${letters.slice(0, QUOTED).join('')}…` : said;
}

/** Reads typed text as the answer to the question that is open. */
export function answerByText<F>(talk: Talk<F>, form: Form<F>, text: string): void {
  const question = form.at.current;
  if (!question) return;
  if (clean(text) === '') return refuse(talk, form, talk.text(TEXTS.empty));
  const c = contextOf(talk.facts, form.at.answers, form.at.lang);
  if (question.kind === 'text') {
    const parsed = question.parse(clean(text), c);
    if ('wrong' in parsed) return refuse(talk, form, parsed.wrong);
    return keep(talk, form, question, { kind: 'text', text: clean(text) });
  }
  const choices = choicesOf(question, form.at, talk.facts);
  const chosen = chosenBy(question, text, choices);
  if (chosen) return keep(talk, form, question, { kind: 'picked', values: chosen.map(({ value }) => value) });
  const pattern = question.kind === 'multi' ? TEXTS.chooseMany : TEXTS.chooseOne;
  refuse(talk, form, talk.text(pattern, { said: quoted(text), count: choices.length }));
}

function chosenBy<F>(
  question: Question<F>,
  text: string,
  choices: readonly Choice[],
): readonly Choice[] | undefined {
  if (question.kind === 'multi') return chooseMany(text, choices);
  const one = chooseOne(text, choices);
  return one && [one];
}

/** Takes a pressed option of the question that is open. In a multiple choice a press ticks or unticks. */
export function answerByPress<F>(talk: Talk<F>, form: Form<F>, value: string): void {
  const question = form.at.current;
  if (!question) return;
  if (value === 'skip' && mayskip(question, form.at, talk.facts)) return skip(talk, form);
  const known = choicesOf(question, form.at, talk.facts).some((choice) => choice.value === value);
  if (question.kind === 'multi') return tick(talk, form, question, value, known);
  if (!known) return refuse(talk, form, talk.text(TEXTS.expired));
  keep(talk, form, question, { kind: 'picked', values: [value] });
}

function tick<F>(talk: Talk<F>, form: Form<F>, question: Question<F>, value: string, known: boolean): void {
  const order = choicesOf(question, form.at, talk.facts).map((choice) => choice.value);
  const ticked = form.run.ticked ?? [];
  if (value === DONE) {
    if (ticked.length === 0 && mayskip(question, form.at, talk.facts)) return skip(talk, form);
    const values = order.filter((one) => ticked.includes(one));
    if (values.length > 0) return keep(talk, form, question, { kind: 'picked', values });
    return refuse(
      talk,
      form,
      talk.text(TEXTS.chooseMany, { said: talk.text(TEXTS.blank), count: order.length }),
    );
  }
  if (!known) return refuse(talk, form, talk.text(TEXTS.expired));
  const next = ticked.includes(value) ? ticked.filter((one) => one !== value) : [...ticked, value];
  talk.activate({ ...form.run, ticked: next, failures: 0 });
  ask(talk);
}

export function skip<F>(talk: Talk<F>, form: Form<F>): void {
  const question = form.at.current;
  if (!question || !mayskip(question, form.at, talk.facts))
    return refuse(talk, form, talk.text(TEXTS.noSkip));
  keep(talk, form, question, { kind: 'skipped' });
}

/** A press under a question that is no longer open changes nothing; it is told what stands there. */
export function staleNote<F>(
  talk: Talk<F>,
  { run, flow, at }: Form<F>,
  prompt: { run?: string; question?: string },
): string {
  const question = prompt.run === run.id && at.asked.find(({ id }) => id === prompt.question);
  if (!question || !flow) return talk.text(TEXTS.expired);
  const answer = shownAnswer(talk, question, at.answers[question.id], at);
  return talk.text(TEXTS.answered, { label: talk.text(question.label), answer });
}
