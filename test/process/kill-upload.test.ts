import { createHash, randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { type ClientRequest, request } from 'node:http';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { makeLog } from '../../src/ops/log.ts';
import { openTools } from '../../src/wiring.ts';
import { freshDataDir } from '../support/data-dir.ts';
import { Guest } from '../support/guest.ts';
import { dropDatabase, ENGINES } from '../support/house.ts';
import { startHouse } from '../support/process.ts';
import { rowsOf } from '../support/rows.ts';

const SIZE = 20 * 1024 * 1024;
const BOUNDARY = 'a-boundary-of-this-test';

/** A file of the most that is taken, unlike any other. */
const bigFile = (): Buffer => Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(SIZE - 9)]);

/** An upload in pieces, as a slow line has them: without its length told before. */
class Upload {
  private readonly call: ClientRequest;
  /** The status of the answer; undefined: the line broke before. */
  readonly answered: Promise<number | undefined>;

  constructor({ url, token }: Guest, id: string) {
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
      'transfer-encoding': 'chunked',
    };
    this.call = request(`${url}/api/chat/messages`, { method: 'POST', headers });
    this.answered = new Promise((resolve) => {
      this.call.once('response', (response) => resolve(response.resume().statusCode));
      this.call.once('error', () => resolve(undefined));
    });
    const field = (what: string) => `--${BOUNDARY}\r\nContent-Disposition: form-data; ${what}\r\n`;
    this.call.write(`${field('name="id"')}\r\n${id}\r\n${field('name="file"; filename="deck.pdf"')}\r\n`);
  }

  /** Resolves when the bytes have left. */
  async send(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; at += 512 * 1024)
      await new Promise((resolve) => this.call.write(bytes.subarray(at, at + 512 * 1024), resolve));
  }

  async finish(): Promise<number | undefined> {
    this.call.end(`\r\n--${BOUNDARY}--\r\n`);
    return this.answered;
  }
}

const upload = async (guest: Guest, id: string, bytes: Uint8Array) => {
  const one = new Upload(guest, id);
  await one.send(bytes);
  return one.finish();
};

describe.each(ENGINES)('kill -9 during an upload of 20 MB, on $name', ({ env: engine }) => {
  const dataDir = freshDataDir('luyan-kill-upload-');
  const env = { SECRET_KEY: crypto.randomUUID(), ...engine(), DATA_DIR: dataDir };
  afterAll(async () => {
    await dropDatabase({ mongodbUri: readConfig(env).mongodbUri });
    rmSync(dataDir, { recursive: true, force: true });
  });

  const wholeFiles = async () => (await rowsOf({ env }, 'files')).filter(({ whole }) => whole === true);

  it('keeps a file whole or not at all, and never half of one', { timeout: 150_000 }, async () => {
    const [first, second] = [bigFile(), bigFile()];
    let house = await startHouse(env);
    let guest = await Guest.arrive(house.url, 'en');
    const restart = async () => {
      await house.kill();
      house = await startHouse(env);
      guest = guest.again(house.url);
    };

    // Half of it is there.
    const half = new Upload(guest, 'm1');
    await half.send(first.subarray(0, SIZE / 2));
    await restart();
    expect(await half.answered).toBeUndefined();
    expect([await rowsOf({ env }, 'files'), await rowsOf({ env }, 'inbox')]).toEqual([[], []]);

    // All of it is there, and is being stored.
    const stored = new Upload(guest, 'm1');
    await stored.send(first);
    const answer = stored.finish();
    await vi.waitFor(async () => expect(await rowsOf({ env }, 'files')).toHaveLength(1), {
      timeout: 30_000,
      interval: 1,
    });
    await restart();
    const acknowledged = (await answer) === 202;
    const messages = await rowsOf({ env }, 'inbox');
    if (acknowledged) expect(messages).toHaveLength(1);
    if (messages.length > 0) expect(await wholeFiles()).toHaveLength(1);
    // What was left behind goes by itself.
    for (const row of await rowsOf({ env }, 'files')) expect(row.purgeAt).toBeInstanceOf(Date);

    // The same message again, killed as soon as it was acknowledged.
    expect(await upload(guest, 'm1', first)).toBe(202);
    await restart();
    const answers = () => guest.heard.filter(({ text }) => text.includes('“deck.pdf”'));
    // What a killed house had begun is taken over once it is old enough, where others might be at it.
    while (answers().length === 0) await guest.listen();
    expect(answers()).toHaveLength(1);
    expect(await upload(guest, 'm2', second)).toBe(202);
    expect(await house.stop()).toBe(0);

    const tools = await openTools(readConfig(env), makeLog('error'));
    const conversation = `web:main:${guest.token.split('.')[0]}`;
    const kept = await tools.stores.files.sentSince(conversation, new Date(0), 9);
    const areWhole = await wholeIn(tools.stores.files, [first, second], conversation);
    await tools.close();
    expect(kept).toEqual({ files: 2, bytes: 2 * SIZE });
    expect(areWhole).toEqual([true, true]);
  });
});

/** Whether each file is stored with every byte. */
async function wholeIn(
  files: Awaited<ReturnType<typeof openTools>>['stores']['files'],
  sent: readonly Buffer[],
  conversation: string,
): Promise<boolean[]> {
  const same = sent.map(async (bytes) => {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const file = await files.renew({ conversation, sha256 }, new Date());
    const opened = file && (await files.open(file.id));
    return opened !== undefined && Buffer.compare(opened, bytes) === 0;
  });
  return Promise.all(same);
}
