import { createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { clamd } from '../../src/ops/clamd.ts';
import { ClamdStub } from '../support/clamd.ts';

const SIGNATURE = 'stream: Eicar-Test-Signature FOUND\0';
const stubs: ClamdStub[] = [];
afterEach(async () => {
  for (const stub of stubs.splice(0)) await stub.close();
});

async function stub(answer?: ConstructorParameters<typeof ClamdStub>[0]): Promise<ClamdStub> {
  const one = await new ClamdStub(answer).listen();
  stubs.push(one);
  return one;
}

describe('the virus scanner', () => {
  it('gets a whole file in pieces with their lengths, and says that it is clean', async () => {
    const one = await stub();
    const bytes = new Uint8Array(700_000).map((_, i) => i % 251);
    expect(await clamd(one.address).scan(bytes)).toBe('clean');
    expect(Buffer.compare(one.received[0] ?? new Uint8Array(0), bytes)).toBe(0);
  });

  it('gets twenty megabytes while it reads slowly', async () => {
    const one = await stub();
    expect(await clamd(one.address).scan(new Uint8Array(20 * 1024 * 1024).fill(7))).toBe('clean');
    expect(one.received[0]?.length).toBe(20 * 1024 * 1024);
  });

  it('says that a file has a virus', async () => {
    const one = await stub((socket) => socket.end(SIGNATURE));
    expect(await clamd(one.address).scan(Buffer.from('x'))).toBe('infected');
  });

  it('is heard when its answer comes in pieces', async () => {
    const one = await stub((socket) => {
      socket.write(SIGNATURE.slice(0, 9));
      setImmediate(() => socket.end(SIGNATURE.slice(9)));
    });
    expect(await clamd(one.address).scan(Buffer.from('x'))).toBe('infected');
  });

  it.each<[string, (socket: Socket) => unknown, RegExp]>([
    [
      'takes no file of this size',
      (s) => s.end('INSTREAM size limit exceeded. ERROR\0'),
      /raise StreamMaxLength/u,
    ],
    ['fails', (s) => s.end('Can not open a temporary file. ERROR\0'), /received "Can not open/u],
    ['hangs up in the middle of its answer', (s) => s.end('stream: O'), /half an answer/u],
    ['hangs up without a word', (s) => s.destroy(), /received (none|read ECONNRESET)/u],
    ['talks without an end', (s) => s.write('x'.repeat(5_000)), /more than an answer has/u],
    ['is silent', () => {}, /nothing within 100 ms/u],
  ])('has not looked at a file when it %s', async (_what, answer, told) => {
    const one = await stub(answer);
    await expect(clamd(one.address, 100).scan(Buffer.from('x'))).rejects.toThrow(told);
  });

  it('is away when nobody listens', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    await new Promise((resolve) => server.close(resolve));
    if (address === null || typeof address === 'string') throw new Error('expected a port, received none');
    const away = clamd({ host: '127.0.0.1', port: address.port });
    await expect(away.ping()).rejects.toThrow(/ECONNREFUSED/u);
  });

  it('answers when it is asked whether it is there', async () => {
    await expect(clamd((await stub()).address).ping()).resolves.toBeUndefined();
    await expect(clamd((await stub((s) => s.end('UNKNOWN COMMAND\0'))).address).ping()).rejects.toThrow(
      /PONG/u,
    );
  });
});
