import type { Lang } from '../text/text.ts';
import { misfit } from './files.ts';
import type { Answer, Answers, Context, Flow, Parsed, Question } from './flow.ts';
import type { Choice, Raw, Run } from './types.ts';

/** Where a form stands: computed from its raw answers at every turn, never stored. */
export interface Standing<F> {
  readonly answers: Answers;
  /** The questions that apply, in order, as far as the answers allow to tell. */
  readonly asked: readonly Question<F>[];
  /** The question to ask now; undefined: all is answered. */
  readonly current: Question<F> | undefined;
  /** Language in which to go on. */
  readonly lang: Lang;
  /** The form that this is of. */
  readonly run: string;
  /** What may have been meant by what was no answer to the question to ask now. */
  readonly meant: readonly Choice[];
  /** Single choices that were taken without asking and are not among the raw answers yet. */
  readonly taken: Readonly<Record<string, Raw>>;
}

/** What a form's own functions look at, with its answers in view. */
export function contextOf<F>(facts: F, { answers, lang, run }: Omit<Context<F>, 'facts'>): Context<F> {
  return { facts, answers, lang, ...(run !== undefined && { run }) };
}

function isOptional<F>(question: Question<F>, c: Context<F>): boolean {
  return typeof question.optional === 'function' ? question.optional(c) : (question.optional ?? false);
}

function choicesFor<F>(question: Question<F>, c: Context<F>): readonly Choice[] | undefined {
  return question.kind === 'text' || question.kind === 'file' ? undefined : question.choices(c);
}

/** The only choice of a question that takes it without asking. */
function soleChoice<F>(question: Question<F>, c: Context<F>): string | undefined {
  const choices = question.kind === 'choice' && question.sole ? question.choices(c) : [];
  return choices.length === 1 ? choices[0]?.value : undefined;
}

/** The raw answer that holds: the person's own, unless what it was about has changed, or else what is given. */
function holding<F>(question: Question<F>, raw: Raw | undefined, c: Context<F>): Raw | undefined {
  const isPast = raw !== undefined && question.about !== undefined && raw.about !== question.about(c);
  if (raw && !isPast) return raw;
  return question.given?.(c);
}

/** Reads a raw answer by today's rules; undefined: there is no valid answer. */
export function readAnswer<F>(
  question: Question<F>,
  raw: Raw | undefined,
  c: Context<F>,
): Answer | undefined {
  if (isOptional(question, c) && choicesFor(question, c)?.length === 0) return null;
  // An answer that was given is never replaced by the one choice that is left: that one is asked for.
  const held = holding(question, raw, c);
  if (!held) return raw ? undefined : soleChoice(question, c);
  return readRaw(question, held, c);
}

function readRaw<F>(question: Question<F>, raw: Raw, c: Context<F>): Answer | undefined {
  if (raw.kind === 'skipped') return isOptional(question, c) ? null : undefined;
  if (question.kind === 'text') {
    const parsed: Parsed = raw.kind === 'text' ? question.parse(raw.text, c) : { wrong: '' };
    return 'ok' in parsed ? parsed.ok : undefined;
  }
  if (question.kind === 'file') {
    if (raw.kind !== 'file' || misfit(question, raw)) return undefined;
    return { ref: raw.ref, name: raw.name, type: raw.type, size: raw.size };
  }
  if (raw.kind !== 'picked') return undefined;
  const known = question.choices(c).map(({ value }) => value);
  if (!raw.values.every((value) => known.includes(value))) return undefined;
  return question.kind === 'multi' ? raw.values : raw.values[0];
}

/** Whether the answer was taken without asking. */
function isGiven<F>(question: Question<F>, answer: Answer | undefined, c: Context<F>): boolean {
  if (answer === undefined) return false;
  if (answer === null) return choicesFor(question, c)?.length === 0;
  if (question.kind === 'text') return question.preset === true;
  return question.kind === 'choice' && (question.preset === true || answer === soleChoice(question, c));
}

/**
 * Walks the form: every applicable question is read with the answers before it in view. The first one without
 * a valid answer is asked, or else the one that the person went back to.
 */
export function standing<F>(flow: Flow<F>, run: Run, facts: F, fallback: Lang): Standing<F> {
  const answers: Record<string, Answer> = {};
  const taken: Record<string, Raw> = {};
  const asked: Question<F>[] = [];
  let lang = fallback;
  let missing: Question<F> | undefined;
  const walk = (question: Question<F>) => {
    const c = contextOf(facts, { answers, lang, run: run.id });
    if (question.when && !question.when(c)) return;
    const raw = run.raw[question.id];
    const answer = readAnswer(question, raw, c);
    if (answer === undefined) missing ??= question;
    else {
      answers[question.id] = answer;
      if (!raw && !question.given && question.kind === 'choice' && typeof answer === 'string')
        taken[question.id] = picked(question, answer, c);
      if (question.kind === 'choice' && question.setsLanguage && (answer === 'zh' || answer === 'en'))
        lang = answer;
    }
    if (!isGiven(question, answer, c)) asked.push(question);
  };
  for (const part of flow.questions) {
    // What comes after an open question may depend on it, so nothing further is read.
    if (missing) break;
    if (part.kind !== 'from') walk(part);
    else
      for (const question of part.questions(contextOf(facts, { answers, lang, run: run.id })))
        if (!missing) walk(question);
  }
  const editing = asked.find(({ id }) => id === run.editing);
  const current = editing ?? missing;
  return { answers, asked, current, lang, taken, run: run.id, meant: run.meant ?? [] };
}

function picked<F>(question: Question<F>, value: string, c: Context<F>): Raw {
  return about(question, { kind: 'picked', values: [value] }, c);
}

/** A raw answer with what its question is about now. */
export function about<F>(question: Question<F>, raw: Raw, c: Context<F>): Raw {
  return question.about ? { ...raw, about: question.about(c) } : raw;
}

/** The question before the one being asked, for `back`. */
export function previous<F>(at: Standing<F>): Question<F> | undefined {
  const index = at.current ? at.asked.indexOf(at.current) : at.asked.length;
  return at.asked[index - 1];
}

export function mayskip<F>(question: Question<F>, at: Standing<F>, facts: F): boolean {
  return isOptional(question, contextOf(facts, at));
}

/** A question that can be answered by nothing that is on offer. */
export function isDeadEnd<F>(question: Question<F>, at: Standing<F>, facts: F): boolean {
  return choicesFor(question, contextOf(facts, at))?.length === 0;
}
