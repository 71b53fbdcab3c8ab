import { type Criterion, type Rubric, type ScoreProblem, type Scores, scoreProblem } from './rubric.ts';

/** The most characters of a line of scores, its comment included. */
export const LINE_MAX = 1_000;

/** A line of scores as a judge wrote it. */
export interface ScoreLine {
  /** The project that it names; undefined: the one on stage. */
  readonly project: number | undefined;
  /** Those that were given: all, or by name some of them. */
  readonly scores: Scores;
  readonly comment: string | null;
}

/** Why a line is not taken. */
export type LineProblem =
  /** No score in it. */
  | { readonly why: 'words'; readonly project: number | undefined }
  | { readonly why: 'count'; readonly project: number | undefined; readonly received: number }
  | { readonly why: 'two-projects'; readonly projects: readonly number[] }
  /** The same criterion twice. */
  | { readonly why: 'twice'; readonly criterion: Criterion }
  | {
      readonly why: Exclude<ScoreProblem, 'missing'>;
      readonly project: number | undefined;
      readonly criterion: Criterion;
      readonly received: number;
    };

export type ReadLine = { readonly line: ScoreLine } | { readonly problem: LineProblem };

const NAMES_PROJECT =
  /(?<![\p{L}\p{N}])(?:p\s?0*(?<coded>[1-9]\d{0,3})(?!\p{N})|0*(?<plain>[1-9]\d{0,3})\s?号(?:项目)?)/giu;
const SEPARATOR = /^[\s,;、/|+:。.]+/u;
const NUMBER = /^[-+]?\d+(?:\.\d+)?/u;
const POINTS = /^\s?(?:分|points?|pts?)(?!\p{L})/iu;

const narrow = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[，；]/gu, ',')
    .trim();

/**
 * Reads `85 90 78 很扎实`, `P03 85/90/78`, `3号 85，90，78` in rubric order, or `市场90 技术85` by name. All or
 * nothing: a line of which any part does not fit gives its first problem and no score.
 */
export function readScoreLine(written: string, rubric: Rubric): ReadLine {
  const text = narrow(written);
  const named = [...text.matchAll(NAMES_PROJECT)].map(({ groups }) => Number(groups?.coded ?? groups?.plain));
  const projects = [...new Set(named)];
  if (projects.length > 1) return { problem: { why: 'two-projects', projects } };
  const [project] = projects;
  const rest = text
    .replace(NAMES_PROJECT, ' ')
    .trim()
    .replace(/^[\s:,]+/u, '');
  const labelled = readLabelled(rest, rubric);
  if (labelled && 'problem' in labelled) return labelled;
  const read = labelled ?? readInOrder(rest, rubric);
  if (read.given.length === 0) return { problem: { why: 'words', project } };
  if (!labelled && read.given.length !== rubric.length)
    return { problem: { why: 'count', project, received: read.given.length } };
  for (const [criterion, score] of read.given) {
    const why = scoreProblem(criterion, score);
    if (why && why !== 'missing') return { problem: { why, project, criterion, received: score } };
  }
  const scores = Object.fromEntries(read.given.map(([{ code }, score]) => [code, score]));
  return { line: { project, scores, comment: read.comment || null } };
}

/** Whether something said can only be meant as scores: numbers, or a project with a number. */
export function looksLikeScores(written: string): boolean {
  const text = narrow(written);
  const rest = text.replace(NAMES_PROJECT, ' ').trim();
  const numbers = numbersAt(rest).numbers.length;
  return rest !== text ? numbers >= 1 : numbers >= 2;
}

/** Whether something said gives scores by the names of criteria: it begins with one, not with a command. */
export function namesScores(written: string, rubric: Rubric): boolean {
  const text = narrow(written);
  const begins = labelsOf(rubric).some(([label]) => label !== '' && text.toLowerCase().startsWith(label));
  return begins && text.length <= LINE_MAX && readLabelled(text, rubric) !== undefined;
}

interface Read {
  readonly given: readonly (readonly [Criterion, number])[];
  readonly comment: string;
}

/** The numbers that a text begins with, and what follows them. */
function numbersAt(text: string): { readonly numbers: readonly number[]; readonly rest: string } {
  const numbers: number[] = [];
  let rest = text;
  for (;;) {
    const next = rest.replace(SEPARATOR, '');
    const found = NUMBER.exec(next)?.[0];
    if (found === undefined) return { numbers, rest };
    numbers.push(Number(found));
    rest = next.slice(found.length).replace(POINTS, '');
  }
}

const NOWHERE: Criterion = { code: '', name: { zh: '', en: '' }, weight: 1, min: 0, max: 1, step: 1 };

function readInOrder(text: string, rubric: Rubric): Read {
  const { numbers, rest } = numbersAt(text);
  return {
    given: numbers.map((score, i) => [rubric[i] ?? NOWHERE, score] as const),
    comment: rest.replace(SEPARATOR, '').trim(),
  };
}

/** How a criterion may be called: by its code, its names, or their beginnings while those mean it alone. */
function labelsOf(rubric: Rubric): (readonly [string, Criterion])[] {
  const full = rubric.flatMap((criterion) =>
    [criterion.code, narrow(criterion.name.zh), narrow(criterion.name.en)].map(
      (label) => [label.toLowerCase(), criterion] as const,
    ),
  );
  const starts = full.flatMap(([label, criterion]) => {
    const letters = [...label];
    const shortest = /\p{Script=Han}/u.test(label) ? 2 : 3;
    return letters
      .slice(shortest)
      .map((_, i) => [letters.slice(0, shortest + i).join(''), criterion] as const);
  });
  const meant = (label: string) =>
    new Set([...full, ...starts].filter(([one]) => one === label).map(([, c]) => c));
  return [...full, ...starts.filter(([label]) => meant(label).size === 1)].sort(
    ([a], [b]) => b.length - a.length,
  );
}

/** Scores by name; undefined: no name stands before a number. */
function readLabelled(text: string, rubric: Rubric): Read | { problem: LineProblem } | undefined {
  const labels = labelsOf(rubric);
  const given: (readonly [Criterion, number])[] = [];
  let comment = '';
  let rest = text;
  while (rest !== '') {
    const lower = rest.toLowerCase();
    const found = labels.find(([label]) => label !== '' && lower.startsWith(label));
    const after = found && rest.slice(found[0].length).replace(/^[\s:=]*/u, '');
    const number = after === undefined ? undefined : NUMBER.exec(after)?.[0];
    if (found && after !== undefined && number !== undefined) {
      if (given.some(([one]) => one === found[1])) return { problem: { why: 'twice', criterion: found[1] } };
      given.push([found[1], Number(number)]);
      rest = after.slice(number.length).replace(POINTS, '').replace(SEPARATOR, '');
      continue;
    }
    const [letter = ''] = rest;
    comment += letter;
    rest = rest.slice(letter.length);
  }
  return given.length > 0 ? { given, comment: comment.trim() } : undefined;
}
