import { ask, DONE, offered, REVIEW, reviewChoices, SKIP, shownAnswer } from './ask.ts';
import { chooseMany, chooseOne, namedExactly } from './choose.ts';
import { about, contextOf, mayskip, type Standing, standing } from './evaluate.ts';
import { FILE_TEXTS } from './files.ts';
import type { Flow, Question } from './flow.ts';
import type { Talk } from './talk.ts';
import { TEXTS } from './texts.ts';
import type { Choice, Prompt, Raw, Run } from './types.ts';
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
export function refuse<F>(talk: Talk<F>, form: Form<F>, why: string, meant?: readonly Choice[]): void {
  const failures = form.run.failures + 1;
  const { meant: _before, ...run } = form.run;
  talk.activate({ ...run, ...(meant && { meant: [...meant] }), failures });
  const helps = failures % FAILURES_BEFORE_HELP === 0;
  ask(talk, helps ? `${why}\n${talk.book.human(contextOf(talk.facts, form.at))}` : why);
}

/** A form without what belongs to the question that was open in it. */
export function passed({ editing: _editing, ticked: _ticked, meant: _meant, ...rest }: Run): Run {
  return { ...rest, failures: 0 };
}

/** Keeps a raw answer, also outside where its form does so, and asks what is open next. */
export function keep<F>(talk: Talk<F>, { run, flow, at }: Form<F>, question: Question<F>, raw: Raw): void {
  const given = about(question, raw, contextOf(talk.facts, at));
  const next: Run = { ...passed(run), raw: { ...run.raw, ...at.taken, [question.id]: given } };
  talk.activate(next);
  talk.endReviews(run, REVIEW);
  const after = flow.keeps && standing(flow, next, talk.facts, talk.lang);
  const effect = after && flow.keeps?.(question.id, contextOf(talk.facts, after));
  if (effect) talk.keepOutside(effect, run);
  ask(talk);
}

/**
 * What is said instead of taking an answer, where its question is about something else by now than when it was
 * asked; undefined: it is taken.
 */
export function changedNote<F>(talk: Talk<F>, { at }: Form<F>, saw: Prompt): string | undefined {
  const { current } = at;
  const c = contextOf(talk.facts, at);
  if (!current?.about || saw.about === undefined || saw.about === current.about(c)) return undefined;
  return current.changedNote ? current.changedNote(c) : talk.text(TEXTS.changedMeanwhile);
}

/** What was said, short enough to be repeated to the person. */
export function quoted(text: string): string {
  const said = clean(text).replace(/\s+/gu, ' ');
  const letters = [...said];
  return letters.length > QUOTED ? `${letters.slice(0, QUOTED).join('')}…` : said;
}

/**
 * What the person could choose from: the options of the asking that they saw, in its order, so that a number
 * means what stood beside it. What is no longer on offer has no label.
 */
export function choicesSeen<F>(talk: Talk<F>, form: Form<F>, saw: Prompt | undefined): readonly Choice[] {
  const { current } = form.at;
  const now = current ? offered(talk, current, form.at) : reviewChoices(talk, form.flow, form.at);
  if (!saw) return now;
  const labels = new Map(now.map(({ value, label }) => [value, label]));
  return saw.options.map((value) => ({ value, label: labels.get(value) ?? '' }));
}

/** Whether what was said is the label of a choice, or in other words than `exact` one of the choices. */
export function names<F>(
  talk: Talk<F>,
  form: Form<F>,
  said: string,
  saw: Prompt | undefined,
  exact: boolean,
): boolean {
  const { current } = form.at;
  if (
    current?.kind === 'file' ||
    (current?.kind === 'text' && !current.suggests && form.at.meant.length === 0)
  )
    return false;
  // Over a command with something after it wins what the question can read.
  if (current?.kind === 'text' && !exact)
    return 'ok' in current.parse(clean(said), contextOf(talk.facts, form.at));
  const choices = choicesSeen(talk, form, saw);
  if (exact) return namedExactly(said, choices) !== undefined;
  return (current?.kind === 'multi' ? chooseMany : chooseOne)(said, choices) !== undefined;
}

/** Reads typed text as the answer to the question that is open. */
export function answerByText<F>(
  talk: Talk<F>,
  form: Form<F>,
  question: Question<F>,
  text: string,
  saw: Prompt | undefined,
): void {
  if (clean(text) === '') return refuse(talk, form, talk.text(TEXTS.empty));
  const choices = choicesSeen(talk, form, saw);
  if (question.kind === 'text') return answerInWords(talk, form, question, clean(text), choices);
  if (question.kind === 'file') {
    // What is no file may be the number beside “skip”.
    const skips = chooseOne(text, choices);
    if (skips) return takeOne(talk, form, question, skips.value);
    return refuse(talk, form, talk.text(FILE_TEXTS.expected, { formats: talk.text(question.formats) }));
  }
  if (question.kind === 'multi') {
    const chosen = chooseMany(text, choices)?.map(({ value }) => value);
    return chosen ? takeMany(talk, form, question, chosen) : misread(talk, form, question, text);
  }
  const chosen = chooseOne(text, choices);
  return chosen ? takeOne(talk, form, question, chosen.value) : misread(talk, form, question, text);
}

function answerInWords<F>(
  talk: Talk<F>,
  form: Form<F>,
  question: Question<F> & { kind: 'text' },
  text: string,
  choices: readonly Choice[],
): void {
  const named = namedExactly(text, choices);
  if (named) return takeOne(talk, form, question, named.value);
  const parsed = question.parse(text, contextOf(talk.facts, form.at));
  if ('ok' in parsed) return keep(talk, form, question, { kind: 'text', text });
  // What is no answer in words may be the number beside one, or beside “skip”.
  const chosen = chooseOne(text, choices);
  if (chosen) return takeOne(talk, form, question, chosen.value);
  refuse(talk, form, parsed.wrong, parsed.meant);
}

function misread<F>(talk: Talk<F>, form: Form<F>, question: Question<F>, text: string): void {
  const pattern = question.kind === 'multi' ? TEXTS.chooseMany : TEXTS.chooseOne;
  const count = offered(talk, question, form.at).length - (question.kind === 'multi' ? 1 : 0);
  refuse(talk, form, talk.text(pattern, { said: quoted(text), count }));
}

function isOffered<F>(talk: Talk<F>, form: Form<F>, question: Question<F>, value: string): boolean {
  return offered(talk, question, form.at).some((choice) => choice.value === value);
}

/** Takes a pressed option of the question that is open. In a multiple choice a press ticks or unticks. */
export function answerByPress<F>(
  talk: Talk<F>,
  form: Form<F>,
  question: Question<F>,
  value: string,
  { ticked }: Prompt,
): void {
  if (question.kind !== 'multi') return takeOne(talk, form, question, value);
  if (value === DONE) return finishTicking(talk, form, question);
  if (!isOffered(talk, form, question, value)) return refuse(talk, form, talk.text(TEXTS.gone));
  const others = (form.run.ticked ?? []).filter((one) => one !== value);
  const next = ticked?.includes(value) ? others : [...others, value];
  talk.activate({ ...form.run, ticked: next, failures: 0 });
  ask(talk);
}

function takeOne<F>(talk: Talk<F>, form: Form<F>, question: Question<F>, value: string): void {
  if (!isOffered(talk, form, question, value)) return refuse(talk, form, talk.text(TEXTS.gone));
  if (value === SKIP && mayskip(question, form.at, talk.facts)) return skip(talk, form);
  keep(
    talk,
    form,
    question,
    question.kind === 'text' ? { kind: 'text', text: value } : { kind: 'picked', values: [value] },
  );
}

/** Typed choices are the whole answer, whatever was ticked before. */
function takeMany<F>(talk: Talk<F>, form: Form<F>, question: Question<F>, chosen: readonly string[]): void {
  const wanted = chosen.filter((value) => value !== DONE);
  if (wanted.length === 0) return finishTicking(talk, form, question);
  if (!wanted.every((value) => isOffered(talk, form, question, value)))
    return refuse(talk, form, talk.text(TEXTS.gone));
  keepMany(talk, form, question, wanted);
}

function keepMany<F>(talk: Talk<F>, form: Form<F>, question: Question<F>, chosen: readonly string[]): void {
  const order = offered(talk, question, form.at).map(({ value }) => value);
  const values = order.filter((value) => value !== DONE && chosen.includes(value));
  keep(talk, form, question, { kind: 'picked', values });
}

/** Ends a multiple choice: with nothing ticked an answer that is there stays, and an optional one is passed. */
function finishTicking<F>(talk: Talk<F>, form: Form<F>, question: Question<F>): void {
  const ticked = (form.run.ticked ?? []).filter((value) => isOffered(talk, form, question, value));
  if (ticked.length > 0) return keepMany(talk, form, question, ticked);
  if (form.run.ticked === undefined && form.at.answers[question.id] !== undefined) return leave(talk, form);
  if (mayskip(question, form.at, talk.facts)) return skip(talk, form);
  refuse(talk, form, talk.text(TEXTS.nothingChosen));
}

/** Leaves the question that the person went back to as it was answered. */
export function leave<F>(talk: Talk<F>, { run }: Form<F>): void {
  talk.activate(passed(run));
  ask(talk);
}

export function skip<F>(talk: Talk<F>, form: Form<F>): void {
  const question = form.at.current;
  if (!question || !mayskip(question, form.at, talk.facts))
    return refuse(talk, form, talk.text(TEXTS.noSkip));
  keep(talk, form, question, { kind: 'skipped' });
}

/** A press under a question that is no longer open changes nothing; it is told what stands there. */
export function staleNote<F>(talk: Talk<F>, { run, at }: Form<F>, prompt: Prompt): string {
  const question = at.asked.find(({ id }) => id === prompt.question);
  const answer = question && at.answers[question.id];
  if (prompt.run !== run.id || !question || answer === undefined) return talk.text(TEXTS.expired);
  const shown = shownAnswer(talk, question, answer, at);
  return talk.text(TEXTS.answered, { label: talk.text(question.label), answer: shown });
}
