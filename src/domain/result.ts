import { z } from 'zod';
import { textSchema } from './questions.ts';
import { isComplete, rubricSchema, totalOf } from './rubric.ts';
import { type Standing, standingOf, type ValidSheet } from './standing.ts';

const FORMAT = 'luyan-result/1';
const codeSchema = z.string().regex(/^P\d{2,5}$/u, 'expected a project such as P03');
const judgeSchema = z.string().regex(/^J\d{1,3}$/u, 'expected a judge such as J1');
const meanSchema = z.strictObject({ sum: z.int().min(0), count: z.int().min(1) }).nullable();

/** A published result with all that it comes from, judges without names: anybody can compute it again. */
export const resultSchema = z.strictObject({
  format: z.literal(FORMAT),
  event: z.strictObject({ office: z.string(), code: z.string(), title: textSchema }),
  track: z.strictObject({ code: z.string(), name: textSchema }),
  rubric: rubricSchema,
  rules: z.strictObject({ trimFrom: z.int().nullable(), minValid: z.int() }),
  /** In the order in which they were shown. */
  projects: z.array(z.strictObject({ code: codeSchema, title: textSchema })).max(500),
  /** Called to the stage, and not there: they take no part. */
  absent: z.array(codeSchema),
  judges: z.array(judgeSchema).max(200),
  sheets: z
    .array(
      z.strictObject({
        project: codeSchema,
        judge: judgeSchema,
        /** Entered for the judge by somebody else. */
        proxy: z.boolean(),
        scores: z.record(z.string(), z.number()),
        /** Hundredths of a point. */
        total: z.int().min(0).max(10_000),
      }),
    )
    .max(20_000),
  recusals: z.array(z.strictObject({ project: codeSchema, judge: judgeSchema })),
  decisions: z.array(z.strictObject({ order: z.array(codeSchema), reason: z.string() })),
  standing: z.strictObject({
    trimmed: z.boolean(),
    ranked: z.array(
      z.strictObject({
        project: codeSchema,
        place: z.int().min(1).nullable(),
        sheets: z.int().min(0),
        score: meanSchema,
        untrimmed: meanSchema,
        dropped: z.array(judgeSchema),
        by: z.enum(['untrimmed', 'heaviest', 'chair']).nullable(),
      }),
    ),
  }),
  lockedAt: z.iso.datetime(),
  publishedAt: z.iso.datetime(),
});
export type Result = z.infer<typeof resultSchema>;

/** What a result is made of, before its standing is computed. */
export type Ballots = Omit<Result, 'format' | 'standing'>;

/** A result with the standing that follows from what it is made of. */
export function resultOf(ballots: Ballots): Result {
  return { format: FORMAT, ...ballots, standing: written(computed(ballots)) };
}

function computed(ballots: Ballots): Standing {
  const { rubric, rules, projects, absent, sheets, decisions } = ballots;
  const taking = projects.map(({ code }) => code).filter((code) => !absent.includes(code));
  const valid = sheets.map(
    ({ project, judge, scores, total }): ValidSheet => ({ project, judge, scores, total }),
  );
  return standingOf(rubric, rules, taking, valid, decisions);
}

function written({ trimmed, ranked }: Standing): Result['standing'] {
  return { trimmed, ranked: ranked.map((one) => ({ ...one, dropped: [...one.dropped] })) };
}

/** What is wrong with a result, seen from itself alone. */
export type ResultProblem =
  | {
      readonly why: 'total';
      readonly project: string;
      readonly judge: string;
      readonly expected: number;
      readonly received: number;
    }
  | { readonly why: 'incomplete' | 'twice' | 'stranger'; readonly project: string; readonly judge: string }
  | {
      readonly why: 'standing';
      readonly project: string;
      readonly expected: string;
      readonly received: string;
    };

/** Computes a result again from its sheets: every total, what was dropped, every place. No problem: it is right. */
export function problemsOf(result: Result): ResultProblem[] {
  const seen = new Set<string>();
  const codes = new Set(result.projects.map(({ code }) => code));
  const sheets = result.sheets.flatMap(({ project, judge, scores, total }): ResultProblem[] => {
    const key = `${project}/${judge}`;
    const isTwice = seen.has(key);
    seen.add(key);
    if (isTwice) return [{ why: 'twice', project, judge }];
    if (!codes.has(project) || !result.judges.includes(judge)) return [{ why: 'stranger', project, judge }];
    if (!isComplete(result.rubric, scores)) return [{ why: 'incomplete', project, judge }];
    const expected = totalOf(result.rubric, scores);
    return expected === total ? [] : [{ why: 'total', project, judge, expected, received: total }];
  });
  return [...sheets, ...standingProblems(result)];
}

function standingProblems(result: Result): ResultProblem[] {
  const right = written(computed(result)).ranked;
  const said = result.standing.ranked;
  const count = Math.max(right.length, said.length);
  return Array.from({ length: count }, (_, i): ResultProblem[] => {
    const [expected, received] = [lineOf(right[i]), lineOf(said[i])];
    const project = said[i]?.project ?? right[i]?.project ?? '';
    return expected === received ? [] : [{ why: 'standing', project, expected, received }];
  }).flat();
}

const lineOf = (one: Result['standing']['ranked'][number] | undefined): string =>
  one === undefined ? '-' : canonical(one);

/** JSON that is the same for the same content: keys in order, nothing between them. What is hashed is its UTF-8. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
