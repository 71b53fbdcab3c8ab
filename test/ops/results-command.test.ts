import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeResultFile } from '../../src/documents/result-file.ts';
import { type Result, resultOf } from '../../src/domain/result.ts';
import { DEFAULT_ROADSHOW } from '../../src/domain/roadshow.ts';
import { totalOf } from '../../src/domain/rubric.ts';
import { resultsCommand } from '../../src/ops/results-command.ts';
import { sha256Of } from '../../src/usecases/publish-results.ts';

const { rubric, rules } = DEFAULT_ROADSHOW;
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'luyan-results-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sheet = (project: string, judge: string, score: number) => {
  const scores = { industrialization: score, market: score, capital: score };
  return { project, judge, proxy: false, scores, total: totalOf(rubric, scores) };
};
const RESULT: Result = resultOf({
  event: { office: 'office', code: 'fair', title: { zh: '对接会', en: 'Fair' } },
  track: { code: 'main', name: { zh: '主会场', en: 'Main stage' } },
  rubric: [...rubric],
  rules: { trimFrom: 5, minValid: 2 },
  projects: ['P01', 'P02'].map((code) => ({ code, title: { zh: code, en: code } })),
  absent: [],
  judges: ['J1', 'J2'],
  sheets: [sheet('P01', 'J1', 80), sheet('P01', 'J2', 70), sheet('P02', 'J1', 90), sheet('P02', 'J2', 85)],
  recusals: [],
  decisions: [],
  lockedAt: '2026-11-27T09:00:00.000Z',
  publishedAt: '2026-11-27T09:10:00.000Z',
});

async function run(...args: readonly string[]) {
  const [said, wrong]: [string[], string[]] = [[], []];
  const code = await resultsCommand(args, {
    out: (text) => said.push(text),
    err: (text) => wrong.push(text),
  });
  return { code, out: said.join(''), err: wrong.join('') };
}

function fileWith(text: string | Uint8Array): string {
  const file = join(folder, `${crypto.randomUUID()}.json`);
  writeFileSync(file, text);
  return file;
}

/** A file whose content was changed afterwards, its digest with it or not. */
function forged(change: (result: Result) => void, isSealedAnew = true): string {
  const result = structuredClone(RESULT);
  change(result);
  return fileWith(writeResultFile(result, sha256Of(isSealedAnew ? result : RESULT)));
}

const first = <T>([one]: readonly T[]): T => {
  if (one === undefined) throw new Error('expected one, received none');
  return one;
};

describe('results verify', () => {
  it('computes a result again from its file alone', async () => {
    expect(rules.minValid).toBe(3);
    const { code, out, err } = await run('verify', fileWith(writeResultFile(RESULT, sha256Of(RESULT))));
    expect([code, err]).toEqual([0, '']);
    expect(out).toBe(`verified: fair/main, 2 project(s), 4 sheet(s)\nsha256 ${sha256Of(RESULT)}\n`);
  });

  it('shows a score that was changed, a total, a place and a digest', async () => {
    const score = await run(
      'verify',
      forged(({ sheets }) => Object.assign(first(sheets).scores, { market: 100 })),
    );
    expect(score.code).toBe(1);
    expect(score.err).toContain('sheet of J1 on P01: expected the total 86.00, received 80.00');
    const place = await run(
      'verify',
      forged(({ standing }) => void standing.ranked.reverse()),
    );
    expect(place.err).toContain('standing of P01');
    const digest = await run(
      'verify',
      forged(({ event }) => Object.assign(event.title, { en: 'Other' }), false),
    );
    expect(digest.err).toContain('sha256: expected');
    expect(digest.err).toContain('1 problem(s); it is not verified');
  });

  it.each(['', '[]', 'null', '{"sha256":"x"}', '\u0000', '{"__proto__":1}', `${'['.repeat(50_000)}`])(
    'says what is wrong with %.20j',
    async (text) => {
      const { code, err } = await run('verify', fileWith(text));
      expect(code).toBe(1);
      expect(err).toMatch(/problem\(s\); it is not verified/u);
    },
  );

  it('says so of a file that is too large, or not there', async () => {
    const large = await run('verify', fileWith(new Uint8Array(17 * 1024 * 1024)));
    expect([large.code, large.err]).toEqual([1, expect.stringContaining('at most 16777216 bytes')]);
    const none = await run('verify', join(folder, 'none.json'));
    expect([none.code, none.err]).toEqual([1, expect.stringContaining('received ENOENT')]);
    expect((await run('verify', folder)).code).toBe(1);
  });

  it('answers --help, and tells how it is called', async () => {
    expect(await run('--help')).toMatchObject({ code: 0, out: expect.stringContaining('verify FILE') });
    for (const args of [[], ['verify'], ['check', 'x'], ['verify', 'a', 'b']])
      expect(await run(...args)).toMatchObject({ code: 2, err: expect.stringContaining('verify FILE') });
  });
});
