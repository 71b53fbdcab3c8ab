import { z } from 'zod';
import { LANGS, type Lang, langSchema, type Text } from '../text/text.ts';
import { TEXT_MAX, variablesIn } from './notice-text.ts';
import { choiceCodeSchema, codeSchema } from './questions.ts';

/** The text of a template in one language. */
export const templateWordsSchema = z
  .string()
  .trim()
  .min(1)
  .max(TEXT_MAX)
  .refine((text) => variablesIn(text).unknown.length === 0, 'expected only variables that notices know');

export const templateTitleSchema = z.string().trim().min(1).max(60);

/** A text for notices that an office keeps, in one language or more. */
export const templateSchema = z.strictObject({
  office: codeSchema,
  /** What it is called by: one of each in an office. */
  code: choiceCodeSchema,
  title: z.strictObject({ zh: templateTitleSchema, en: templateTitleSchema }) satisfies z.ZodType<Text>,
  text: z
    .partialRecord(langSchema, templateWordsSchema)
    .refine(
      (text) => LANGS.some((lang) => text[lang] !== undefined),
      'expected a text in one language or more',
    ),
});

export interface Template {
  readonly office: string;
  readonly code: string;
  readonly title: Text;
  readonly text: Readonly<Partial<Record<Lang, string>>>;
}
