import { inflateSync } from 'node:zlib';
import type { Picture } from '../../usecases/manual-ports.ts';

/** So much of a picture is drawn within a second, and more is not seen in print. */
const PIXELS_MAX = 24_000_000;
const SIDE_MAX = 12_000;

type Read = Pick<Picture, 'type' | 'width' | 'height'>;

/**
 * Looks at a picture that somebody sent before any document is made of it: what is read to its end here, no builder
 * stumbles over. undefined: it is no PNG or JPEG that can be printed.
 */
export function readPicture(bytes: Uint8Array): Read | undefined {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = data.subarray(0, 8).equals(PNG) ? readPng(data) : readJpeg(data);
  if (!read || read.width < 1 || read.height < 1) return undefined;
  const fits = read.width <= SIDE_MAX && read.height <= SIDE_MAX && read.width * read.height <= PIXELS_MAX;
  return fits ? read : undefined;
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Values of a pixel by colour type. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

function readPng(data: Buffer): Read | undefined {
  if (data.length < 33 || data.toString('latin1', 12, 16) !== 'IHDR') return undefined;
  const [width, height] = [data.readUInt32BE(16), data.readUInt32BE(20)];
  const [depth, colour, interlaced] = [data[24] ?? 0, data[25] ?? 0, data[28]];
  const channels = CHANNELS[colour];
  if (!channels || ![1, 2, 4, 8].includes(depth) || interlaced !== 0) return undefined;
  if (width > SIDE_MAX || height > SIDE_MAX || width * height > PIXELS_MAX) return undefined;
  const pieces: Buffer[] = [];
  let palette = colour !== 3;
  let at = 8;
  for (; at + 12 <= data.length; ) {
    const size = data.readUInt32BE(at);
    const kind = data.toString('latin1', at + 4, at + 8);
    if (at + 12 + size > data.length) return undefined;
    if (kind === 'IDAT') pieces.push(data.subarray(at + 8, at + 8 + size));
    if (kind === 'PLTE') palette = true;
    at += 12 + size;
    if (kind === 'IEND') break;
  }
  const expected = height * (1 + Math.ceil((width * channels * depth) / 8));
  if (!palette || !inflatesTo(Buffer.concat(pieces), expected)) return undefined;
  return { type: 'image/png', width, height };
}

function inflatesTo(packed: Buffer, expected: number): boolean {
  try {
    return inflateSync(packed, { maxOutputLength: expected + 1 }).length === expected;
  } catch {
    return false;
  }
}

/** Markers that begin a frame, with the size of the picture in it. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xc2;
const isAlone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);

function readJpeg(data: Buffer): Read | undefined {
  if (data[0] !== 0xff || data[1] !== 0xd8) return undefined;
  for (let at = 2; at + 9 < data.length; ) {
    if (data[at] !== 0xff) return undefined;
    const marker = data[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
    } else if (isAlone(marker)) {
      at += 2;
    } else if (isFrame(marker)) {
      const [height, width, colours] = [data.readUInt16BE(at + 5), data.readUInt16BE(at + 7), data[at + 9]];
      // Pictures for presses have four colours, which screens show wrongly.
      return colours === 1 || colours === 3 ? { type: 'image/jpeg', width, height } : undefined;
    } else {
      at += 2 + data.readUInt16BE(at + 2);
    }
  }
  return undefined;
}
