import type { Letter } from '../domain/delivery.ts';
import type { Event } from '../domain/event.ts';
import type { Notice, Progress } from '../domain/notice.ts';
import { LANGS, type Lang } from '../text/text.ts';
import { figuresOf } from './notice-figures.ts';
import { letterFor } from './notice-letters.ts';
import { type Result, refused } from './ports.ts';
import type { Steered, SteerPorts, SteerRefusal } from './steer-notice.ts';
import { noticeFor, type Preview, preview } from './write-notice.ts';

/** A notice as it stands, for whoever organizes its event. */
export interface ShownNotice {
  readonly notice: Notice;
  readonly event: Event;
  /** How it would go out now; null once it has been confirmed. */
  readonly preview: Preview | null;
  readonly progress: Progress;
  /** Seconds until the rest has left, where that can be told. */
  readonly seconds: number | undefined;
  /** Its words in each language that it has, with nothing of any one reader: for a group, say. */
  readonly plain: Readonly<Partial<Record<Lang, Letter>>>;
}

/** Shows a notice: a draft as it would go out now, any other with how its rows have ended so far. */
export function showNotice(ports: SteerPorts) {
  return async ({ person, number }: Steered): Promise<Result<ShownNotice, SteerRefusal>> => {
    const found = await noticeFor(ports, person, number);
    if (!found.ok) return found;
    const notice = found.data;
    const [event] = await ports.events.byId([notice.event]);
    if (!event) return refused('unknown-notice');
    const { progress, eta: seconds } = await figuresOf(ports, notice);
    const written = LANGS.filter((lang) => notice.content.text[lang] !== undefined);
    const plain = written.map((lang) => [lang, letterFor(ports.letters, notice, event, lang, null)]);
    const data: ShownNotice = {
      notice,
      event,
      preview: notice.state === 'draft' ? await preview(ports, notice, event) : null,
      progress,
      seconds,
      plain: Object.fromEntries(plain),
    };
    return { ok: true, data };
  };
}
