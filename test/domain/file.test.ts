import { describe, expect, it } from 'vitest';
import { contentOf } from '../../src/documents/content.ts';
import { judgeFile, safeName } from '../../src/domain/file.ts';

describe('the name of a file', () => {
  it.each([
    ['plan.pdf', 'plan.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\guest\\项目 计划书.docx', '项目 计划书.docx'],
    ['a\u202efdp.exe', 'afdp.exe'],
    ['line\nbreak\u0000\u200b.txt', 'line break.txt'],
    ['e\u0301.txt', '\u00e9.txt'],
    ['half\ud800.txt', 'half.txt'],
    ['<b>"x"?*|;.csv', '_b__x_____.csv'],
    ['..', 'file'],
    ['  . ', 'file'],
    ['', 'file'],
    ['.env', 'env'],
  ])('%j is kept as %j', (given, kept) => {
    expect(safeName(given)).toBe(kept);
  });

  it('has 120 characters at most and keeps its extension', () => {
    const name = safeName(`${'🎉'.repeat(300)}.pptx`);
    expect([...name]).toHaveLength(120);
    expect(name.endsWith('🎉.pptx')).toBe(true);
    expect(safeName('x'.repeat(300))).toBe('x'.repeat(120));
  });
});

const bytesOf = (head: string, tail: readonly number[] = []): Uint8Array =>
  Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(tail)]);

const PDF = bytesOf('%PDF-1.7\n%');
const PNG = bytesOf('\u0089PNG\r\n\u001a\n', [0, 0, 0, 13, ...Buffer.from('IHDR'), ...Buffer.alloc(17)]);
const JPEG = bytesOf('\u00ff\u00d8\u00ff\u00e0', [0, 16, ...Buffer.from('JFIF\0')]);
const EXE = bytesOf('MZ\u0090', [0, 3, 0, 0, 0, 4]);
const ELF = bytesOf('\u007fELF', [2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
const COMPOUND = bytesOf('\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1', [0, 0, 0, 0]);
const INSTALLER = Buffer.concat([COMPOUND, Buffer.from('84100c0000000000c000000000000046', 'hex')]);

const judged = async (name: string, bytes: Uint8Array) => judgeFile(name, bytes, await contentOf(bytes));

describe('a file by what it holds', () => {
  it.each([
    ['plan.pdf', PDF, 'application/pdf'],
    ['PHOTO.JPG', JPEG, 'image/jpeg'],
    ['logo.png', PNG, 'image/png'],
    ['old.doc', COMPOUND, 'application/msword'],
    ['locked.docx', COMPOUND, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['名单.csv', Buffer.from('姓名,单位\n'), 'text/csv'],
    ['note.txt', bytesOf('\u00ff\u00fe', [0x60, 0x4f]), 'text/plain'],
    ['short.txt', Buffer.from('MZ is short for something.'), 'text/plain'],
    ['page.html', Buffer.from('<script>alert(1)</script>'), 'text/plain'],
    ['data.bin', Uint8Array.of(0, 1, 2, 3), 'application/octet-stream'],
    ['report.2024', PDF, 'application/pdf'],
  ])('%s is taken for what it is', async (name, bytes, type) => {
    expect(await judged(name, bytes)).toEqual({ name, type });
  });

  it('without an extension gets the one of its content', async () => {
    expect(await judged('photo', PNG)).toEqual({ name: 'photo.png', type: 'image/png' });
    expect(await judged('readme', Buffer.from('Hello.'))).toEqual({ name: 'readme', type: 'text/plain' });
  });

  it('that is a picture of another format gets the extension of that', async () => {
    expect(await judged('logo.big.png', JPEG)).toEqual({ name: 'logo.big.jpg', type: 'image/jpeg' });
  });

  it.each([
    ['plan.pdf', EXE],
    ['setup.exe', PDF],
    ['tool', ELF],
    ['run.sh', Buffer.from('echo hello')],
    ['notes.txt', Buffer.from('#!/bin/sh\nrm -rf .')],
    ['photo.jpg.js', Buffer.from('alert(1)')],
    ['letter.doc', INSTALLER],
    ['afdp.exe', EXE],
  ])('%s that is a program is refused', async (name, bytes) => {
    expect(await judged(name, bytes)).toEqual({ problem: 'executable' });
  });

  it.each([
    ['plan.pdf', PNG],
    ['plan.pdf', Buffer.from('<html>no plan</html>')],
    ['logo.png', PDF],
    ['table.xlsx', PDF],
    ['list.csv', PNG],
    ['deck.pptx', Uint8Array.of(0, 1, 2, 3)],
  ])('%s that holds something else is refused', async (name, bytes) => {
    expect(await judged(name, bytes)).toEqual({ problem: 'disguised' });
  });
});
