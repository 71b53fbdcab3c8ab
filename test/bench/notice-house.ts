import { setTimeout as sleep } from 'node:timers/promises';
import mongoose from 'mongoose';
import { readConfig } from '../../src/config.ts';
import { progressOf } from '../../src/domain/notice.ts';
import { joinEmbedded } from '../../src/embedded/index.ts';
import { makeLog } from '../../src/ops/log.ts';
import { type App, startApp } from '../../src/wiring.ts';
import { seedCrowd } from '../support/crowd.ts';
import { anEvent } from '../support/events.ts';
import type { Sent } from './bench-notices.ts';
import { BOT } from './bot.ts';

// A house in a process of its own that sends one notice to everybody who is registered, as fast as it can.
const config = readConfig(process.env);
const app = await startApp(config, makeLog('error'), {
  pace: { burst: 1, everyMs: 0, chatBurst: 1, chatEveryMs: 0 },
  examples: false,
});
process.on('disconnect', () => void app.close().then(() => process.exit(0)));
process.on('message', (readers: number) => void broadcast(readers).then((sent) => process.send?.(sent)));
process.send?.({ url: `http://127.0.0.1:${app.port}` });

const AUTHOR = 'author';

async function broadcast(readers: number): Promise<Sent> {
  const event = await seed(app, readers);
  const before = memory();
  const written = await app.verbs.writeNotice({
    id: 'bench',
    person: AUTHOR,
    conversation: 'web:main:author',
    edits: null,
    event,
    audience: { source: { kind: 'event', event }, where: { all: [] } },
    text: { zh: '{姓名}，请走东门。', en: '{name}, please use the east gate.' },
    file: null,
    buttons: ['receipt'],
    link: null,
    critical: true,
    without: [],
    startsAt: null,
  });
  if (!written.ok) throw new Error(`expected a draft, received ${written.reason}`);
  const confirmed = await app.verbs.confirmNotice({ person: AUTHOR, number: 1, counted: written.data.reach });
  if (!confirmed.ok) throw new Error(`expected a confirmed notice, received ${confirmed.reason}`);
  const started = Date.now();
  let notice = confirmed.data;
  while (notice.state !== 'done' && notice.state !== 'paused') {
    await sleep(100);
    notice = (await app.stores.notices.byId(['bench']))[0] ?? notice;
  }
  const { history, endedAt, state } = notice;
  const { total, sent } = progressOf(await app.stores.deliveries.tally('bench'));
  if (state !== 'done' || total !== readers || sent !== readers)
    throw new Error(`expected ${readers} sent, received ${sent} of ${total}, and the notice is ${state}`);
  const running = history.find(({ what }) => what === 'running')?.at.getTime() ?? Number.NaN;
  const after = memory();
  return {
    snapshotMs: running - started,
    sendMs: (endedAt?.getTime() ?? Number.NaN) - running,
    heapMb: after.heapMb - before.heapMb,
    rssMb: after.rssMb - before.rssMb,
  };
}

async function seed({ verbs, stores }: App, readers: number): Promise<string> {
  await verbs.importEvent(anEvent({ code: 'bench' }));
  const [event] = await stores.events.live();
  if (!event) throw new Error('expected an event, received none');
  const now = new Date();
  await stores.grants.add({
    id: 'g',
    person: AUTHOR,
    role: 'owner',
    office: null,
    event: null,
    part: null,
    note: null,
    by: null,
    at: now,
    ended: null,
  });
  const uri = config.mongodbUri ?? (await joinEmbedded(config.dataDir))?.mongodbUri;
  const connection = await mongoose.createConnection(uri ?? '').asPromise();
  const bot = BOT.TELEGRAM_BOT_TOKEN.split(':')[0];
  await seedCrowd(connection, { event: event.id, bot: bot ?? '', count: readers, firstChat: 0 });
  await connection.close();
  return event.id;
}

function memory(): { heapMb: number; rssMb: number } {
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  return { heapMb: heapUsed / 2 ** 20, rssMb: rss / 2 ** 20 };
}
