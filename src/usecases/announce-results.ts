import { EVERYBODY } from '../domain/audience.ts';
import type { Lang } from '../text/text.ts';
import { conversationOf } from './effect-id.ts';
import { onlyPublished } from './open-result.ts';
import { type EventRefusal, organizedEvent } from './organized-event.ts';
import { type Letters, type Result, refused } from './ports.ts';
import type { ResultPorts } from './publish-results.ts';
import type { Preview, WriteRefusal, Writing } from './write-notice.ts';

export interface AnnouncePorts extends ResultPorts {
  readonly letters: Letters;
  /** The address of an event's results; undefined: the house has no public one. */
  readonly linkResults?: (code: string) => string | undefined;
}

type WriteNotice = (writing: Writing) => Promise<Result<Preview, WriteRefusal>>;

export interface Announcing {
  readonly person: string;
  readonly event: string | null;
  readonly effect: string;
}

/** Writes a notice that announces the published results of an event: a draft, to be confirmed like any other. */
export function announceResults(ports: AnnouncePorts, writeNotice: WriteNotice) {
  return async (
    input: Announcing,
  ): Promise<Result<Preview, EventRefusal | WriteRefusal | 'nothing-published'>> => {
    const found = await organizedEvent(ports, input.person, input.event);
    if (!found.ok) return found;
    const event = found.data;
    const runs = await ports.runs.ofEvents([event.id]);
    const stored = await ports.results.byId(runs.map(({ id }) => id));
    const published = await onlyPublished(ports, stored);
    if (published.length === 0) return refused('nothing-published', { event });
    const places = event.call.tracks.map(({ code }) => code);
    const inOrder = [...published].sort((a, b) => places.indexOf(a.track) - places.indexOf(b.track));
    const text = (lang: Lang) => ports.letters.announcement(event, inOrder, lang);
    return writeNotice({
      id: input.effect,
      person: input.person,
      conversation: conversationOf(input.effect),
      edits: null,
      event: event.id,
      audience: { source: { kind: 'event', event: event.id }, where: EVERYBODY },
      text: Object.fromEntries(event.languages.map((lang) => [lang, text(lang)])),
      file: null,
      buttons: [],
      link: ports.linkResults?.(event.code) ?? null,
      critical: false,
      without: [],
      startsAt: null,
    });
  };
}
