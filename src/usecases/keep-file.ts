import { createHash } from 'node:crypto';
import { archiveProblem } from '../domain/archive.ts';
import { FILE_MAX_BYTES, type FileProblem, judgeFile, safeName } from '../domain/file.ts';
import {
  type Clock,
  type ContentOf,
  type Files,
  type Result,
  refused,
  type ScanFile,
  type StoredFile,
} from './ports.ts';

/** A file as a channel is told of it. */
export interface SentFile {
  readonly conversation: string;
  /** Names it among the files of the conversation, the same each time it is told of. */
  readonly key: string;
  readonly name: string;
  /** Absent where nobody tells. */
  readonly size?: number;
}

/** Gets the bytes of a file, or why they cannot be had. */
export type FetchBytes = () => Promise<Uint8Array | Extract<FileProblem, 'too_big' | 'unavailable'>>;

type Kept = Pick<StoredFile, 'name' | 'type'>;

const DAY_MS = 24 * 3_600_000;
const FILES_A_DAY = 40;
const BYTES_A_DAY = 100 * 1024 * 1024;

const digest = (what: string | Uint8Array): string => createHash('sha256').update(what).digest('hex');

/** The id of a file: nobody guesses it who does not know the conversation. */
export const fileId = (conversation: string, key: string): string =>
  digest(`${conversation}\n${key}`).slice(0, 40);

/**
 * Stores a file that somebody sent, for a day: a form that takes it as an answer gives it an owner. What is known
 * already, by its key or by its bytes, is not stored again, and what is refused at once is not even fetched.
 */
export function keepFile(ports: { files: Files; clock: Clock; contentOf: ContentOf; scan?: ScanFile }) {
  const { files, clock, contentOf, scan } = ports;

  /** Why a conversation cannot send a file of this size now. */
  const overdone = async (conversation: string, size: number): Promise<FileProblem | undefined> => {
    if (size > FILE_MAX_BYTES) return 'too_big';
    const since = new Date(clock.now().getTime() - DAY_MS);
    const sent = await files.sentSince(conversation, since, FILES_A_DAY);
    return sent.files >= FILES_A_DAY || sent.bytes + size > BYTES_A_DAY ? 'too_many' : undefined;
  };

  /** What a file is, or why it is not kept. Nothing opens an archive before its directory was looked at. */
  const judge = async (
    name: string,
    bytes: Uint8Array,
  ): Promise<Kept | { readonly problem: FileProblem }> => {
    const unsafe = archiveProblem(bytes);
    if (unsafe) return { problem: unsafe };
    const judged = judgeFile(safeName(name), bytes, await contentOf(bytes));
    const found = 'problem' in judged || !scan ? 'clean' : await scan(bytes);
    return found === 'clean' ? judged : { problem: found };
  };

  return async (sent: SentFile, fetch: FetchBytes): Promise<Result<StoredFile, FileProblem>> => {
    const { conversation, key, size } = sent;
    const id = fileId(conversation, key);
    const purgeAt = new Date(clock.now().getTime() + DAY_MS);
    const known = await files.renew({ id }, purgeAt);
    if (known) return { ok: true, data: known };
    const early = size === 0 ? 'empty' : await overdone(conversation, size ?? 0);
    if (early) return refused(early);
    const bytes = await fetch();
    if (typeof bytes === 'string') return refused(bytes);
    const late = bytes.length === 0 ? 'empty' : await overdone(conversation, bytes.length);
    if (late) return refused(late);
    const sha256 = digest(bytes);
    const same = await files.renew({ conversation, sha256 }, purgeAt);
    if (same) return { ok: true, data: same };
    const judged = await judge(sent.name, bytes);
    if ('problem' in judged) return refused(judged.problem);
    const file = { id, conversation, ...judged, size: bytes.length, sha256, createdAt: clock.now() };
    await files.add(file, bytes, purgeAt);
    return { ok: true, data: { ...file, owners: [] } };
  };
}
