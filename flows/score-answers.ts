import type { Context, Parsed } from '../src/conversation/flow.ts';
import { narrow } from '../src/conversation/words.ts';
import { type Criterion, scoreProblem } from '../src/domain/rubric.ts';
import { fill, type Text } from '../src/text/text.ts';
import type { Facts } from '../src/usecases/load-facts.ts';

const TEXTS = {
  number: {
    zh: '没有看懂这个分数。请发送 {min}–{max} 之间的数字，例如：{example}',
    en: 'I could not read that score. Please send a number from {min} to {max}, for example: {example}',
  },
  range: {
    zh: '“{criterion}”的分数应在 {min}–{max} 之间，收到 {received}。请重新发送，例如：{example}',
    en: '“{criterion}” takes scores from {min} to {max}, and {received} came. Please send another, for example: {example}',
  },
  step: {
    zh: '“{criterion}”每 {step} 分一档，收到 {received}。请重新发送，例如：{example}',
    en: '“{criterion}” takes scores in steps of {step}, and {received} came. Please send another, for example: {example}',
  },
} as const satisfies Record<string, Text>;

/** Scores that are offered, of a rubric with many. */
const OFFERED = 8;
const MANY = 20;
const SCORE = /^(?<number>[-+]?\d+(?:\.\d+)?)\s?(?<points>分|points?|pts?)?$/iu;

const tidy = (score: number): number => Number(score.toFixed(3));

/**
 * Scores to choose from. Beside a list a number may mean a place in it, so that either each stands in the place that
 * it names, or none of them is as small as the list is long, or there is no list.
 */
export function offeredScores(criterion: Criterion): readonly number[] {
  const { min, max, step } = criterion;
  if (max <= OFFERED + 2) {
    const all = Array.from({ length: Math.floor(max) }, (_, i) => i + 1);
    const fits = min <= 1 && all.every((score) => scoreProblem(criterion, score) === undefined);
    return fits ? all : [];
  }
  const stride = Math.max(1, Math.round((max - min) / MANY / step)) * step;
  const all = Array.from({ length: OFFERED }, (_, i) => tidy(max - (i + 1) * stride));
  const fits = all.every((score) => score > OFFERED && scoreProblem(criterion, score) === undefined);
  return max - min > MANY && fits ? all : [];
}

/** A number beside a list is a place in it, where it is not the score that stands there. */
function meansPlace(score: number, criterion: Criterion): boolean {
  const offered = offeredScores(criterion);
  return Number.isInteger(score) && score >= 1 && score <= offered.length && offered[score - 1] !== score;
}

/** Reads a score as a judge writes it: `85`, `85分`. */
export function parseScore(
  text: string,
  criterion: Criterion,
  { lang }: Pick<Context<Facts>, 'lang'>,
): Parsed {
  const { min, max, step, name } = criterion;
  const found = SCORE.exec(narrow(text))?.groups;
  const example = String(offeredScores(criterion)[0] ?? max);
  const bounds = { criterion: name[lang], min: String(min), max: String(max), step: String(step), example };
  const score = Number(found?.number);
  const isPlace = found?.points === undefined && meansPlace(score, criterion);
  if (!found || isPlace) return { wrong: fill(TEXTS.number, lang, bounds) };
  const problem = scoreProblem(criterion, score);
  if (!problem || problem === 'missing') return { ok: String(score) };
  return { wrong: fill(TEXTS[problem], lang, { ...bounds, received: String(score) }) };
}
