import { z } from 'zod';
import { textSchema } from '../domain/questions.ts';
import type { Performing } from './perform-notice.ts';
import type { addRunItem, planRun } from './plan-run.ts';
import type { steerRun } from './steer-run.ts';

/** What can be done about the day of a track by those who drive it. */
export interface RunVerbs {
  readonly planRun: ReturnType<typeof planRun>;
  readonly addRunItem: ReturnType<typeof addRunItem>;
  readonly steerRun: ReturnType<typeof steerRun>;
}

const item = z.string().min(1).max(64);
const meaning = { event: z.string().max(128).nullable(), track: z.string().max(64).nullable() };

export const DELAY_MAX = 240;

const orderSchema = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('next'), step: z.int().min(0).max(9_999).nullable() }),
  z.strictObject({ what: z.enum(['pause', 'resume', 'undo']) }),
  z.strictObject({ what: z.literal('delay'), minutes: z.int().min(1).max(DELAY_MAX) }),
  z.strictObject({ what: z.literal('swap'), items: z.tuple([item, item]) }),
  z.strictObject({ what: z.literal('noshow'), item }),
  z.strictObject({ what: z.literal('close'), sure: z.boolean() }),
]);

/** Of two digits as somebody wrote them: whether a day has such a time is for planning to say, as a refusal. */
const digits = z.int().min(0).max(99);

const inputs = {
  plan: z.strictObject({
    ...meaning,
    time: z.strictObject({ hour: digits, minute: digits }).nullable(),
  }),
  add: z.strictObject({
    ...meaning,
    kind: z.enum(['signing', 'speech', 'break']),
    title: textSchema,
    minutes: z.int().min(1).max(240),
    parties: z.array(textSchema).max(20),
    after: item.nullable(),
  }),
  steer: z.strictObject({ ...meaning, order: orderSchema }),
};

/** The effects about the day of a track, by kind. */
export function runEffects(verbs: RunVerbs): Readonly<Record<string, Performing>> {
  return {
    'plan-run': async (input, person) => verbs.planRun({ ...inputs.plan.parse(input), person }),
    'add-run-item': async (input, person, effect) =>
      verbs.addRunItem({ ...inputs.add.parse(input), person, effect }),
    'steer-run': async (input, person, effect) =>
      verbs.steerRun({ ...inputs.steer.parse(input), person, effect }),
  };
}
