import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ChannelHouse, openChannelHouse, Platforms } from '../../support/channel-house.ts';
import { freshDataDir } from '../../support/data-dir.ts';
import { freePort } from '../../support/free-port.ts';
import { rowsOf } from '../../support/rows.ts';
import type { ChannelGuest } from './chat.ts';
import { HOUSEFULS } from './drivers.ts';
import { answerTo, conversationOf, hears, wordsOf } from './talking.ts';

const EMBEDDED = { name: 'embedded', env: () => ({}) };
const STOP_MS = 5_000;
const GUESTS_PER_CHANNEL = 4;
const CODE = /nowhere\d+/gu;

describe.each(HOUSEFULS)('$name that is stopped', ({ env, channels }) => {
  const dataDir = freshDataDir('luyan-stop-');
  let platforms: Platforms;
  let settings: Record<string, string>;
  let house: ChannelHouse;
  const open = async () => {
    house = await openChannelHouse(EMBEDDED, platforms, settings);
  };
  beforeAll(async () => {
    platforms = await Platforms.open();
    settings = { PORT: String(await freePort()), ...(await env(platforms)), DATA_DIR: dataDir };
    await open();
  });
  afterAll(async () => {
    await house.close();
    await platforms.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('while messages come in answers each that it took, by the next start at the latest, and none twice', {
    timeout: 60_000,
  }, async () => {
    const people = channels.flatMap(({ kind }) => Array.from({ length: GUESTS_PER_CHANNEL }, () => kind));
    const guests = await Promise.all(people.map((kind) => kind.open(house).guest()));
    let isOver = false;
    const chats = guests.map((guest) => chat(guest, () => isOver));
    // In the midst of it: everybody was answered a few times and goes on.
    for (const guest of guests) await hears(guest, 'nowhere3');
    isOver = true;
    const began = performance.now();
    await house.close();
    expect(performance.now() - began).toBeLessThan(STOP_MS);
    if (settings.WECHATY_PUPPET) platforms.wechat.handOver();
    await open();
    const told = await Promise.all(chats);
    for (const [i, guest] of guests.entries()) {
      const rows = await rowsOf(house, 'inbox', { conversation: conversationOf(guest) });
      const taken = rows.flatMap(({ input }) => (input as { text?: string }).text?.match(CODE) ?? []);
      if (people[i]?.traits.acknowledges) expect(taken).toEqual(expect.arrayContaining(told[i] ?? []));
      for (const code of taken) await hears(guest, code);
      await answerTo(guest, () => guest.says('agenda'), /coming up|no event|at present/iu);
      expect(wordsOf(await guest.heard()).match(CODE)).toEqual(taken);
    }
  });
});

/** Says one thing after the other, each when the one before is answered. Resolves with what was acknowledged. */
async function chat(guest: ChannelGuest, isOver: () => boolean): Promise<string[]> {
  const acknowledged: string[] = [];
  for (let i = 0; !isOver(); i++) {
    const code = `nowhere${i}`;
    const isTaken = await guest.says(`register ${code}`).then(
      () => true,
      () => false,
    );
    if (!isTaken) break;
    acknowledged.push(code);
    await vi.waitUntil(async () => isOver() || wordsOf(await guest.heard()).includes(code), {
      timeout: 30_000,
      interval: 5,
    });
  }
  return acknowledged;
}
