import { z } from 'zod';
import { LINE_MAX } from '../domain/score-line.ts';
import type { briefJudge, confirmJudge } from './brief-judge.ts';
import type { fillSheet, openSheet } from './judge-sheets.ts';
import type { listJudges, listPanels, listSheets } from './list-judges.ts';
import type { Performing } from './perform-notice.ts';
import type { recuseJudge } from './recuse-judge.ts';
import type { submitScores } from './submit-scores.ts';

/** What judges can do, and who looks after them. */
export interface JudgeVerbs {
  readonly briefJudge: ReturnType<typeof briefJudge>;
  readonly confirmJudge: ReturnType<typeof confirmJudge>;
  readonly submitScores: ReturnType<typeof submitScores>;
  readonly openSheet: ReturnType<typeof openSheet>;
  readonly fillSheet: ReturnType<typeof fillSheet>;
  readonly recuseJudge: ReturnType<typeof recuseJudge>;
  readonly listSheets: ReturnType<typeof listSheets>;
  readonly listJudges: ReturnType<typeof listJudges>;
  readonly listPanels: ReturnType<typeof listPanels>;
}

const number = z.int().min(1).max(99_999);
const none = z.strictObject({});
const inputs = {
  submit: z.strictObject({
    line: z.string().max(LINE_MAX),
    seat: z.int().min(1).max(999).nullable(),
  }),
  open: z.strictObject({ number: number.nullable() }),
  fill: z.strictObject({
    run: z.string().max(128),
    project: z.string().max(128),
    scores: z.record(z.string().max(64), z.number().min(0).max(1_000)),
    comment: z.string().max(LINE_MAX).nullable(),
  }),
  recuse: z.strictObject({ number, what: z.enum(['recused', 'returned']) }),
  judges: z.strictObject({ track: z.string().max(64).nullable() }),
  brief: z.strictObject({ event: z.string().max(128).nullable() }),
};

/** The effects about judging, by kind. */
export function judgeEffects(verbs: JudgeVerbs): Readonly<Record<string, Performing>> {
  const fill: Performing = async (input, person, effect) =>
    verbs.fillSheet({ ...inputs.fill.parse(input), person, effect });
  return {
    briefing: async (input, person) => verbs.briefJudge({ ...inputs.brief.parse(input), person }),
    'confirm-judge': async (input, person) => verbs.confirmJudge({ ...none.parse(input), person }),
    'submit-scores': async (input, person, effect) =>
      verbs.submitScores({ ...inputs.submit.parse(input), person, effect }),
    'open-sheet': async (input, person) => verbs.openSheet({ ...inputs.open.parse(input), person }),
    'keep-score': fill,
    'score-sheet': fill,
    'recuse-judge': async (input, person, effect) =>
      verbs.recuseJudge({ ...inputs.recuse.parse(input), person, effect }),
    sheets: async (input, person) => verbs.listSheets({ ...none.parse(input), person }),
    judges: async (input, person) => verbs.listJudges({ ...inputs.judges.parse(input), person }),
    panel: async (input, person) => verbs.listPanels({ ...none.parse(input), person }),
  };
}
