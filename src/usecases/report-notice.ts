import { createHash } from 'node:crypto';
import { languageOf } from '../domain/audience-match.ts';
import type { Delivery, LetterFile } from '../domain/delivery.ts';
import type { Event } from '../domain/event.ts';
import type { Notice } from '../domain/notice.ts';
import { languageFor } from '../domain/notice-text.ts';
import type { Registration } from '../domain/registration.ts';
import { DAY } from '../domain/time.ts';
import type { Lang } from '../text/text.ts';
import { fileId } from './keep-file.ts';
import { type FigurePorts, type Figures, figuresOf } from './notice-figures.ts';
import {
  type Events,
  type Files,
  type MakeReport,
  type People,
  type Registrations,
  type ReportRow,
  type Result,
  refused,
} from './ports.ts';
import { noticeFor } from './write-notice.ts';

export interface ReportPorts extends FigurePorts {
  readonly events: Events;
  readonly files: Files;
  readonly makeReport: MakeReport;
  readonly people: People;
  readonly registrations: Registrations;
}

export interface Report extends Figures {
  readonly event: Event;
  /** Rows that the file lists. */
  readonly listed: number;
  readonly file: LetterFile;
}

export type ReportRefusal = 'unknown-notice' | 'not-allowed' | 'not-started';

const BATCH = 500;
/** A table of so many takes some 130 MB and a few seconds while it is made. */
const LISTED_MAX = 50_000;

/**
 * Tells how a notice went: its figures, and a table of its readers in the language of whoever asks. The same table
 * again is the same stored file. Refused to whoever does not organize its office, and while nobody is written down.
 */
export function reportNotice(ports: ReportPorts) {
  return async (input: { person: string; number: number }): Promise<Result<Report, ReportRefusal>> => {
    const found = await noticeFor(ports, input.person, input.number);
    if (!found.ok) return found;
    const notice = found.data;
    const rows = await rowsOf(ports, notice);
    if (rows.length === 0) return refused('not-started', { number: notice.number });
    const [[asking], [event], figures] = await Promise.all([
      ports.people.byId([input.person]),
      ports.events.byId([notice.event]),
      figuresOf(ports, notice),
    ]);
    if (!event) return refused('unknown-notice');
    const file = await storedReport(ports, notice, rows, asking?.lang ?? 'zh');
    return { ok: true, data: { ...figures, event, listed: rows.length, file } };
  };
}

async function rowsOf(ports: ReportPorts, notice: Notice): Promise<ReportRow[]> {
  const rows: ReportRow[] = [];
  for (let after = ''; rows.length < LISTED_MAX; ) {
    const batch = await ports.deliveries.ofNotice(notice.id, after, BATCH);
    // Whoever was followed up with is listed once, as the reader that they are.
    const readers = batch.filter((row) => row.notice === notice.id);
    rows.push(...(await describe(ports, notice, readers)));
    const last = batch.at(-1);
    if (!last || batch.length < BATCH) break;
    after = last.id;
  }
  return rows;
}

async function describe(
  ports: ReportPorts,
  notice: Notice,
  batch: readonly Delivery[],
): Promise<ReportRow[]> {
  const [people, registrations] = await Promise.all([
    ports.people.byId([...new Set(batch.map(({ person }) => person))]),
    registrationsOf(ports, notice, batch),
  ]);
  const personOf = new Map(people.map((person) => [person.id, person]));
  return batch.map((row): ReportRow => {
    const registration = registrations.get(row.id) ?? null;
    const person = personOf.get(row.person);
    const lang = person ? languageOf({ person, registration }) : (registration?.details.lang ?? 'zh');
    return {
      name: registration?.details.name ?? null,
      organization: registration?.details.organization ?? null,
      ticket: registration?.ticket ?? null,
      channel: row.lane?.split(':')[0] ?? null,
      lang: languageFor(notice.content, lang),
      state: row.state,
      cause: row.cause,
      attempts: row.attempts,
      sentAt: row.state === 'sent' ? row.endedAt : null,
      confirmedAt: row.receiptAt,
    };
  });
}

/** The registration of each row; a row that names none, as that had ended, gets the one for the notice's event. */
async function registrationsOf(
  { registrations }: ReportPorts,
  { event }: Notice,
  batch: readonly Delivery[],
): Promise<ReadonlyMap<string, Registration>> {
  const named = batch.flatMap(({ registration }) => registration ?? []);
  const unnamed = batch.filter(({ registration }) => registration === null).map(({ person }) => person);
  const [byId, byPerson] = await Promise.all([
    named.length > 0 ? registrations.byId([...new Set(named)]) : [],
    unnamed.length > 0 ? registrations.byPerson([...new Set(unnamed)]) : [],
  ]);
  const known = new Map(byId.map((one) => [one.id, one]));
  const ended = new Map(byPerson.filter((one) => one.event === event).map((one) => [one.person, one]));
  return new Map(
    batch.flatMap((row) => {
      const found = row.registration === null ? ended.get(row.person) : known.get(row.registration);
      return found ? [[row.id, found] as const] : [];
    }),
  );
}

const digest = (what: string | Uint8Array): string => createHash('sha256').update(what).digest('hex');

async function storedReport(
  { files, makeReport, clock }: ReportPorts,
  notice: Notice,
  rows: readonly ReportRow[],
  lang: Lang,
): Promise<LetterFile> {
  const owner = `report:${notice.id}`;
  // Named for what it lists, as a spreadsheet made of the same a second later has other bytes.
  const id = fileId(owner, digest(JSON.stringify([lang, rows])));
  if (!(await files.adopt(id, owner))) {
    const { bytes, ...named } = await makeReport(notice, rows, lang);
    const now = clock.now();
    // Nobody sent it, so it counts among nobody's files of a day.
    const file = {
      id,
      conversation: owner,
      ...named,
      size: bytes.length,
      sha256: digest(bytes),
      createdAt: now,
    };
    await files.add(file, bytes, new Date(now.getTime() + DAY));
    await files.adopt(id, owner);
  }
  const [stored] = await files.byId([id]);
  if (!stored) throw new Error(`expected the report of notice N${notice.number} to be stored, received none`);
  return { kind: 'stored', id, name: stored.name, type: stored.type };
}
