import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Settings } from './backends.ts';
import type { Bench } from './bench.ts';
import type { Orders } from './vanishing-worker.ts';

const SCRIPT = join(import.meta.dirname, 'vanishing-worker.ts');

/**
 * Starts a worker in a process of its own, and kills that without a warning when it holds a job. Resolves with the
 * job's id when the process is gone.
 */
export async function vanishWithJob(bench: Bench, name: string, settings: Settings): Promise<string> {
  const orders: Orders = { service: bench.service(), prefix: bench.prefix, name, settings };
  const child = spawn(process.execPath, ['--import', 'tsx', SCRIPT, JSON.stringify(orders)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(child, 'exit');
  const taken = await Promise.race([
    once(child.stdout, 'data').then(([text]) => String(text).trim()),
    gone.then(([code]) => {
      throw new Error(`expected a worker that takes a job, its process ended with ${code}`);
    }),
  ]);
  child.kill('SIGKILL');
  await gone;
  return taken;
}
