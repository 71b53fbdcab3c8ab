import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * A square black and white picture as PNG, one bit a pixel (W3C PNG, colour type 0): `isDark` tells of each module,
 * and each module is `scale` pixels wide and high.
 */
export function blackAndWhitePng(
  modules: number,
  scale: number,
  isDark: (row: number, column: number) => boolean,
): Buffer {
  const side = modules * scale;
  const rowBytes = 1 + Math.ceil(side / 8);
  const rows: Buffer[] = [];
  for (let row = 0; row < modules; row++) {
    // The first byte names the filter, 0: none. White is 1.
    const line = Buffer.alloc(rowBytes, 0xff);
    line[0] = 0;
    for (let x = 0; x < side; x++) {
      if (isDark(row, Math.floor(x / scale)))
        line[1 + (x >> 3)] = (line[1 + (x >> 3)] ?? 0) & ~(0x80 >> (x & 7));
    }
    for (let i = 0; i < scale; i++) rows.push(line);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header[8] = 1;
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}
