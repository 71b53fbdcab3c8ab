import { createHash } from 'node:crypto';
import type { LetterFile } from '../domain/delivery.ts';
import { DAY } from '../domain/time.ts';
import type { Exporting } from './export-ports.ts';
import { fileId } from './keep-file.ts';
import type { Paper, PaperKind, TrackPaper } from './paper-ports.ts';
import { type Files, type People, type Result, refused } from './ports.ts';
import { type TrackPorts, type TrackRefusal, trackPaper } from './track-paper.ts';

export interface PrintPorts extends TrackPorts {
  readonly files: Files;
  readonly people: People;
  readonly exporting: Exporting;
  readonly paper: Paper;
}

export type PrintRefusal = TrackRefusal | 'no-projects' | 'no-judges';

/** A paper as a file. */
export interface PaperPrinted {
  readonly kind: PaperKind;
  readonly paper: TrackPaper;
  readonly file: LetterFile;
}

interface Printing {
  readonly person: string;
  readonly event: string;
  readonly track: string;
  readonly kind: PaperKind;
}

const PDF = 'application/pdf';
const digest = (what: string | Uint8Array): string => createHash('sha256').update(what).digest('hex');

/** A paper of a track, in the language of whoever asks. The same paper asked for again is the same file. */
export function printPaper(ports: PrintPorts) {
  return async (input: Printing): Promise<Result<PaperPrinted, PrintRefusal>> => {
    const { kind } = input;
    const found = await trackPaper(ports, { ...input, host: kind === 'run' });
    if (!found.ok) return found;
    const paper = found.data;
    const { event, track } = paper;
    const isShown = ({ project }: TrackPaper['items'][number]) => kind === 'run' || project !== undefined;
    if (!paper.items.some(isShown)) return refused('no-projects', { event, track });
    if (kind !== 'run' && paper.judges.length === 0) return refused('no-judges', { event, track });
    const [asking] = await ports.people.byId([input.person]);
    return { ok: true, data: { kind, paper, file: await stored(ports, paper, kind, asking?.lang ?? 'zh') } };
  };
}

/** The file of a paper, kept with its event. It is named for what it says, as the same made later has other bytes. */
async function stored(
  ports: PrintPorts,
  paper: TrackPaper,
  kind: PaperKind,
  lang: 'zh' | 'en',
): Promise<LetterFile> {
  const { files, clock } = ports;
  const now = clock.now();
  const { content, make } = contentOf(ports, paper, kind, lang, now);
  const conversation = `paper:${paper.event.id}`;
  const id = fileId(conversation, digest(JSON.stringify([kind, content])));
  const owner = `event:${paper.event.id}`;
  const purgeAt = new Date(now.getTime() + DAY);
  const known = await files.renew({ id }, purgeAt);
  if (known) {
    await files.adopt(id, owner);
    return { kind: 'stored', id, name: known.name, type: known.type };
  }
  const { bytes, type } = await make();
  const name = ports.paper.words.fileName(paper, kind, lang);
  const meta = { id, conversation, name, type, size: bytes.length, sha256: digest(bytes), createdAt: now };
  await files.add(meta, bytes, purgeAt);
  await files.adopt(id, owner);
  return { kind: 'stored', id, name, type };
}

function contentOf(
  { paper: { words, ...paper }, exporting }: PrintPorts,
  track: TrackPaper,
  kind: PaperKind,
  lang: 'zh' | 'en',
  now: Date,
): {
  readonly content: unknown;
  make(): Promise<{ readonly bytes: Uint8Array; readonly type: string }>;
} {
  if (kind === 'xlsx') {
    const content = words.form(track, lang);
    return { content, make: () => exporting.makeTable(content, 'xlsx') };
  }
  if (kind === 'run') {
    const content = words.run(track, now, lang);
    return { content, make: async () => ({ bytes: await paper.printRun(content), type: PDF }) };
  }
  const content = words.sheets(track, lang);
  return { content, make: async () => ({ bytes: await paper.printSheets(content), type: PDF }) };
}
