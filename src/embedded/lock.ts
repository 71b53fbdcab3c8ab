import { randomBytes } from 'node:crypto';
import { chmodSync, linkSync, renameSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { Addresses } from './addresses.ts';
import type { Paths } from './paths.ts';

/** Another live process holds the data folder. */
export class DataDirInUse extends Error {
  readonly dataDir: string;
  readonly pid: number | undefined;

  constructor(dataDir: string, pid: number | undefined) {
    const who = pid === undefined ? 'another process' : `the running process ${pid}`;
    super(`${dataDir} is in use by ${who}: stop that process, or set DATA_DIR to another folder`);
    this.name = 'DataDirInUse';
    this.dataDir = dataDir;
    this.pid = pid;
  }
}

interface Held {
  pid: number;
}

/** Connects to the holder of a lock; undefined when nobody listens, so that the socket is a dead process's. */
function reach(path: string): Promise<Socket | undefined> {
  return new Promise((resolve, reject) => {
    const socket = connect(path, () => resolve(socket));
    socket.once('error', (error: NodeJS.ErrnoException) => {
      socket.destroy();
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') resolve(undefined);
      else reject(error);
    });
  });
}

/** Reads the lines that a holder sends: who it is at once, its addresses when it is ready. */
async function readLines(socket: Socket, count: number, waitMs: number): Promise<string[]> {
  let text = '';
  socket.setTimeout(waitMs, () => socket.destroy());
  try {
    for await (const chunk of socket) {
      text += String(chunk);
      if (text.split('\n').length > count) break;
    }
  } catch {
    // A holder that ends while it is asked has told what it could.
  }
  socket.destroy();
  return text.split('\n').slice(0, -1);
}

/**
 * The right to use a data folder. Its holder listens on a socket, so that a crashed holder is told from a live one
 * without looking at process ids, which are used again.
 */
export class DataDirLock {
  readonly #server: Server;
  readonly #path: string;
  readonly #waiting = new Set<Socket>();
  #addresses: Addresses | undefined;

  private constructor(path: string) {
    this.#path = path;
    this.#server = createServer((socket) => this.#answer(socket));
    this.#server.unref();
  }

  /** Takes the lock, or throws DataDirInUse. */
  static async take(paths: Paths): Promise<DataDirLock> {
    const lock = new DataDirLock(paths.lock);
    const own = `${paths.lock}.${randomBytes(4).toString('hex')}`;
    await lock.#listen(own);
    try {
      while (!lock.#place(own)) await lock.#clearDead(paths, own);
    } catch (error) {
      lock.#server.close();
      throw error;
    } finally {
      rmSync(own, { force: true });
    }
    return lock;
  }

  async #listen(path: string): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(path, resolve);
    });
    chmodSync(path, 0o600);
  }

  /** Linking is the step that only one process can win. */
  #place(own: string): boolean {
    try {
      linkSync(own, this.#path);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
  }

  /** Moves a dead holder's socket away; one that turns out to live is put back. */
  async #clearDead(paths: Paths, own: string): Promise<void> {
    await refuseWhenAlive(paths, this.#path);
    const aside = `${own}.old`;
    try {
      renameSync(this.#path, aside);
    } catch {
      return;
    }
    const alive = await reach(aside);
    alive?.destroy();
    if (alive) linkSync(aside, this.#path);
    rmSync(aside, { force: true });
  }

  /** Tells everybody who asked, and asks later, where the engines are. */
  publish(addresses: Addresses): void {
    this.#addresses = addresses;
    for (const socket of this.#waiting) socket.end(`${JSON.stringify(addresses)}\n`);
    this.#waiting.clear();
  }

  #answer(socket: Socket): void {
    const held: Held = { pid: process.pid };
    socket.on('error', () => socket.destroy());
    socket.write(`${JSON.stringify(held)}\n`);
    if (this.#addresses) socket.end(`${JSON.stringify(this.#addresses)}\n`);
    else this.#waiting.add(socket);
    socket.once('close', () => this.#waiting.delete(socket));
  }

  async release(): Promise<void> {
    for (const socket of this.#waiting) socket.destroy();
    rmSync(this.#path, { force: true });
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}

async function refuseWhenAlive(paths: Paths, path: string): Promise<void> {
  const socket = await reach(path);
  if (!socket) return;
  const [first] = await readLines(socket, 1, 1000);
  throw new DataDirInUse(paths.dataDir, first ? (JSON.parse(first) as Held).pid : undefined);
}

/** The addresses of the live holder of a data folder, waiting for its start to finish; undefined without one. */
export async function askHolder(paths: Paths, waitMs = 30_000): Promise<Addresses | undefined> {
  const socket = await reach(paths.lock);
  if (!socket) return undefined;
  const [, second] = await readLines(socket, 2, waitMs);
  return second ? (JSON.parse(second) as Addresses) : undefined;
}
