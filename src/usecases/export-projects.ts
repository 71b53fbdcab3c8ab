import { createHash } from 'node:crypto';
import type { LetterFile } from '../domain/delivery.ts';
import type { Event } from '../domain/event.ts';
import { FILE_MAX_BYTES } from '../domain/file.ts';
import { fileOf, type Project } from '../domain/project.ts';
import { filePlaces, placeKey, sameFiles } from '../domain/same-files.ts';
import { DAY } from '../domain/time.ts';
import { type EventPorts, type EventRefusal, eventToExport, projectsOf } from './export-event.ts';
import type { Exporting, Format, MaterialRow, ReviewRow, Table, TableKind } from './export-ports.ts';
import { fileId } from './keep-file.ts';
import { type Clock, type Files, type People, type Result, refused, type StoredFile } from './ports.ts';

export interface ExportPorts extends EventPorts {
  readonly clock: Clock;
  readonly exporting: Exporting;
  readonly files: Files;
  readonly people: People;
}

export interface Exported {
  readonly event: Event;
  readonly kind: TableKind;
  /** Rows that the file lists. */
  readonly listed: number;
  readonly file: LetterFile;
}

export type ExportRefusal = EventRefusal | 'nothing' | 'too-large';

interface Wanted {
  readonly person: string;
  readonly code: string | null;
  readonly kind: TableKind;
  readonly format: Format;
}

const BATCH = 500;

/**
 * A table of an event's projects, their reviews or their files, in the language of whoever asks and organizes it. It
 * is kept for a day, and for another one when the same table is asked for again. Drafts are nobody's to review.
 */
export function exportProjects(ports: ExportPorts) {
  return async (wanted: Wanted): Promise<Result<Exported, ExportRefusal>> => {
    const found = await eventToExport(ports, wanted);
    if (!found.ok) return found;
    const event = found.data;
    const projects: Project[] = [];
    for await (const batch of projectsOf(ports, event.id)) projects.push(...batch);
    const [asking] = await ports.people.byId([wanted.person]);
    const table = await tableOf(ports, wanted.kind, event, projects, asking?.lang ?? 'zh');
    if (table.rows.length === 0) return refused('nothing', { event });
    const file = await storedTable(ports, event, table, wanted.format);
    if (!file) return refused('too-large', { event });
    return { ok: true, data: { event, kind: wanted.kind, listed: table.rows.length, file } };
  };
}

async function tableOf(
  ports: ExportPorts,
  kind: TableKind,
  event: Event,
  projects: readonly Project[],
  lang: 'zh' | 'en',
): Promise<Table> {
  const { words } = ports.exporting;
  if (kind === 'projects') return words.projects(event, projects, lang);
  if (kind === 'reviews') return words.reviews(event, await reviewsOf(ports, projects), lang);
  return words.materials(event, await materialsOf(ports, projects), lang);
}

async function reviewsOf({ grants }: ExportPorts, projects: readonly Project[]): Promise<ReviewRow[]> {
  const reviewed = projects.filter(({ state }) => state !== 'draft');
  const people = reviewed.flatMap(({ decision, conflicts, notes }) => [
    ...(decision ? [decision.by] : []),
    ...conflicts,
    ...notes.map(({ by }) => by),
  ]);
  const held = people.length > 0 ? await grants.of([...new Set(people)]) : [];
  const names = new Map(held.flatMap(({ person, note }) => (note ? [[person, note] as const] : [])));
  return reviewed.map((project) => ({ project, names }));
}

async function materialsOf({ files }: ExportPorts, projects: readonly Project[]): Promise<MaterialRow[]> {
  const refs = [...new Set(filePlaces(projects).map(({ ref }) => ref))];
  const stored = new Map<string, StoredFile>();
  for (let at = 0; at < refs.length; at += BATCH)
    for (const file of await files.byId(refs.slice(at, at + BATCH))) stored.set(file.id, file);
  const same = sameFiles(projects, new Map([...stored].map(([id, { sha256 }]) => [id, sha256])));
  return projects.flatMap((project) =>
    Object.keys(project.parts).flatMap((part): MaterialRow[] => {
      const file = fileOf(project, part);
      if (!file) return [];
      return [
        {
          project,
          part,
          file,
          stored: stored.get(file.ref),
          sameAs: same.get(placeKey({ project, part })) ?? [],
        },
      ];
    }),
  );
}

const digest = (what: string | Uint8Array): string => createHash('sha256').update(what).digest('hex');

/** undefined: it has become larger than a file may be. */
async function storedTable(
  { files, exporting, clock }: ExportPorts,
  event: Event,
  table: Table,
  format: Format,
): Promise<LetterFile | undefined> {
  const conversation = `export:${event.id}`;
  // Named for what it lists, as a spreadsheet made of the same a second later has other bytes.
  const id = fileId(conversation, digest(JSON.stringify([format, table])));
  const now = clock.now();
  const purgeAt = new Date(now.getTime() + DAY);
  const known = await files.renew({ id }, purgeAt);
  if (known) return { kind: 'stored', id, name: known.name, type: known.type };
  const { bytes, name, type } = await exporting.makeTable(table, format);
  if (bytes.length > FILE_MAX_BYTES) return undefined;
  const meta = { id, conversation, name, type, size: bytes.length, sha256: digest(bytes), createdAt: now };
  await files.add(meta, bytes, purgeAt);
  return { kind: 'stored', id, name, type };
}
