import { afterEach, describe, expect, it, vi } from 'vitest';
import { proofs } from '../../src/channels/web/token.ts';
import { visitorDoor } from '../../src/channels/web/visitors.ts';
import { readZip } from '../../src/domain/zip.ts';
import { makeLog } from '../../src/ops/log.ts';
import { listen, makeSite } from '../../src/ops/server.ts';
import type { Files } from '../../src/usecases/ports.ts';
import { decksAt, exportingWith } from '../../src/wiring/exporting.ts';
import { aCall, aProject, parts } from '../support/projects.ts';
import { FAIR, House } from '../usecases/house.ts';
import { arrive, idOf } from '../usecases/linking.ts';

const sealed = proofs('a secret that only this test knows, long enough');
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const fileOf = (ref: string, name: string, size: number) => ({ ref, name, type: 'application/pdf', size });

/** A house with so many projects, each with a deck and a picture of some bytes, and a server before it. */
async function openDesk(
  count: number,
  bytes: number,
  given: { files?: Partial<Files>; publicUrl?: string } = {},
) {
  const house = await House.with({ call: aCall() });
  await arrive(house, 'organizer', 'guest');
  await house.verbs.setLanguage({ person: idOf('organizer'), lang: 'en' });
  const about = { office: 'office', event: null, part: null, note: null, by: null, ended: null } as const;
  const held = {
    id: 'grant',
    person: idOf('organizer'),
    role: 'organizer',
    at: house.clock.now(),
    ...about,
  } as const;
  await house.stores.grants.add(held);
  for (let i = 1; i <= count; i++) {
    const title = { 'title-en': i === 1 ? '../a/b: "c"' : `project ${i}` };
    const files = {
      deck: fileOf(`deck-${i}`, 'x.pdf', bytes),
      'image-1': fileOf(`image-${i}`, 'x.png', bytes),
    };
    const state = i === 3 ? 'draft' : 'submitted';
    await house.stores.projects.save(
      aProject({ id: `project-${i}`, number: i, event: FAIR, state, parts: parts({ ...title, ...files }) }),
    );
  }
  const opened: string[] = [];
  const open = async (ref: string) => {
    opened.push(ref);
    return new Uint8Array(bytes).fill(7);
  };
  const stores = { ...house.stores, files: { ...house.stores.files, open, ...given.files } };
  const publicUrl = 'publicUrl' in given ? given.publicUrl : 'http://127.0.0.1';
  const verbs = house.verbsOn(stores, undefined, exportingWith(sealed, publicUrl));
  const routes = decksAt(sealed, visitorDoor(sealed, 'en'), verbs.openDecks, () => house.clock.now());
  const listening = await listen(
    makeSite([routes], { answer: () => ({}) }, makeLog('silent')),
    '127.0.0.1',
    0,
  );
  closers.push(() => listening.close());
  const link = async (name = 'organizer', images = false) => {
    const made = await verbs.linkDecks({ person: idOf(name), code: 'fair', images });
    if (!made.ok) return made.reason;
    return made.data.link.replace('http://127.0.0.1', `http://127.0.0.1:${listening.port}`);
  };
  return { house, opened, link };
}

async function entriesAt(link: string) {
  const response = await fetch(link);
  const entries = readZip(new Uint8Array(await response.arrayBuffer()), 1_000);
  if (!Array.isArray(entries)) throw new Error(`expected an archive, received ${String(entries)}`);
  return { response, entries: entries as { name: string; size: number }[] };
}

describe('the decks of an event as one archive', () => {
  it('are named by code and title, safely, and not those of drafts', async () => {
    const desk = await openDesk(4, 1_000);
    const { response, entries } = await entriesAt(await desk.link());
    expect(entries.map(({ name, size }) => [name, size])).toEqual([
      ['P01-.._a_b_ _c_.pdf', 1_000],
      ['P02-project 2.pdf', 1_000],
      ['P04-project 4.pdf', 1_000],
    ]);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/zip',
      'content-disposition': 'attachment; filename="decks.zip"',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    });
  });

  it('come with pictures when they are asked for, and with the names of what is gone', async () => {
    const open = async (ref: string) => (ref === 'image-2' ? undefined : new Uint8Array(9));
    const desk = await openDesk(2, 9, { files: { open } });
    const { entries } = await entriesAt(await desk.link('organizer', true));
    expect(entries.map(({ name }) => name)).toEqual([
      'P01-.._a_b_ _c_.pdf',
      'P01-.._a_b_ _c_-1.png',
      'P02-project 2.pdf',
      'missing.txt',
    ]);
  });

  it('are read one by one as fast as they are taken, and no more once nobody takes them', async () => {
    const desk = await openDesk(100, 4 * 1024 * 1024);
    const away = new AbortController();
    const response = await fetch(await desk.link(), { signal: away.signal });
    const reader = response.body?.getReader();
    await reader?.read();
    let before = -1;
    // What fits into the buffers of the connection is read ahead, and nothing else.
    await vi.waitFor(
      () => {
        const now = desk.opened.length;
        const isStill = now === before;
        before = now;
        expect(isStill).toBe(true);
      },
      { interval: 100 },
    );
    expect(before).toBeLessThan(20);
    away.abort();
    await reader?.closed.catch(() => {});
    const link = await desk.link();
    // Three at once is the most: the place of the one that broke off is free again.
    for (let i = 0; i < 4; i++) {
      const one = new AbortController();
      await vi.waitFor(async () => expect((await fetch(link, { signal: one.signal })).status).toBe(200));
      one.abort();
    }
    expect(desk.opened.length).toBeLessThan(100);
  });

  it('are refused while several are under way', async () => {
    const desk = await openDesk(60, 2 * 1024 * 1024);
    const link = await desk.link();
    const stop = new AbortController();
    const taking = await Promise.all([1, 2, 3].map(() => fetch(link, { signal: stop.signal })));
    expect(taking.map(({ status }) => status)).toEqual([200, 200, 200]);
    const refused = await fetch(link, { headers: { 'accept-language': 'zh' } });
    expect([refused.status, await refused.text()]).toEqual([
      503,
      expect.stringContaining('请过几分钟再打开'),
    ]);
    stop.abort();
  });

  it('are for whoever organizes the event, also when the link is opened, for a day', async () => {
    const desk = await openDesk(2, 9);
    expect(await desk.link('guest')).toBe('not-allowed');
    const link = await desk.link();
    expect((await fetch(link, { method: 'HEAD' })).status).toBe(200);
    const forged = link.replace('/exports/', '/exports/x');
    const file = `/exports/${sealed.seal('stored deck-1 application/pdf', new Date(2 ** 42))}/x.zip`;
    for (const bad of [forged, new URL(file, link).href]) {
      const response = await fetch(bad, { headers: { accept: 'text/html' } });
      expect([response.status, await response.text()]).toEqual([
        410,
        expect.stringMatching(/链接已失效[\s\S]*expired/u),
      ]);
    }
    await desk.house.stores.grants.end('grant', 'owner', desk.house.clock.now());
    expect((await fetch(link)).status).toBe(404);
    desk.house.clock.pass(24 * 60 + 1);
    expect((await fetch(link)).status).toBe(410);
  });

  it('need a public address, and something to pack', async () => {
    expect(await (await openDesk(2, 9, { publicUrl: undefined as never })).link()).toBe('no-address');
    expect(await (await openDesk(0, 9)).link()).toBe('nothing');
  });
});
