import { FILE_MAX_BYTES } from '../domain/file.ts';

export { FILE_MAX_BYTES };

/** The bytes of a file that arrive piece by piece. What is beyond the most that is kept is not read. */
export async function readFile(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array | 'too_big'> {
  const read: Uint8Array[] = [];
  let size = 0;
  for await (const piece of pieces) {
    size += piece.length;
    if (size > FILE_MAX_BYTES) return 'too_big';
    read.push(piece);
  }
  return Buffer.concat(read);
}
