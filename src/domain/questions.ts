import { z } from 'zod';
import type { Text } from '../text/text.ts';

/** Codes are typed by people and stand in links: lower case letters, digits and dashes. */
export const codeSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'expected 1 to 32 of a-z, 0-9 and -');

/** What a form itself offers beside an event's choices. */
const RESERVED: readonly string[] = ['done', 'skip'];

/** A code that stands among the choices of a question. */
export const choiceCodeSchema = codeSchema.refine(
  (code) => !RESERVED.includes(code),
  'expected another code than done and skip',
);

export const textSchema = z.strictObject({
  zh: z.string().trim().min(1).max(4000),
  en: z.string().trim().min(1).max(4000),
}) satisfies z.ZodType<Text>;

const QUESTION_BASE = { id: codeSchema, ask: textSchema, label: textSchema, optional: z.boolean() };
export const extraQuestionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...QUESTION_BASE, kind: z.literal('text'), max: z.int().min(1).max(2000) }),
  z.strictObject({
    ...QUESTION_BASE,
    kind: z.enum(['choice', 'multi']),
    choices: z
      .array(z.strictObject({ value: choiceCodeSchema, label: textSchema }))
      .min(2)
      .max(30),
  }),
]);
export type ExtraQuestion = z.infer<typeof extraQuestionSchema>;
