import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkResultFile } from '../../src/documents/result-file.ts';
import { RoadshowDay } from '../support/day/day.ts';
import { SHOWN, TRACKS, type TrackCode } from '../support/day/fair.ts';
import { expectedLetters } from '../support/day/letters.ts';
import { reckon } from '../support/day/reckoning.ts';
import { LINES, ON_TELEGRAM, ON_WECHAT, SCORER, SCORES, sheetsAtTheEnd } from '../support/day/script.ts';
import { ENGINES } from '../support/house.ts';

const FIRST = -30;
const LAST = 54;
const publishedSchema = z.object({
  result: z.object({
    absent: z.array(z.string()),
    sheets: z.array(
      z.object({ project: z.string(), judge: z.string(), total: z.number(), proxy: z.boolean() }),
    ),
    recusals: z.array(z.object({ project: z.string(), judge: z.string() })),
    standing: z.object({
      ranked: z.array(
        z.object({
          project: z.string(),
          place: z.number().nullable(),
          sheets: z.number(),
          score: z.object({ sum: z.number(), count: z.number() }),
        }),
      ),
    }),
  }),
});

describe.each(ENGINES)('a whole day of three tracks by message, on $name', (engine) => {
  let day: RoadshowDay;
  beforeAll(async () => {
    day = await RoadshowDay.open(engine);
  }, 60_000);
  afterAll(() => day?.close());

  const exported = (track: TrackCode) => fetch(`${day.house.url}/results/fair/${track}.json`);

  it('runs as its hosts say, and takes every score', { timeout: 60_000 }, async () => {
    for (const track of TRACKS) expect(await day.say('host B', `排流程 ${track}`)).toContain(SHOWN[track][0]);
    const wrong: string[] = [];
    for (let minute = FIRST; minute < LAST; minute++) {
      const at = (one: { minute: number }) => one.minute === minute;
      wrong.push(...(await day.minute(minute, LINES.filter(at), SCORES.filter(at))));
    }
    expect(wrong).toEqual([]);
  });

  it('shows a standing to nobody but who leads it before it is published', async () => {
    for (const who of [
      'a guest',
      'lead of P01',
      ...ON_TELEGRAM.slice(0, 1),
      ...ON_WECHAT.slice(0, 1),
      'main judge 7',
    ])
      expect(await day.say(who, '排名 main')).toContain('排名在公布前只有主办方和计分长可以查看');
    for (const track of TRACKS) expect((await exported(track)).status).toBe(404);
    const others = [...day.voices].filter(([name]) => !['the owner', 'the organizer', SCORER].includes(name));
    const leaked = others.filter(([, voice]) => voice.heard().some((text) => /第 \d+ 名/u.test(text)));
    expect(leaked.map(([name]) => name)).toEqual([]);
  });

  it('is closed, locked and published track by track', { timeout: 60_000 }, async () => {
    expect(await day.say(SCORER, '锁定打分 main')).toContain('打分已锁定，评分表已齐');
    for (const track of ['digital', 'green'])
      expect(await day.say('host B', `结束打分 ${track} 确定`)).toContain('打分已停止');
    await day.minute(LAST, [], []);
    expect(await day.say('green judge 7', 'P16 80 80 80')).toContain('打分已结束，没有改动');
    for (const track of TRACKS) {
      const standing = await day.say('the organizer', `排名 ${track}`);
      for (const { place, project, points } of reckonedOf(track))
        expect(standing).toMatch(new RegExp(`第 ${place} 名 ${project} [^\\n]*：${points} 分`, 'u'));
      expect((await exported(track)).status).toBe(404);
      const preview = await day.say('the organizer', `公布结果 ${track}`);
      expect(preview).toContain('公布后不能再改动');
      expect(await day.press('the organizer', '确认公布')).toContain('结果已公布');
    }
  });

  it.each(TRACKS)('publishes of the track %s what was given, and what anybody can verify', async (track) => {
    const text = await (await exported(track)).text();
    expect(checkResultFile(text).problems).toEqual([]);
    const { result } = publishedSchema.parse(JSON.parse(text));
    // Judges are published without names, in no order: what counts is the row of each.
    const sheets = sheetsAtTheEnd(track).map(({ judge, project, scores: [x, y, z] }) => {
      const proxy = judge === 'digital judge 2' && project === 'P06';
      return { project, judge, total: 40 * x + 30 * y + 30 * z, proxy };
    });
    expect(rowsOf(result.sheets)).toEqual(rowsOf(sheets));
    const ranked = result.standing.ranked.map(({ project, place, sheets: count, score }) => {
      return {
        project,
        place,
        sheets: count,
        points: (Math.round(score.sum / score.count) / 100).toFixed(2),
      };
    });
    expect(ranked).toEqual(reckonedOf(track));
    const absent = { main: [], digital: ['P08'], green: [] }[track];
    expect(result.absent).toEqual(absent);
    const recused = { main: ['P03'], digital: ['P09'], green: [] }[track];
    expect(result.recusals.map(({ project }) => project)).toEqual(recused);
  });

  it('has written to exactly whom it should', async () => {
    await day.letters.gone();
    const expected = expectedLetters(day.teams);
    expect(await day.letters.all(day.nameOf)).toEqual(expected);
    for (const who of [...ON_TELEGRAM, ...ON_WECHAT]) {
      const asked = day.voices
        .get(who)
        ?.heard()
        .filter((text) => /还没有收到您的评分|还缺您的评分/u.test(text));
      const due = expected.filter((letter) => letter.startsWith('nudge ') && letter.includes(`> ${who} `));
      expect(asked).toHaveLength(due.length);
    }
  });
});

interface Row {
  readonly project: string;
  readonly judge: string;
  readonly total: number;
  readonly proxy: boolean;
}

/** What each judge gave, as a line for each of them without who it is. */
function rowsOf(sheets: readonly Row[]): string[] {
  const judges = [...new Set(sheets.map(({ judge }) => judge))];
  return judges
    .map((judge) =>
      sheets
        .filter((one) => one.judge === judge)
        .map(({ project, total, proxy }) => `${project} ${total}${proxy ? ' by proxy' : ''}`)
        .sort()
        .join(', '),
    )
    .sort();
}

function reckonedOf(track: TrackCode) {
  return reckon(
    SHOWN[track].filter((code) => code !== 'P08'),
    sheetsAtTheEnd(track),
  );
}
