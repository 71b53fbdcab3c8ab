import { inflateSync } from 'node:zlib';

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray;
}

const CHANNELS = 4;

/** The pixels of a PNG file of 8-bit RGBA without interlacing: what the QR images are. */
export function readPng(file: Buffer): Picture {
  const width = file.readUInt32BE(16);
  const height = file.readUInt32BE(20);
  const form = file.subarray(24, 29).join(' ');
  if (form !== '8 6 0 0 0') throw new Error(`expected 8-bit RGBA, received a PNG of the form ${form}`);
  const rows = inflateSync(Buffer.concat(dataOf(file)));
  const stride = width * CHANNELS;
  const rgba = new Uint8ClampedArray(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = rows[y * (stride + 1)];
    for (let i = 0; i < stride; i += 1) {
      const at = y * stride + i;
      const left = i < CHANNELS ? 0 : (rgba[at - CHANNELS] ?? 0);
      const up = y === 0 ? 0 : (rgba[at - stride] ?? 0);
      const corner = i < CHANNELS || y === 0 ? 0 : (rgba[at - stride - CHANNELS] ?? 0);
      rgba[at] = ((rows[y * (stride + 1) + 1 + i] ?? 0) + predicted(filter, left, up, corner)) & 0xff;
    }
  }
  return { width, height, rgba };
}

function dataOf(file: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  for (let at = 8; at < file.length; at += 12 + file.readUInt32BE(at)) {
    const content = file.subarray(at + 8, at + 8 + file.readUInt32BE(at));
    if (file.toString('ascii', at + 4, at + 8) === 'IDAT') parts.push(content);
  }
  return parts;
}

function predicted(filter: number | undefined, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return Math.floor((left + up) / 2);
  if (filter !== 4) return 0;
  const [toLeft, toUp, toCorner] = [up - corner, left - corner, left + up - 2 * corner].map(Math.abs);
  if (toLeft === undefined || toUp === undefined || toCorner === undefined) return 0;
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
