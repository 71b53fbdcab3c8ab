import type { Call } from '../src/domain/call.ts';
import { projectCode } from '../src/domain/project.ts';
import type { Place } from '../src/domain/same-files.ts';
import { fill, type Lang, sideBySide, type Text } from '../src/text/text.ts';
import { partLabel } from './project-words.ts';

const TEXTS = {
  here: {
    zh: '这份文件与{parts}相同。如果发错了，请重新上传。',
    en: 'This is the same file as {parts}. If that is a mistake, please send the right one.',
  },
  there: { zh: '项目 {code} 的{part}', en: '{part} of {code}' },
} as const satisfies Record<string, Text>;

/** What a team is told of a file whose bytes stand elsewhere too; undefined: nowhere. `project`: the team's own one. */
export function sameFileNote(
  places: readonly Place[],
  project: string,
  call: Call | null,
  lang: Lang,
): string | undefined {
  if (places.length === 0) return undefined;
  const parts = places.map((place) => {
    const part = partLabel(place.part, call)[lang];
    const isOwn = place.project.id === project;
    return isOwn ? part : fill(TEXTS.there, lang, { part, code: projectCode(place.project) });
  });
  return fill(TEXTS.here, lang, { parts: sideBySide(parts, lang) });
}
