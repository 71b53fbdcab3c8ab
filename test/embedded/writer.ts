import { MongoClient } from 'mongodb';
import { startEmbedded } from '../../src/embedded/index.ts';

// Run as a process of its own, to be killed while it writes. It says which batches were acknowledged.
const [, , dataDir = '', round = ''] = process.argv;
const silent = { info: () => {}, warn: () => {}, error: () => {} };
const embedded = await startEmbedded({ dataDir, log: silent });
const client = await new MongoClient(embedded.mongodbUri as string).connect();
const docs = client.db().collection<{ _id: string; round: string; batch: number; text: string }>('docs');
const counters = client.db().collection<{ _id: string; n: number }>('counters');
await docs.createIndex({ round: 1, batch: 1 });

async function write(lane: number): Promise<never> {
  const counter = `${round}-${lane}`;
  await counters.insertOne({ _id: counter, n: 0 });
  for (let batch = 1; ; batch++) {
    const many = Array.from({ length: 16 }, (_, i) => ({
      _id: `${counter}-${batch}-${i}`,
      round: counter,
      batch,
      text: '路演'.repeat(batch % 7 === 0 ? 1000 : 20),
    }));
    await docs.insertMany(many);
    await docs.deleteOne({ _id: `${counter}-${batch}-0` });
    await counters.updateOne({ _id: counter, n: batch - 1 }, { $set: { n: batch } });
    process.stdout.write(`${counter} ${batch}\n`);
  }
}

await Promise.all([write(1), write(2), write(3)]);
