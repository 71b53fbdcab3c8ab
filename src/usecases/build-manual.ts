import { createHash, randomUUID } from 'node:crypto';
import { newDelivery } from '../domain/delivery.ts';
import { type Edition, MANUAL_FORMATS, type ManualFormat } from '../domain/edition.ts';
import type { Event } from '../domain/event.ts';
import { type Manual, manualOf, manualSchema } from '../domain/manual.ts';
import { DAY } from '../domain/time.ts';
import { fileId } from './keep-file.ts';
import { type EditionPorts, inManual } from './manual-editions.ts';
import type { ManualFiles, ManualLinks, ManualMaker, Picture } from './manual-ports.ts';
import type { Billboard, Deliveries, Files, Letters, People, StoredFile } from './ports.ts';

export interface BuildPorts extends EditionPorts {
  readonly files: Files;
  readonly people: People;
  readonly deliveries: Deliveries;
  readonly letters: Letters;
  readonly billboard: Billboard;
  readonly manualMaker: ManualMaker;
  readonly manualLinks: ManualLinks;
}

const AT_ONCE = 10;
/** Nobody has heard of a builder for so long: somebody else builds. */
const LEASE_MS = 20_000;
const TRIES = 4;
/** How often its progress is written down. */
const TELL_EVERY_MS = 1_500;
/** In the HTML pictures take a third more, and what a bot sends may have 50 MB. */
const PICTURES_MAX = 32 * 1024 * 1024;
const PICTURE_MAX = 4 * 1024 * 1024;

const TYPES: Readonly<Record<ManualFormat, string>> = {
  html: 'text/html',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
};

/** Somebody else builds the edition, or nobody any more. */
class Outrun extends Error {
  override readonly name = 'Outrun';
}

/**
 * Builds every edition that was asked for and that nobody builds. Interrupted anywhere, the next call that finds
 * the lease over begins anew from the content that was taken down: only when all files are stored does one write
 * make the edition ready. Returns how many it ended.
 */
export function buildManuals(ports: BuildPorts) {
  return async (): Promise<number> => {
    let ended = 0;
    for (const edition of await ports.editions.building(AT_ONCE)) {
      const { lease } = edition;
      if (lease && lease.until > ports.clock.now()) continue;
      const held = new Held(ports, edition);
      try {
        await held.claim();
        await build(ports, held);
        ended++;
      } catch (error) {
        if (!(error instanceof Outrun)) throw error;
      }
    }
    return ended;
  };
}

/** An edition as its builder has it. Every change of it renews the lease, and is refused to who has lost it. */
class Held {
  readonly ports: BuildPorts;
  edition: Edition;
  private readonly by = randomUUID();

  constructor(ports: BuildPorts, edition: Edition) {
    this.ports = ports;
    this.edition = edition;
  }

  async claim(): Promise<void> {
    await this.change({ attempts: this.edition.attempts + 1 });
  }

  async change(change: Partial<Edition>): Promise<void> {
    const until = new Date(this.ports.clock.now().getTime() + LEASE_MS);
    const lease = this.edition.state === 'building' ? { by: this.by, until } : null;
    const next: Edition = { ...this.edition, lease, ...change, rev: this.edition.rev + 1 };
    if (!(await this.ports.editions.save(next))) throw new Outrun();
    this.edition = next;
  }
}

async function build(ports: BuildPorts, held: Held): Promise<void> {
  const [event] = await ports.events.byId([held.edition.event]);
  if (!event) throw new Error(`expected the event of edition ${held.edition.id}, received none`);
  if (held.edition.attempts > TRIES) return end(held, event, { state: 'failed' });
  const manual = await contentOf(held, event);
  const { pictures, leftOut } = await picturesOf(ports, manual);
  const files = await filesOf(held, event, manual, pictures);
  await end(held, event, { state: 'ready', files, leftOut, builtAt: ports.clock.now() });
}

/** What the edition says: taken down once, so that a later attempt says the same. */
async function contentOf(held: Held, event: Event): Promise<Manual> {
  const { ports } = held;
  if (held.edition.content === null) {
    const { number, langs, order, cover } = held.edition;
    const takenAt = held.edition.takenAt ?? ports.clock.now();
    const manual = manualOf(event, await inManual(ports, event.id), { number, langs, order, cover, takenAt });
    const bytes = Buffer.from(JSON.stringify(manual));
    // Another attempt may have taken down another content just now: bytes name the file.
    const id = fileId(ownerOf(held.edition), sha256(bytes));
    await add(held, id, `manual-${event.code}-${number}.json`, 'application/json', bytes);
    const projects = manual.fields.reduce((sum, { entries }) => sum + entries.length, 0);
    await held.change({ content: id, projects });
  }
  const { content } = held.edition;
  if (content === null) throw new Error(`expected the content of edition ${held.edition.id}, received none`);
  await ports.files.adopt(content, ownerOf(held.edition));
  return readManual(ports, held.edition);
}

/** The content of an edition as it was taken down. */
export async function readManual(
  { files }: Pick<BuildPorts, 'files'>,
  { id, content }: Edition,
): Promise<Manual> {
  const bytes = content === null ? undefined : await files.open(content);
  if (!bytes) throw new Error(`expected the content of edition ${id} to be stored, received none`);
  return manualSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
}

/** Pictures of all projects as far as they can be printed: everybody's first one before anybody's second. */
export async function picturesOf(
  { files, manualMaker }: Pick<BuildPorts, 'files' | 'manualMaker'>,
  { fields }: Pick<Manual, 'fields'>,
): Promise<{ readonly pictures: Picture[]; readonly leftOut: string[] }> {
  const entries = fields.flatMap((field) => field.entries);
  const wanted = [0, 1, 2].flatMap((place) =>
    entries.flatMap(({ code, images }) => {
      const image = images[place];
      return image ? [{ code, ref: image.ref }] : [];
    }),
  );
  const sizes = new Map(
    (wanted.length > 0 ? await files.byId([...new Set(wanted.map(({ ref }) => ref))]) : []).map(
      ({ id, size }) => [id, size] as const,
    ),
  );
  const pictures = new Map<string, Picture>();
  const leftOut = new Set<string>();
  let left = PICTURES_MAX;
  for (const { code, ref } of wanted) {
    if (pictures.has(ref)) continue;
    const size = sizes.get(ref) ?? Number.POSITIVE_INFINITY;
    const bytes = size <= Math.min(PICTURE_MAX, left) ? await files.open(ref) : undefined;
    const read = bytes && manualMaker.readPicture(bytes);
    if (!bytes || !read) {
      leftOut.add(code);
      continue;
    }
    left -= size;
    pictures.set(ref, { ref, ...read, bytes });
  }
  return { pictures: [...pictures.values()], leftOut: [...leftOut].sort() };
}

type Files3 = NonNullable<Edition['files']>;

/** The files of the edition, stored and its own: those that an attempt before this one stored, or new ones. */
async function filesOf(
  held: Held,
  event: Event,
  manual: Manual,
  pictures: readonly Picture[],
): Promise<Files3> {
  const { files } = held.ports;
  const ids = MANUAL_FORMATS.map((format) => idOf(held.edition, format));
  if ((await files.byId(ids)).length < ids.length) {
    const made = await make(held, event, manual, pictures);
    for (const format of MANUAL_FORMATS)
      await add(
        held,
        idOf(held.edition, format),
        nameOf(held.edition, event, format),
        TYPES[format],
        made[format],
      );
  }
  const owned = await Promise.all(ids.map((id) => files.adopt(id, ownerOf(held.edition))));
  const stored = new Map((await files.byId(ids)).map((one) => [one.id, one]));
  if (owned.includes(false) || stored.size < ids.length)
    throw new Error(`expected the files of edition ${held.edition.id} to be stored, received ${stored.size}`);
  const fileOf = (format: ManualFormat) => toFile(stored.get(idOf(held.edition, format)));
  return { html: fileOf('html'), docx: fileOf('docx'), pdf: fileOf('pdf') };
}

function toFile(stored: StoredFile | undefined): Files3['html'] {
  if (!stored) throw new Error('expected a stored file of an edition, received none');
  return { ref: stored.id, name: stored.name, type: stored.type, size: stored.size };
}

/** Makes the documents. Meanwhile its progress is written down, which renews the lease. */
async function make(
  held: Held,
  event: Event,
  manual: Manual,
  pictures: readonly Picture[],
): Promise<ManualFiles> {
  const { ports } = held;
  let said = performance.now();
  let saving: Promise<void> = Promise.resolve();
  let lost: unknown;
  const tell = (done: number, total: number) => {
    if (performance.now() - said < TELL_EVERY_MS || lost) return;
    said = performance.now();
    saving = saving
      .then(() => held.change({ progress: { done, total } }))
      .then(() => show(held, event))
      .catch((error: unknown) => {
        lost = error;
      });
  };
  const { publicUrl } = ports.manualLinks;
  const made = await ports.manualMaker.make({ manual, pictures, publicUrl }, tell);
  await saving;
  if (lost) throw lost;
  return made;
}

async function add(held: Held, id: string, name: string, type: string, bytes: Uint8Array): Promise<void> {
  const { files, clock } = held.ports;
  const now = clock.now();
  // Nobody sent it: it counts among nobody's files, and no bound of those holds for it.
  const file = {
    id,
    conversation: ownerOf(held.edition),
    name,
    type,
    size: bytes.length,
    sha256: sha256(bytes),
    createdAt: now,
  };
  await files.add(file, bytes, new Date(now.getTime() + DAY));
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const ownerOf = ({ id }: Edition): string => `manual:${id}`;
const idOf = (edition: Edition, format: ManualFormat): string => fileId(ownerOf(edition), format);
const nameOf = ({ number, langs }: Edition, { code }: Event, format: ManualFormat): string =>
  `${code}-manual-${number}-${langs}.${format}`;

/** Ends a building. Whoever asked for it is told before: a crash in between must not leave them without the news. */
async function end(held: Held, event: Event, change: Partial<Edition>): Promise<void> {
  const { deliveries, letters, people, clock } = held.ports;
  const edition: Edition = { ...held.edition, ...change };
  const [person] = await people.byId([edition.createdBy]);
  const now = clock.now();
  await deliveries.add([
    newDelivery({
      id: `manual/${edition.id}/${edition.state}`,
      person: edition.createdBy,
      to: edition.conversation,
      kind: 'own',
      event: event.id,
      letter: letters.edition(edition, event, person?.lang ?? 'zh'),
      notBefore: now,
      expiresAt: new Date(now.getTime() + DAY),
    }),
  ]);
  await held.change({ ...change, lease: null });
  if (edition.messageId) await show(held, event);
}

/** In a chat whose messages can be changed, one message goes with the progress. */
async function show(held: Held, event: Event): Promise<void> {
  const { billboard, people, letters } = held.ports;
  const { conversation, messageId, createdBy } = held.edition;
  if (conversation === null || !billboard.canChange(conversation)) return;
  const [person] = await people.byId([createdBy]);
  const letter = letters.edition(held.edition, event, person?.lang ?? 'zh');
  const shown = await billboard.show(conversation, messageId, letter);
  if (shown !== messageId) await held.change({ messageId: shown });
}
