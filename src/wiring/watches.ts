import type { Connection } from 'mongoose';
import { type JobBackend, JobServiceAway } from '../../jobs/backend.ts';
import { type Watch, watchOver } from '../ops/health.ts';
import type { Log } from '../ops/log.ts';
import { isAway } from '../store/connect.ts';

export interface Watches {
  readonly mongodb: Watch;
  readonly queue: Watch;
}

/** The services that the house leans on, under watch. */
export function watchesOf(connection: Connection, backend: JobBackend, log: Log): Watches {
  const mongodb = {
    name: 'mongodb',
    title: 'MongoDB',
    run: async () => connection.db?.command({ ping: 1 }),
    explains: isAway,
  };
  const queue = {
    name: 'queue',
    title: 'the job queue',
    run: () => backend.ping(),
    explains: (error: unknown) => error instanceof JobServiceAway,
  };
  return { mongodb: watchOver(mongodb, log), queue: watchOver(queue, log) };
}
