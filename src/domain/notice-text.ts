import type { Lang } from '../text/text.ts';
import type { NoticeContent } from './notice.ts';

/** What can stand in braces in a notice's text, by the names that organizers write. */
export const VARIABLES = {
  name: { zh: '姓名', en: 'name' },
  organization: { zh: '单位', en: 'organization' },
  ticket: { zh: '票号', en: 'ticket' },
  session: { zh: '场次', en: 'session' },
  event: { zh: '活动', en: 'event' },
  start: { zh: '时间', en: 'start' },
  place: { zh: '地点', en: 'place' },
} as const satisfies Record<string, Record<Lang, string>>;
export type Variable = keyof typeof VARIABLES;

/** Known of a reader by their registration alone. */
export const OF_REGISTRATION: readonly Variable[] = ['name', 'organization', 'ticket', 'session'];

const BRACES = /\{(?<name>[^{}]*)\}/gu;

function variableNamed(name: string): Variable | undefined {
  const said = name.normalize('NFKC').trim().toLowerCase();
  const found = Object.entries(VARIABLES).find(([, { zh, en }]) => said === zh || said === en);
  return found?.[0] as Variable | undefined;
}

/** What stands in braces in a text: the variables, and what is none. */
export function variablesIn(text: string): { known: Variable[]; unknown: string[] } {
  const names = [...text.matchAll(BRACES)].map(({ groups }) => groups?.name ?? '');
  const known = names.flatMap((name) => variableNamed(name) ?? []);
  const unknown = names.filter((name) => variableNamed(name) === undefined);
  return { known: [...new Set(known)], unknown: [...new Set(unknown)] };
}

/** The text with its variables filled in. A value is taken as it is: braces in it mean nothing. */
export function fillText(text: string, values: Readonly<Partial<Record<Variable, string>>>): string {
  return text.replace(BRACES, (whole, name: string) => {
    const variable = variableNamed(name);
    return (variable && values[variable]) ?? whole;
  });
}

/** The language that a reader gets a notice in: their own, or the one there is. */
export function languageFor(content: Pick<NoticeContent, 'text'>, lang: Lang): Lang {
  if (content.text[lang] !== undefined) return lang;
  return content.text.zh === undefined ? 'en' : 'zh';
}

/** Longer ones are split by no channel. */
export const TEXT_MAX = 2_000;
