import { z } from 'zod';
import { choiceCodeSchema, textSchema } from './questions.ts';

/** The finest step of a score. */
const FINEST = 0.001;
const UNIT = 1_000;

const scoreSchema = z.number().min(0).max(1_000).multipleOf(FINEST);

export const criterionSchema = z
  .strictObject({
    code: choiceCodeSchema,
    name: textSchema,
    /** Its share of the total, beside the weights of the others. */
    weight: z.int().min(1).max(1_000),
    min: scoreSchema,
    max: scoreSchema,
    step: scoreSchema.min(FINEST),
  })
  .refine(({ min, max }) => min < max, 'expected a highest score above the lowest');
export type Criterion = z.infer<typeof criterionSchema>;

export const rubricSchema = z
  .array(criterionSchema)
  .min(1)
  .max(10)
  .refine((all) => new Set(all.map(({ code }) => code)).size === all.length, 'expected each criterion once');
/** What is scored, in the order in which a line of scores is read. */
export type Rubric = readonly Criterion[];

/** Scores by criterion. */
export type Scores = Readonly<Record<string, number>>;

/** Why a score is none: it is no number, outside the criterion's bounds, or between its steps. */
export type ScoreProblem = 'missing' | 'range' | 'step';

const units = (score: number): number => Math.round(score * UNIT);

/** Why a score does not fit a criterion; undefined: it does. Steps count from the criterion's lowest score. */
export function scoreProblem(
  { min, max, step }: Criterion,
  score: number | undefined,
): ScoreProblem | undefined {
  if (score === undefined || !Number.isFinite(score)) return 'missing';
  if (score < min || score > max) return 'range';
  // More digits than a score can have are between its steps, too.
  if (Math.abs(score * UNIT - units(score)) > 1e-6) return 'step';
  return (units(score) - units(min)) % units(step) === 0 ? undefined : 'step';
}

/** Whether a sheet has a fitting score for every criterion. */
export function isComplete(rubric: Rubric, scores: Scores): boolean {
  return rubric.every((criterion) => scoreProblem(criterion, scores[criterion.code]) === undefined);
}

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));

/**
 * A sheet's weighted total on 100 points, in hundredths of a point: 8450 is 84.50. Each score counts by its share
 * of the criterion's highest score. It is computed in whole numbers and rounded half up once, so that the total that
 * a judge reads is the very number that counts, on every machine.
 */
export function totalOf(rubric: Rubric, scores: Scores): number {
  const highest = rubric.map(({ max }) => BigInt(units(max)));
  const common = highest.reduce((a, b) => (a * b) / gcd(a, b), 1n);
  const weights = rubric.reduce((sum, { weight }) => sum + BigInt(weight), 0n);
  const sum = rubric.reduce((total, { code, weight, max }) => {
    const score = BigInt(units(scores[code] ?? 0));
    return total + BigInt(weight) * score * (common / BigInt(units(max)));
  }, 0n);
  const divisor = weights * common;
  return Number((2n * 10_000n * sum + divisor) / (2n * divisor));
}
