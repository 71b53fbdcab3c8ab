import { z } from 'zod';
import { problemsOf, type Result, type ResultProblem, resultSchema } from '../domain/result.ts';
import { sha256Of } from '../usecases/publish-results.ts';

/** A larger file than any result makes: 500 projects with 200 judges. */
export const RESULT_FILE_MAX_BYTES = 16 * 1024 * 1024;

const fileSchema = z.strictObject({
  sha256: z.string().regex(/^[0-9a-f]{64}$/u, 'expected 64 hexadecimal digits'),
  result: resultSchema,
});

/** What a result reads as in a file. */
export function writeResultFile(result: Result, sha256: string): string {
  return `${JSON.stringify({ sha256, result }, null, 2)}\n`;
}

/** What is wrong with a file of a result. */
export type FileProblem =
  | ResultProblem
  | { readonly why: 'format'; readonly path: string; readonly message: string }
  | { readonly why: 'hash'; readonly expected: string; readonly received: string };

export interface CheckedFile {
  /** As computed from the content; undefined: it could not be read. */
  readonly sha256: string | undefined;
  readonly result: Result | undefined;
  readonly problems: readonly FileProblem[];
}

/** Computes a published result again from its file alone: totals, standing and digest. No problem: it is right. */
export function checkResultFile(text: string): CheckedFile {
  const read = fileSchema.safeParse(parsed(text));
  if (!read.success) {
    const problems = read.error.issues.map(({ path, message }): FileProblem => {
      return { why: 'format', path: path.join('.') || '(file)', message };
    });
    return { sha256: undefined, result: undefined, problems };
  }
  const { sha256, result } = read.data;
  const expected = sha256Of(result);
  const hash: FileProblem[] = expected === sha256 ? [] : [{ why: 'hash', expected, received: sha256 }];
  return { sha256: expected, result, problems: [...problemsOf(result), ...hash] };
}

/** undefined: it is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
