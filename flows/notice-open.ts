import type { Action } from '../src/conversation/flow.ts';
import type { Raw } from '../src/conversation/types.ts';
import { writeLocal } from '../src/domain/time.ts';
import type { Lang } from '../src/text/text.ts';
import type { OpenedNotice } from '../src/usecases/open-notice.ts';
import { writeAudience } from './audience-written.ts';
import { OWN_WORDS } from './notice.ts';
import { dayOf, NOW, textId } from './notice-answers.ts';

const text = (words: string): Raw => ({ kind: 'text', text: words });
const picked = (...values: string[]): Raw => ({ kind: 'picked', values });
const SKIPPED: Raw = { kind: 'skipped' };

/** Begins the form of a notice with the answers that it was written with, as far as they can still be given. */
export function formOf(opened: OpenedNotice, lang: Lang): NonNullable<Action['start']> {
  const { notice, event, now } = opened;
  const { content, critical, startsAt } = notice;
  const audience = writeAudience(notice.audience, event, lang);
  const texts = Object.entries(content.text).map(([language, words]) => [
    textId(language === 'zh' ? 'zh' : 'en'),
    text(words),
  ]);
  const raw: Record<string, Raw> = {
    edits: text(String(notice.number)),
    event: picked(event.id),
    template: picked(OWN_WORDS),
    ...(audience !== undefined && { audience: text(audience) }),
    ...Object.fromEntries(texts),
    file: fileOf(opened),
    buttons: content.buttons.length > 0 ? picked(...content.buttons) : SKIPPED,
    link: content.link === null ? SKIPPED : text(content.link),
    critical: picked(critical ? 'critical' : 'normal'),
    when: {
      kind: 'text',
      text: startsAt ? writeLocal(startsAt, notice.zone) : NOW,
      about: dayOf(event, now),
    },
  };
  return { flow: 'change-notice', raw };
}

function fileOf({ notice, fileSize }: OpenedNotice): Raw {
  const { file } = notice.content;
  if (!file || fileSize === null) return SKIPPED;
  return { kind: 'file', ref: file.id, name: file.name, type: file.type, size: fileSize };
}
