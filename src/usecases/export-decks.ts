import type { Event } from '../domain/event.ts';
import { safeName } from '../domain/file.ts';
import { fileOf, type Project, projectCode, titleOf } from '../domain/project.ts';
import { DAY } from '../domain/time.ts';
import type { Lang } from '../text/text.ts';
import {
  type EventPorts,
  type EventRefusal,
  eventToExport,
  organizedEvent,
  projectsOf,
} from './export-event.ts';
import type { Decks, Exporting } from './export-ports.ts';
import { type Clock, type Files, type People, type Result, refused } from './ports.ts';

export interface DeckPorts extends EventPorts {
  readonly clock: Clock;
  readonly exporting: Pick<Exporting, 'linkDecks'>;
  readonly files: Files;
  readonly people: People;
}

/** Files of an event as one archive, by a link. */
export interface DecksLinked {
  readonly event: Event;
  readonly files: number;
  readonly bytes: number;
  readonly link: string;
  readonly until: Date;
}

export interface DeckFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly at: Date;
}

export type DecksRefusal = EventRefusal | 'nothing' | 'no-address';

const IMAGES = ['image-1', 'image-2', 'image-3'] as const;
const TITLE_MAX = 60;
/** Drafts were shown to nobody yet, and what was withdrawn is no longer anybody's to have. */
const OWN: readonly Project['state'][] = ['draft', 'withdrawn'];

/** Makes a link to the decks of an event, for a day and for whoever organizes it. Nothing is packed yet. */
export function linkDecks(ports: DeckPorts) {
  return async (wanted: {
    readonly person: string;
    readonly code: string | null;
    readonly images: boolean;
  }): Promise<Result<DecksLinked, DecksRefusal>> => {
    const found = await eventToExport(ports, wanted);
    if (!found.ok) return found;
    const event = found.data;
    const sizes: number[] = [];
    for await (const batch of projectsOf(ports, event.id))
      for (const project of batch)
        sizes.push(...filesOf(project, wanted.images, 'en').map(({ size }) => size));
    if (sizes.length === 0) return refused('nothing', { event });
    const until = new Date(ports.clock.now().getTime() + DAY);
    const { person, images } = wanted;
    const decks = { event: event.id, person, images };
    const link = ports.exporting.linkDecks(decks, `${event.code}-decks.zip`, until);
    if (link === undefined) return refused('no-address', { event });
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    return { ok: true, data: { event, files: sizes.length, bytes, link, until } };
  };
}

/**
 * The files of an archive, each read when its turn comes; undefined: the person organizes the event no longer. What
 * is gone is named in a file at the end.
 */
export function openDecks(ports: DeckPorts) {
  return async (decks: Decks): Promise<AsyncIterable<DeckFile> | undefined> => {
    const [event, [asking]] = await Promise.all([
      organizedEvent(ports, decks),
      ports.people.byId([decks.person]),
    ]);
    return event && readDecks(ports, decks, asking?.lang ?? 'zh');
  };
}

async function* readDecks(ports: DeckPorts, { event, images }: Decks, lang: Lang): AsyncGenerator<DeckFile> {
  const gone: string[] = [];
  for await (const batch of projectsOf(ports, event))
    for (const project of batch)
      for (const { name, ref, at } of filesOf(project, images, lang)) {
        const bytes = await ports.files.open(ref);
        if (bytes) yield { name, bytes, at };
        else gone.push(name);
      }
  if (gone.length > 0)
    yield { name: 'missing.txt', bytes: Buffer.from(gone.join('\n')), at: ports.clock.now() };
}

interface Listed {
  readonly name: string;
  readonly ref: string;
  readonly size: number;
  readonly at: Date;
}

/** The files that a project has in an archive. Its code makes their names unlike all others'. */
function filesOf(project: Project, images: boolean, lang: Lang): Listed[] {
  if (OWN.includes(project.state)) return [];
  const title = [...titleOf(project, lang).replace(/[/\\]/gu, '_')].slice(0, TITLE_MAX).join('');
  const stem = `${projectCode(project)}-${title}`;
  return ['deck', ...(images ? IMAGES : [])].flatMap((part) => {
    const file = fileOf(project, part);
    if (!file) return [];
    const ending = /\.[\p{L}\p{N}]{1,16}$/u.exec(file.name)?.[0] ?? '';
    const which = part === 'deck' ? '' : `-${part.replace('image-', '')}`;
    const at = project.parts[part]?.at ?? project.createdAt;
    return [{ name: safeName(`${stem}${which}${ending}`), ref: file.ref, size: file.size, at }];
  });
}
