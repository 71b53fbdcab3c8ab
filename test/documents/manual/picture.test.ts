import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readPicture } from '../../../src/documents/manual/picture.ts';
import { aPicture } from '../../support/manual.ts';

const png = (change: (bytes: Buffer) => void): Uint8Array => {
  const bytes = Buffer.from(aPicture('a').bytes);
  change(bytes);
  return bytes;
};
/** The beginning of a JPEG: a marker with a segment before the frame. */
const jpeg = (colours: number, marker = 0xc0): Uint8Array =>
  Buffer.from([
    0xff,
    0xd8,
    0xff,
    0xe0,
    0,
    4,
    1,
    2,
    0xff,
    marker,
    0,
    17,
    8,
    0,
    200,
    1,
    44,
    colours,
    0,
    0,
    0,
    0,
  ]);

describe('a picture that somebody sent', () => {
  it('is read with its size', () => {
    expect(readPicture(aPicture('a').bytes)).toEqual({ type: 'image/png', width: 320, height: 320 });
    expect(readPicture(jpeg(3))).toEqual({ type: 'image/jpeg', width: 300, height: 200 });
    expect(readPicture(jpeg(1, 0xc2))).toEqual({ type: 'image/jpeg', width: 300, height: 200 });
  });

  it('is left out where a builder would stumble over it', () => {
    expect(readPicture(new Uint8Array())).toBeUndefined();
    expect(readPicture(jpeg(4))).toBeUndefined();
    expect(readPicture(jpeg(3).subarray(0, 9))).toBeUndefined();
    expect(readPicture(Buffer.from('GIF89a..........'))).toBeUndefined();
    expect(readPicture(png((bytes) => bytes.writeUInt32BE(60_000, 16)))).toBeUndefined();
    expect(readPicture(png((bytes) => bytes.writeUInt32BE(321, 20)))).toBeUndefined();
    expect(readPicture(png((bytes) => bytes.fill(0, 50, 60)))).toBeUndefined();
    expect(readPicture(aPicture('a').bytes.subarray(0, 60))).toBeUndefined();
  });

  it('does not unpack more than it says it has', () => {
    const bomb = deflateSync(Buffer.alloc(50_000_000));
    const header = Buffer.from(aPicture('a').bytes.subarray(0, 33));
    const size = Buffer.alloc(4);
    size.writeUInt32BE(bomb.length);
    const bytes = Buffer.concat([header, size, Buffer.from('IDAT'), bomb, Buffer.alloc(16)]);
    expect(readPicture(bytes)).toBeUndefined();
  });
});
