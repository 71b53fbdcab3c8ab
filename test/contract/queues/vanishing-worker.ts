import type { JobService } from '../../../jobs/backend.ts';
import { bullWorker, type Settings } from './backends.ts';

/** What the process is told, as JSON in its one argument. */
export interface Orders {
  readonly service: JobService;
  readonly prefix: string;
  readonly name: string;
  readonly settings: Settings;
}

// A process that takes a job, says so, and never ends it: somebody will kill it.
const { service, prefix, name, settings }: Orders = JSON.parse(process.argv[2] ?? '');
bullWorker(
  service,
  prefix,
  name,
  async ({ id }) => {
    process.stdout.write(`${id}\n`);
    await new Promise(() => {});
  },
  settings,
);
