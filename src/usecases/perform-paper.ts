import { z } from 'zod';
import { codeSchema } from '../domain/questions.ts';
import type { checkScores, importScores } from './import-scores.ts';
import { PAPERS } from './paper-ports.ts';
import type { Performing } from './perform-notice.ts';
import type { printPaper } from './print-paper.ts';

/** What can be done about papers of a track. */
export interface PaperVerbs {
  readonly printPaper: ReturnType<typeof printPaper>;
  readonly checkScores: ReturnType<typeof checkScores>;
  readonly importScores: ReturnType<typeof importScores>;
}

const event = z.string().min(1).max(128);
const inputs = {
  print: z.strictObject({ event, track: codeSchema, kind: z.enum(PAPERS) }),
  check: z.strictObject({ event, file: z.string().max(64) }),
  import: z.strictObject({ event, file: z.string().max(64), seen: z.string().max(64) }),
};

/** The effects about papers of a track, by kind. */
export function paperEffects(verbs: PaperVerbs): Readonly<Record<string, Performing>> {
  return {
    'print-paper': async (input, person) => verbs.printPaper({ ...inputs.print.parse(input), person }),
    'check-scores': async (input, person) => verbs.checkScores({ ...inputs.check.parse(input), person }),
    'import-scores': async (input, person) => verbs.importScores({ ...inputs.import.parse(input), person }),
  };
}
