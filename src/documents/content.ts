import { fileTypeFromBuffer } from 'file-type';
import type { Content } from '../domain/file.ts';

/** What the bytes of a file show it to be, whatever its name says; undefined: nothing that is known by its bytes. */
export async function contentOf(bytes: Uint8Array): Promise<Content | undefined> {
  // Whoever sends it chose every byte: what breaks the reader is known by nothing.
  const found = await fileTypeFromBuffer(bytes).catch(() => undefined);
  return found && { type: found.mime.split(';')[0] ?? found.mime, extension: found.ext };
}
