import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { MongoClient } from 'mongodb';
import { afterAll, describe, expect, it } from 'vitest';
import { startEmbedded } from '../../src/embedded/index.ts';
import { DataDirs } from './data-dirs.ts';
import { keptLog } from './mongo.ts';

const rounds = Number(process.env.KILL_ROUNDS ?? 2);
const writer = fileURLToPath(new URL('./writer.ts', import.meta.url));

/** Lets a process write and kills it after so many acknowledged batches; gives the last batch of each lane. */
async function writeAndKill(dataDir: string, round: number, batches: number): Promise<Map<string, number>> {
  const child = spawn(process.execPath, ['--import', 'tsx', writer, dataDir, String(round)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const acknowledged = new Map<string, number>();
  let seen = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const [lane = '', batch] = line.split(' ');
    acknowledged.set(lane, Number(batch));
    if (++seen === batches) child.kill('SIGKILL');
  }
  await ended;
  return acknowledged;
}

describe('what was acknowledged', () => {
  const dirs = new DataDirs();
  afterAll(() => dirs.remove());

  it(
    `survives kill -9 while writing, ${rounds} times`,
    async () => {
      const dataDir = dirs.path();
      const lost: string[] = [];
      let batches = 0;
      for (let round = 1; round <= rounds; round++) {
        const acknowledged = await writeAndKill(dataDir, round, 20 + ((round * 13) % 60));
        const log = keptLog();
        const embedded = await startEmbedded({ dataDir, log });
        expect(log.lines).toEqual([
          'warn: embedded database: the last run was cut short; all that it had committed is recovered',
        ]);
        const client = await new MongoClient(embedded.mongodbUri as string).connect();
        const docs = client.db().collection('docs');
        const counters = client.db().collection<{ _id: string; n: number }>('counters');
        for (const [lane, last] of acknowledged) {
          batches += last;
          const count = await docs.countDocuments({ round: lane, batch: { $lte: last } });
          if (count !== last * 15) lost.push(`${lane}: ${count} of ${last * 15} documents`);
          const counter = await counters.findOne({ _id: lane });
          if (!counter || counter.n < last) lost.push(`${lane}: counted ${counter?.n} of ${last}`);
        }
        await client.close();
        await embedded.close();
      }
      expect(lost).toEqual([]);
      expect(batches).toBeGreaterThan(rounds * 20);
    },
    15_000 + rounds * 15_000,
  );
});
