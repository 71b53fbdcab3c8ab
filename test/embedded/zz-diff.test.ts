import fc from 'fast-check';
import { MongoClient, Double, Long } from 'mongodb';
import { EJSON } from 'bson';
import { it } from 'vitest';
import { startMongo } from './mongo.ts';
import { ask, findIds, exactly } from './agreement/ask.ts';
const scalar = fc.constantFrom<unknown>(null, 0, 1, 2, 'a', 'b', new Double(1.5), true, false, new Date(5), { x: 1 }, {}, -1, Long.fromNumber(7));
const leaf = fc.oneof({ weight: 5, arbitrary: scalar }, { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }) });
const inner = fc.record({ b: leaf, c: leaf }, { requiredKeys: [] });
const inners = fc.array(fc.oneof({ weight: 4, arbitrary: inner }, scalar, fc.array(scalar,{maxLength:2})), { maxLength: 3 });
const value = fc.oneof(leaf, inner, { weight: 2, arbitrary: inners });
const document = fc.record({ a: value, n: leaf, m: scalar }, { requiredKeys: [] });
const operand = fc.oneof({ weight: 4, arbitrary: scalar }, { weight: 1, arbitrary: fc.array(scalar, { maxLength: 2 }) });
const condition: fc.Arbitrary<unknown> = fc.oneof(
  operand, operand.map(($eq) => ({ $eq })), operand.map(($ne) => ({ $ne })),
  fc.tuple(fc.constantFrom('$gt', '$gte', '$lt', '$lte'), operand).map(([k, v]) => ({ [k]: v })),
  fc.tuple(scalar, scalar).map(([$gte, $lt]) => ({ $gte, $lt })),
  fc.array(operand, { maxLength: 3 }).map(($in) => ({ $in })),
  fc.array(operand, { maxLength: 3 }).map(($nin) => ({ $nin })),
  fc.array(operand, { minLength:1, maxLength: 2 }).map(($all) => ({ $all })),
  fc.boolean().map(($exists) => ({ $exists })), fc.nat(3).map(($size) => ({ $size })),
  fc.constantFrom('string', 'number', 'array', 'object', 'null', 'bool','int','double').map(($type) => ({ $type })),
  fc.tuple(fc.constantFrom('$gt', '$gte', '$lt', '$lte','$eq','$ne'), operand).map(([k, v]) => ({ $not: { [k]: v } })),
  fc.constantFrom('^a', 'b$', '.').map(($regex) => ({ $regex })),
);
const path = fc.constantFrom('a', 'a.b', 'a.c', 'a.0', 'a.0.b', 'a.1','n', 'm', 'a.b.x', 'n.0');
const em = fc.oneof(fc.record({ b: condition, c: condition }, { requiredKeys: [] }), fc.tuple(fc.constantFrom('$gt','$gte','$lt','$eq','$ne','$in','$exists'),scalar).map(([k,v])=>({[k]:k==='$in'?[v]:v}))).map(($elemMatch) => ({ $elemMatch }));
const conj = fc.array(fc.tuple(path, fc.oneof({weight:5,arbitrary:condition}, em)), { minLength: 1, maxLength: 2 }).map((e) => Object.fromEntries(e));
const filter = fc.oneof({ weight: 6, arbitrary: conj }, fc.array(conj, { minLength: 1, maxLength: 2 }).map(($or) => ({ $or })), fc.array(conj, { minLength: 1, maxLength: 2 }).map(($nor) => ({ $nor })));
it('diff', async () => {
  const mongo = await startMongo();
  const real = await new MongoClient('mongodb://127.0.0.1:27117/').connect();
  const rdb = real.db('diff'); await rdb.dropDatabase();
  const seed = Number(process.env.SEED ?? 1);
  const docs = fc.sample(document, { numRuns: 150, seed }).map((d, i) => ({ _id: i, ...d }));
  await mongo.db.collection('c').insertMany(docs.map((d) => ({ ...d })) as never); await rdb.collection('c').insertMany(docs.map((d) => ({ ...d })) as never);
  let diff = 0; let n = 0;
  for (const f of fc.sample(filter, { numRuns: Number(process.env.N ?? 1500), seed })) {
    n++;
    const [x, y] = await Promise.all([findIds(mongo.db, 'c', f), findIds(rdb, 'c', f)]);
    if (exactly(x) === exactly(y)) continue;
    diff++; if (diff > 25) continue;
    const ids = (r: any): number[] => r.docs?.map((d: any) => Number(d._id)) ?? r;
    const [p, q] = [ids(x), ids(y)];
    if (!Array.isArray(p) || !Array.isArray(q)) { console.log(EJSON.stringify(f), JSON.stringify(p).slice(0,80), JSON.stringify(q).slice(0,80)); continue; }
    const only = (u: number[], v: number[]) => u.filter((i) => !v.includes(i)).slice(0, 2).map((i) => EJSON.stringify(docs[i]));
    console.log(EJSON.stringify(f), 'ours only', only(p, q), 'real only', only(q, p));
  }
  console.log('queries', n, 'different', diff);
  await real.close(); await mongo.close();
}, 120000);
