import jsqr from 'jsqr';
import { describe, expect, it } from 'vitest';
import { readTicketCode, ticketCode, ticketQr } from '../../src/documents/ticket.ts';
import { readPng } from '../support/png.ts';

const SECRET = 'a secret of the house';
const CODE = ticketCode(SECRET, '7K3M9QXA');

describe('the code of a ticket', () => {
  it('names the ticket and carries a signature of 16 characters', () => {
    expect(CODE).toMatch(/^LY1\.7K3M9QXA\.[A-Za-z0-9_-]{16}$/);
    expect(ticketCode(SECRET, '7K3M9QXA')).toBe(CODE);
    expect(ticketCode(SECRET, '7K3M9QXB').slice(-16)).not.toBe(CODE.slice(-16));
  });

  it('gives back its ticket', () => {
    expect(readTicketCode(SECRET, CODE)).toBe('7K3M9QXA');
  });

  it('is read with space around it, in full width, and with its first parts in lower case', () => {
    const [, , signature] = CODE.split('.');
    const fullWidth = CODE.replace(/[!-~]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0));
    for (const written of [` \n${CODE}\t`, fullWidth, `ly1.7k3m9qxa.${signature}`]) {
      expect(readTicketCode(SECRET, written)).toBe('7K3M9QXA');
    }
  });

  it('is refused when anything of it was changed', () => {
    const signature = CODE.slice(-16);
    const swapped = signature === signature.toLowerCase() ? signature.toUpperCase() : signature.toLowerCase();
    const refused = [
      `LY1.7K3M9QXB.${signature}`,
      `LY1.7K3M9QXA.${swapped}`,
      `LY1.7K3M9QXA.${'A'.repeat(16)}`,
      `LY2.7K3M9QXA.${signature}`,
      CODE.slice(0, -1),
      `${CODE}A`,
      `${CODE} ${CODE}`,
      '7K3M9QXA',
      '',
      'x'.repeat(100_000),
    ];
    expect(refused.filter((code) => readTicketCode(SECRET, code) !== undefined)).toEqual([]);
  });

  it('is refused under another secret', () => {
    expect(readTicketCode('another secret', CODE)).toBeUndefined();
  });

  it('is not made of what is no ticket, nor without a secret', () => {
    expect(() => ticketCode(SECRET, 'A.B')).toThrow(
      'expected a ticket of 1 to 32 of 0-9 and A-Z, received "A.B"',
    );
    expect(() => ticketCode('', '7K3M9QXA')).toThrow('expected a secret');
  });
});

describe('the QR image of a ticket', () => {
  it('is read by a scanner as the code', async () => {
    const { width, height, rgba } = readPng(await ticketQr(CODE));
    expect(jsqr.default(rgba, width, height)?.data).toBe(CODE);
  });

  it('is a square of at least 400 px with a quiet zone of 4 modules', async () => {
    const { width, height, rgba } = readPng(await ticketQr(CODE));
    expect(width).toBe(height);
    expect(width).toBeGreaterThanOrEqual(400);
    const dark = (x: number, y: number) => rgba[(y * width + x) * 4] === 0;
    const modules = 21 + 4 * ((jsqr.default(rgba, width, height)?.version ?? 0) - 1);
    const margin = (4 * width) / (modules + 8);
    expect(dark(margin, margin)).toBe(true);
    const edge = Array.from({ length: width }, (_, x) => x).filter(
      (x) => dark(x, margin - 1) || dark(margin - 1, x),
    );
    expect(edge).toEqual([]);
  });

  it('survives a smudge that would spoil one with less error correction', async () => {
    for (const ticket of ['7K3M9QXA', '00000000', 'ZZZZZZZZ', '4D2P8R1T', 'HJ5V6W3Y']) {
      const code = ticketCode(SECRET, ticket);
      const { width, height, rgba } = readPng(await ticketQr(code));
      const from = Math.floor(width * 0.4);
      const size = width / 5.5;
      for (let y = from; y < from + size; y += 1) {
        for (let x = from; x < from + size; x += 1) rgba.set([255, 255, 255, 255], (y * width + x) * 4);
      }
      expect(jsqr.default(rgba, width, height)?.data).toBe(code);
    }
  });
});
