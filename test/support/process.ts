import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

export interface HouseProcess {
  readonly url: string;
  readonly pid: number;
  /** Everything it wrote so far. */
  readonly output: () => string;
  /** Ends it as a crash does: nothing is finished, nothing is closed. */
  kill(): Promise<void>;
  /** Asks it to end and waits; resolves with its exit code. */
  stop(): Promise<number | null>;
}

/** Runs Luyan's command as a person does, in a process of its own. Resolves with its exit code and output. */
export function runCommand(
  args: readonly string[],
  env: Record<string, string>,
): Promise<{ code: number | null; output: string }> {
  const { child, output } = start(args, env);
  return new Promise((resolve) => child.once('exit', (code) => resolve({ code, output: output() })));
}

/** Starts the house in a process of its own; resolves when it says that it is ready. */
export async function startHouse(env: Record<string, string>): Promise<HouseProcess> {
  const { child, output } = start([], { PORT: '0', LOG_LEVEL: 'warn', ...env });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', () => {
      const ready = /ready: (http\S+)/u.exec(output());
      if (ready?.[1]) resolve(ready[1]);
    });
    child.once('exit', (code) =>
      reject(new Error(`expected the house to start, it ended with ${code}:\n${output()}`)),
    );
  });
  return {
    url,
    pid: child.pid ?? 0,
    output,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

function start(
  args: readonly string[],
  env: Record<string, string>,
): { child: ChildProcess; output: () => string } {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts', ...args], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8');
    stream?.on('data', (chunk: string) => {
      text += chunk;
    });
  }
  return { child, output: () => text };
}
