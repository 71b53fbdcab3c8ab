import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Embedded, startEmbedded } from '../../src/embedded/index.ts';
import { DataDirs } from './data-dirs.ts';
import { type KeptLog, keptLog } from './mongo.ts';

describe('the PostgreSQL side', () => {
  const dirs = new DataDirs();
  let embedded: Embedded;
  let log: KeptLog;
  const clients: pg.Client[] = [];

  async function client(): Promise<pg.Client> {
    const made = new pg.Client(embedded.postgres);
    made.on('error', () => {});
    clients.push(made);
    await made.connect();
    return made;
  }

  beforeAll(async () => {
    log = keptLog();
    embedded = await startEmbedded({ dataDir: dirs.path(), log });
    const first = await client();
    await first.query('create table if not exists public.t (id serial primary key, v text)');
  });
  afterAll(async () => {
    await Promise.all(clients.map((each) => each.end().catch(() => {})));
    await embedded.close();
    dirs.remove();
  });

  it('gives every client its own answers, also when statements are large', async () => {
    const all = await Promise.all(Array.from({ length: 6 }, client));
    const wrong: unknown[] = [];
    const ask = async (each: pg.Client, who: number): Promise<void> => {
      for (let i = 0; i < 25; i++) {
        const text = `${who}`.repeat(i % 5 === 0 ? 300_000 : 10);
        const { rows } = await each.query(`select ${who} as who, $1::int as i, $2::text as text`, [i, text]);
        if (rows[0].who !== who || rows[0].i !== i || rows[0].text !== text) wrong.push([who, i]);
      }
    };
    await Promise.all(all.map(ask));
    expect(wrong).toEqual([]);
  });

  it('keeps a transaction whole, and MongoDB writes out of it', async () => {
    const [a, b] = [await client(), await client()];
    const mongo = await new MongoClient(embedded.mongodbUri as string).connect();
    await a.query('begin');
    await a.query("insert into public.t (v) values ('rolled back')");
    const order: string[] = [];
    const write = mongo
      .db()
      .collection('c')
      .insertOne({ during: true })
      .then(() => order.push('mongodb'));
    const read = b
      .query('select count(*)::int as n from public.t')
      .then(({ rows }) => order.push(`read ${rows[0].n}`));
    await a.query("insert into public.t (v) values ('also rolled back')");
    order.push('rollback');
    await a.query('rollback');
    await Promise.all([write, read]);
    expect(order[0]).toBe('rollback');
    expect(order.sort()).toEqual(['mongodb', 'read 0', 'rollback']);
    expect(await mongo.db().collection('c').countDocuments()).toBe(1);
    await mongo.close();
  });

  it('rolls back what a client that goes away left open', async () => {
    const [a, b] = [await client(), await client()];
    await a.query('begin');
    await a.query("insert into public.t (v) values ('left open')");
    const waiting = b.query('select count(*)::int as n from public.t');
    await a.end();
    expect((await waiting).rows).toEqual([{ n: 0 }]);
  });

  it('goes on after an error, in and out of a transaction', async () => {
    const a = await client();
    await expect(a.query('select nonsense')).rejects.toThrow(/nonsense/);
    await expect(a.query('select $1::int', ['x'])).rejects.toThrow(/invalid input syntax/);
    await a.query('begin');
    await expect(a.query('select 1/0')).rejects.toThrow(/division by zero/);
    await expect(a.query('select 1')).rejects.toThrow(/aborted/);
    await a.query('rollback');
    expect((await a.query('select 5 as five')).rows).toEqual([{ five: 5 }]);
  });

  it('brings a notification to every listener, and to nobody else', async () => {
    const [a, b, c] = [await client(), await client(), await client()];
    const heard: string[] = [];
    const hear = (name: string, each: pg.Client): void => {
      each.on('notification', ({ channel, payload }) => heard.push(`${name} ${channel} ${payload}`));
    };
    hear('a', a);
    hear('b', b);
    hear('c', c);
    await a.query('-- first a comment\nLISTEN news;');
    await b.query('listen "news"');
    const both = Promise.all([once(a, 'notification'), once(b, 'notification')]);
    await c.query("select pg_notify('news', 'one')");
    await both;
    await b.query('unlisten news');
    const again = once(a, 'notification');
    await c.query("notify news, 'two'");
    await again;
    expect(heard.sort()).toEqual(['a news one', 'a news two', 'b news one']);
  });

  it('closes a client that speaks something else, with a log line', async () => {
    const socket = connect(join(embedded.postgres?.host as string, '.s.PGSQL.5432'));
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    socket.resume();
    await once(socket, 'close');
    const answer = await client();
    expect((await answer.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    expect(
      log.lines.some((line) => line.includes('embedded PostgreSQL: closed a connection that sent')),
    ).toBe(true);
  });
});
