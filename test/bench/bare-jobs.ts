import { type Job, Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { client } from './http.ts';

// The yardstick of broadcasts, in a process of its own: BullMQ alone, one job per reader, which posts and is done.
const CONCURRENCY = 50;
const ADDED_AT_ONCE = 1_000;
const { TELEGRAM_API_ROOT, TELEGRAM_BOT_TOKEN, REDIS_URL = '' } = process.env;
const connection = new Redis(REDIS_URL, { maxRetriesPerRequest: null });
const name = `luyan-bench-${Date.now()}`;
const queue = new Queue(name, { connection });

process.on('disconnect', () => void close());
process.on('message', (readers: number) => void broadcast(readers).then((sent) => process.send?.(sent)));
process.send?.({ url: '' });

async function broadcast(readers: number): Promise<{ snapshotMs: number; sendMs: number }> {
  const http = client(CONCURRENCY);
  const began = performance.now();
  for (let from = 0; from < readers; from += ADDED_AT_ONCE) {
    const chats = Array.from({ length: Math.min(ADDED_AT_ONCE, readers - from) }, (_, i) => from + i);
    const options = { removeOnComplete: true };
    await queue.addBulk(chats.map((chat) => ({ name: 'send', data: { chat }, opts: options })));
  }
  const added = performance.now();
  let left = readers;
  await new Promise<void>((resolve) => {
    const post = async ({ data }: Job<{ chat: number }>) => {
      const text = `Guest ${data.chat}, please use the east gate.`;
      const url = `${TELEGRAM_API_ROOT}/bot${TELEGRAM_BOT_TOKEN}/sendMessage`;
      const { status } = await http.post(url, { chat_id: data.chat, text });
      if (status !== 200) throw new Error(`expected 200, received ${status}`);
    };
    const worker = new Worker(name, post, { connection, concurrency: CONCURRENCY });
    worker.on('completed', () => {
      if (--left === 0) resolve(worker.close());
    });
  });
  http.close();
  return { snapshotMs: added - began, sendMs: performance.now() - added };
}

async function close(): Promise<void> {
  await queue.obliterate({ force: true });
  await queue.close();
  connection.disconnect();
}
