import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { manualWords } from '../../../flows/manual-words.ts';
import type { ManualFonts } from '../../../src/documents/manual/pdf.ts';
import { type Printed, printed } from '../../../src/documents/manual/printed.ts';
import type { Manual } from '../../../src/domain/manual.ts';
import type { Picture } from '../../../src/usecases/manual-ports.ts';

const FONTS = join(dirname(createRequire(import.meta.url).resolve('@embedpdf/fonts-sc')), '..', 'fonts');
const font = (name: string): Uint8Array => readFileSync(join(FONTS, `NotoSansHans-${name}.otf`));

let fonts: ManualFonts | undefined;
export function someFonts(): ManualFonts {
  fonts ??= { regular: font('Regular'), bold: font('Bold') };
  return fonts;
}

export const PUBLIC_URL = 'https://roadshow.example.org';

export function inPrint(manual: Manual, pictures: readonly Picture[] = []): Printed {
  return printed({ manual, pictures, publicUrl: PUBLIC_URL }, manualWords);
}

/** Builders give others their turn; in tests nobody waits for one. */
export const step = async (): Promise<void> => {};

/** What a reader of PDF finds: the text of each page, bookmarks, links. */
export async function readPdf(bytes: Uint8Array) {
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0, useSystemFonts: false });
  const pdf = await task.promise;
  const pages: string[] = [];
  const links: number[] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    pages.push(items.map((item) => ('str' in item ? item.str : '')).join(''));
    links.push((await page.getAnnotations()).length);
  }
  const outline = (await pdf.getOutline()) ?? [];
  await task.destroy();
  return { pages, links, outline: outline.map(({ title, items }) => [title, items.length] as const) };
}

/** The files in a ZIP, by the directory at its end. */
export function unzip(bytes: Uint8Array): Map<string, Buffer> {
  const zip = Buffer.from(bytes);
  const files = new Map<string, Buffer>();
  const end = zip.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [method, size] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
    const [name, extra, comment] = [28, 30, 32].map((place) => zip.readUInt16LE(at + place)) as [
      number,
      number,
      number,
    ];
    const local = zip.readUInt32LE(at + 42);
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(from, from + size);
    files.set(zip.toString('utf8', at + 46, at + 46 + name), method === 0 ? packed : inflateRawSync(packed));
    at += 46 + name + extra + comment;
  }
  return files;
}
