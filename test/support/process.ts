import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

export interface WorkerProcess {
  readonly pid: number;
  /** Everything it wrote so far. */
  readonly output: () => string;
  /** Ends it as a crash does: nothing is finished, nothing is closed. */
  kill(): Promise<void>;
  /** Asks it to end and waits; resolves with its exit code. */
  stop(): Promise<number | null>;
  /** Holds it, as a machine does that has no time for it, until it is resumed. */
  pause(): void;
  resume(): void;
}

export interface HouseProcess extends WorkerProcess {
  readonly url: string;
}

const MAIN = 'src/main.ts';
const WORKER = 'jobs/worker.ts';
/** Without the pace of real platforms. */
export const FAST_WORKER = 'test/support/fast-worker.ts';

/** Runs Luyan's command as a person does, in a process of its own. Resolves with its exit code and output. */
export function runCommand(
  args: readonly string[],
  env: Record<string, string>,
): Promise<{ code: number | null; output: string }> {
  const { child, output } = start([MAIN, ...args], env);
  return new Promise((resolve) => child.once('exit', (code) => resolve({ code, output: output() })));
}

/** Starts the house in a process of its own; resolves when it says that it is ready. */
export async function startHouse(env: Record<string, string>): Promise<HouseProcess> {
  const { running, told } = await open(MAIN, { LOG_LEVEL: 'warn', ...env }, /ready: (http\S+)/u);
  return { ...running, url: told[1] ?? '' };
}

/** Starts the worker in a process of its own; resolves when it says that it is ready. */
export async function startWorker(
  env: Record<string, string>,
  entry: typeof WORKER | typeof FAST_WORKER = WORKER,
): Promise<WorkerProcess> {
  return (await open(entry, { LOG_LEVEL: 'info', ...env }, /the worker is ready/u)).running;
}

/** Starts a process that stays; resolves with what it told when it was ready. */
async function open(entry: string, env: Record<string, string>, ready: RegExp) {
  const { child, output } = start([entry], { PORT: '0', ...env });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const told = await new Promise<RegExpExecArray>((resolve, reject) => {
    const look = () => {
      const found = ready.exec(output());
      if (found) resolve(found);
    };
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', look);
    child.once('exit', (code) =>
      reject(new Error(`expected the house to start, it ended with ${code}:\n${output()}`)),
    );
  });
  const running: WorkerProcess = {
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
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
  };
  return { running, told };
}

function start(
  args: readonly string[],
  env: Record<string, string>,
): { child: ChildProcess; output: () => string } {
  const child = spawn(process.execPath, ['--import', 'tsx', ...args], {
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
