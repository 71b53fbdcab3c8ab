import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fill } from '../../src/text/text.ts';
import { filesBelow } from '../support/imports.ts';

const ROOT = join(import.meta.dirname, '../..');
const STRING = String.raw`(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")`;
const PAIR = new RegExp(String.raw`\{\s*zh:\s*(?<zh>${STRING}),\s*en:\s*(?<en>${STRING}),?\s*\}`, 'gu');

const plain = (quoted = "''") => quoted.slice(1, -1).replace(/\\n/gu, '\n').replace(/\\'/gu, "'");

/** Every text that people read, from the source. */
const texts = ['flows', 'src/conversation']
  .flatMap((folder) => filesBelow(join(ROOT, folder)))
  .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(PAIR)])
  .map(({ groups }) => ({ zh: plain(groups?.zh), en: plain(groups?.en) }));

const variables = (text: string) =>
  [...text.matchAll(/\{(?<name>[a-z]+)(?=[},])/giu)].map(({ groups }) => groups?.name).sort();
const isBilingual = ({ zh, en }: (typeof texts)[number]) =>
  /\p{Script=Han}/u.test(en) && /[a-z]{4}/u.test(zh);

describe('every text', () => {
  it('is found', () => expect(texts.length).toBeGreaterThan(100));

  it.each(texts)('$en', ({ zh, en }) => {
    expect(new Set(variables(zh))).toEqual(new Set(variables(en)));
    const values = Object.fromEntries(variables(en).map((name) => [name ?? '', 1]));
    for (const lang of ['zh', 'en'] as const) {
      const said = fill({ zh, en }, lang, values);
      expect(said).not.toMatch(/[{}]/u);
      expect(said).not.toMatch(/ {2}|\n{3}| \n/u);
    }
    if (isBilingual({ zh, en })) return;
    // Chinese has full-width marks beside its characters and calls the reader 您; English has none of them.
    expect(zh).not.toMatch(/\p{Script=Han}[,;:!?()"]|[,;:!?("]\p{Script=Han}/u);
    expect(zh).not.toMatch(/你|\.\.\.|。。/u);
    expect(en).not.toMatch(/[\u3000-\u303f\uff00-\uffef]|\p{Script=Han}/u);
    expect(en).not.toMatch(/"|\.\.\.|'/u);
  });
});
