import { describe, expect, it, vi } from 'vitest';
import { contentOf } from '../../src/documents/content.ts';
import { type FetchBytes, keepFile, type SentFile } from '../../src/usecases/keep-file.ts';
import type { ScanFile } from '../../src/usecases/ports.ts';
import { memoryFiles } from '../support/memory-files.ts';
import { officeFile, zipOf } from '../support/zip.ts';
import { TestClock } from './house.ts';

const MEGABYTE = 1024 * 1024;
const CHAT = 'telegram:1:7';
const DAY_MINUTES = 24 * 60;

/** A PDF of so many bytes, no two of a different mark alike. */
function pdf(size: number, mark = ''): Uint8Array {
  const bytes = new Uint8Array(size);
  bytes.set(Buffer.from(`%PDF-1.7\n${mark}`).subarray(0, size));
  return bytes;
}

class Desk {
  readonly clock = new TestClock();
  readonly files = memoryFiles();
  private readonly keep = keepFile({ files: this.files, clock: this.clock, contentOf });
  private sent = 0;

  sends(bytes: Uint8Array, given: Partial<SentFile> = {}, fetch: FetchBytes = async () => bytes) {
    const sent = {
      conversation: CHAT,
      key: `k${++this.sent}`,
      name: 'plan.pdf',
      size: bytes.length,
      ...given,
    };
    return this.keep(sent, fetch);
  }
}

describe('a file that somebody sends', () => {
  it('is stored with a safe name, the type of its content, and its bytes', async () => {
    const desk = new Desk();
    const kept = await desk.sends(pdf(1_000), { name: '../../a\u202e/计划.pdf' });
    expect(kept).toMatchObject({
      ok: true,
      data: { name: '计划.pdf', type: 'application/pdf', size: 1_000, conversation: CHAT, owners: [] },
    });
    const id = kept.ok ? kept.data.id : '';
    expect(await desk.files.open(id)).toEqual(pdf(1_000));
  });

  it.each([
    ['of 0 bytes', new Uint8Array(0), {}, 'empty'],
    ['of 0 bytes that tells no size', new Uint8Array(0), { size: undefined }, 'empty'],
    ['of 25 MB', pdf(25 * MEGABYTE), {}, 'too_big'],
    ['of 25 MB that claims to be small', pdf(25 * MEGABYTE), { size: 9 }, 'too_big'],
    ['that is a program named .pdf', Buffer.from('MZ\x90\x00\x03\x00\x00\x00', 'latin1'), {}, 'executable'],
    ['that is a program by name', pdf(9), { name: 'setup.exe' }, 'executable'],
    [
      'that is a picture named .pdf',
      Buffer.from('\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR', 'latin1'),
      {},
      'disguised',
    ],
  ] as const)('is refused when it is one %s', async (_what, bytes, given, reason) => {
    const desk = new Desk();
    const { size, ...rest } = { size: bytes.length as number | undefined, ...given };
    const sent = {
      conversation: CHAT,
      key: 'k',
      name: 'plan.pdf',
      ...rest,
      ...(size !== undefined && { size }),
    };
    const keep = keepFile({ files: desk.files, clock: desk.clock, contentOf });
    expect(await keep(sent, async () => bytes)).toEqual({ ok: false, reason });
    expect(await desk.files.sentSince(CHAT, new Date(0), 40)).toEqual({ files: 0, bytes: 0 });
  });

  it('is refused when it is an archive that would do harm, before anything opens it', async () => {
    const bomb = zipOf([{ name: 'a.txt', bytes: Buffer.alloc(60 * MEGABYTE), deflated: true }]);
    expect(bomb.length).toBeLessThan(MEGABYTE);
    const opened = vi.fn(contentOf);
    const desk = new Desk();
    const keep = keepFile({ ...desk, contentOf: opened });
    for (const name of ['all.zip', 'plan.docx', 'plan']) {
      const sent = { conversation: CHAT, key: name, name };
      expect(await keep(sent, async () => bomb)).toEqual({ ok: false, reason: 'bomb' });
    }
    expect(opened).not.toHaveBeenCalled();
  });

  it.each(['plan.docm', 'plan.docx', 'plan.zip'])('is refused when it has macros: %s', async (name) => {
    const bytes = officeFile('application/vnd.ms-word.document.macroEnabled', [
      { name: 'word/vbaProject.bin', bytes: Buffer.from('VBA') },
    ]);
    expect(await new Desk().sends(bytes, { name })).toEqual({ ok: false, reason: 'executable' });
  });

  it('is looked at for viruses before it is stored, and not again when it is known', async () => {
    const desk = new Desk();
    const scan = vi.fn<ScanFile>();
    const keep = keepFile({ ...desk, contentOf, scan });
    const sent = { conversation: CHAT, key: 'k', name: 'plan.pdf' };
    for (const found of ['infected', 'unavailable'] as const) {
      scan.mockResolvedValueOnce(found);
      expect(await keep(sent, async () => pdf(99))).toEqual({ ok: false, reason: found });
      expect(await desk.files.sentSince(CHAT, new Date(0), 40)).toEqual({ files: 0, bytes: 0 });
    }
    scan.mockResolvedValueOnce('clean');
    expect(await keep(sent, async () => pdf(99))).toMatchObject({ ok: true });
    expect(await keep({ ...sent, key: 'again' }, async () => pdf(99))).toMatchObject({ ok: true });
    expect(scan).toHaveBeenCalledTimes(3);
  });

  it('is not even fetched when it is known to be empty, too big, or there already', async () => {
    const desk = new Desk();
    const fetch = vi.fn(async () => pdf(9));
    await desk.sends(pdf(9), { size: 0 }, fetch);
    await desk.sends(pdf(9), { size: 21 * MEGABYTE }, fetch);
    expect(fetch).not.toHaveBeenCalled();
    const first = await desk.sends(pdf(9), { key: 'same' }, fetch);
    expect(await desk.sends(pdf(9), { key: 'same' }, fetch)).toEqual(first);
    expect(fetch).toHaveBeenCalledOnce();
  });

  it.each(['unavailable', 'too_big'] as const)('is refused as its channel says: %s', async (reason) => {
    expect(await new Desk().sends(pdf(9), {}, async () => reason)).toEqual({ ok: false, reason });
  });

  it('is the same file when the same bytes come again in that chat, and another one elsewhere', async () => {
    const desk = new Desk();
    const [first, again] = [await desk.sends(pdf(99)), await desk.sends(pdf(99), { name: 'copy.pdf' })];
    expect(again).toEqual(first);
    const elsewhere = await desk.sends(pdf(99), { conversation: 'telegram:1:8', key: 'k1' });
    expect(elsewhere.ok && first.ok && elsewhere.data.id !== first.data.id).toBe(true);
  });

  it('is one of 40 in a day', async () => {
    const desk = new Desk();
    for (let i = 0; i < 40; i++) expect((await desk.sends(pdf(30, `${i} `))).ok).toBe(true);
    expect(await desk.sends(pdf(30, 'more'))).toEqual({ ok: false, reason: 'too_many' });
    expect((await desk.sends(pdf(30, 'more'), { conversation: 'telegram:1:8' })).ok).toBe(true);
    desk.clock.pass(DAY_MINUTES + 1);
    expect((await desk.sends(pdf(30, 'more'))).ok).toBe(true);
  });

  it('is within 100 MB in a day', async () => {
    const desk = new Desk();
    for (let i = 0; i < 5; i++) expect((await desk.sends(pdf(19 * MEGABYTE, `${i} `))).ok).toBe(true);
    expect(await desk.sends(pdf(6 * MEGABYTE, 'x'))).toEqual({ ok: false, reason: 'too_many' });
    expect((await desk.sends(pdf(5 * MEGABYTE, 'x'))).ok).toBe(true);
  });
});
