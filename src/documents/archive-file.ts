import { makeZip } from 'client-zip';

export interface Packed {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly at: Date;
}

/** A zip archive that is made while it is read: the next file is taken when the one before has been read. */
export function archiveOf(files: AsyncIterable<Packed>): ReadableStream<Uint8Array> {
  return makeZip(inputsOf(files));
}

async function* inputsOf(files: AsyncIterable<Packed>) {
  for await (const { name, bytes, at } of files) yield { name, lastModified: at, input: bytes };
}
