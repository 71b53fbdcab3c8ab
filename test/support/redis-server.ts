import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { Redis } from 'ioredis';

/** A Redis of a test's own: in memory, behind a password, so that a restart empties it. */
export interface RedisServer {
  readonly url: string;
  readonly password: string;
  start(): Promise<void>;
  /** Ends it as a crash does. */
  kill(): Promise<void>;
  /** Throws away everything in it. */
  empty(): Promise<void>;
}

/** Starts a Redis server on a free port; resolves when it takes connections. */
export async function startRedis(): Promise<RedisServer> {
  const port = await freePort();
  const password = crypto.randomUUID();
  let child = await spawned(port, password);
  const url = `redis://:${password}@127.0.0.1:${port}`;
  return {
    url,
    password,
    async start() {
      child = await spawned(port, password);
    },
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    },
    async empty() {
      const client = new Redis(url);
      await client.flushall();
      client.disconnect();
    },
  };
}

function spawned(port: number, password: string): Promise<ChildProcess> {
  const settings = { port, bind: '127.0.0.1', requirepass: password, appendonly: 'no' };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn('redis-server', [...args, '--save', ''], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      if (/ready to accept connections/iu.test(output)) resolve(child);
    });
    child.once('error', reject);
    child.once('exit', (code) =>
      reject(new Error(`expected Redis to start, it ended with ${code}:\n${output}`)),
    );
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
