import { IntlMessageFormat } from 'intl-messageformat';
import { z } from 'zod';

/** The languages that people are addressed in. A new one is added here, and every missing text stops the build. */
export const LANGS = ['zh', 'en'] as const;
export type Lang = (typeof LANGS)[number];

/** A text that people read: a missing language does not compile. */
export type Text = Readonly<Record<Lang, string>>;

export const langSchema = z.enum(LANGS);

/** BCP 47 tags for the platform's number, date and plural rules. */
export const LOCALE: Readonly<Record<Lang, string>> = { zh: 'zh-CN', en: 'en-GB' };

export type Values = Readonly<Record<string, string | number>>;

const compiled = new Map<string, IntlMessageFormat>();

/**
 * The text in one language with its variables filled in (ICU MessageFormat: `{name}`, plural, select, number).
 * Values are inserted as they are; text from outside must come in as a value, never as the text itself.
 */
export function fill(text: Text, lang: Lang, values: Values = {}): string {
  const pattern = text[lang];
  if (!/[{'#]/.test(pattern)) return pattern;
  const key = `${lang}${pattern}`;
  const known = compiled.get(key);
  const format = known ?? new IntlMessageFormat(pattern, LOCALE[lang], undefined, { ignoreTag: true });
  if (!known) compiled.set(key, format);
  return String(format.format(values));
}

/** Items joined as the language does it: 甲、乙和丙 / A, B and C. */
export function list(items: readonly string[], lang: Lang): string {
  return new Intl.ListFormat(LOCALE[lang], { type: 'conjunction' }).format(items);
}

/** Items side by side, with no word between them: 甲、乙、丙 / A, B, C. */
export function sideBySide(items: readonly string[], lang: Lang): string {
  const type = lang === 'zh' ? 'conjunction' : 'unit';
  return new Intl.ListFormat(LOCALE[lang], { type, style: lang === 'zh' ? 'narrow' : 'short' }).format(items);
}

/** Items of which one is meant: 甲、乙或丙 / A, B or C. */
export function either(items: readonly string[], lang: Lang): string {
  return new Intl.ListFormat(LOCALE[lang], { type: 'disjunction' }).format(items);
}
