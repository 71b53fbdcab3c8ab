import { closedBecause } from '../domain/event.ts';
import type { Events } from '../usecases/ports.ts';
import type { Log } from './log.ts';

interface Running {
  readonly url: string;
  readonly embedded: boolean;
  readonly ownerCode: string | undefined;
  readonly stores: { readonly events: Events };
  close(): Promise<void>;
}

const CLOSE_WITHIN_MS = 10_000;

/** What a person reads when the house is open: where it is, the links to try, and how to become its owner. */
export async function greeting({ url, embedded, ownerCode, stores }: Running, now: Date): Promise<string> {
  const open = (await stores.events.live()).filter((event) => closedBecause(event, now) === undefined);
  const links = open
    .slice(0, 10)
    .map((event) => `  ${url}/?event=${event.code}  ${event.title.zh} / ${event.title.en}`);
  return [
    '',
    `Luyan is ready: ${url}`,
    ...(embedded
      ? ['It runs on embedded engines, for trial and tests; for real use set MONGODB_URI and REDIS_URL.']
      : []),
    ...(links.length > 0
      ? ['Register here:', ...links]
      : ['No event is open: npm run event -- import FILE.yaml']),
    ...(ownerCode
      ? [
          'To become its owner, send it this; the code works once and is shown only now:',
          `  claim ${ownerCode}`,
        ]
      : []),
    '',
    '',
  ].join('\n');
}

/** Resolves with the exit code when the process is asked to end or cannot go on. Everything under way is finished first. */
export function untilStopped(app: Running, log: Log, fatal: Promise<Error>): Promise<number> {
  return new Promise((resolve) => {
    let stopping = false;
    const stop = (code: number) => {
      if (stopping) return;
      stopping = true;
      const late = setTimeout(() => {
        log.error(
          `closing took longer than ${CLOSE_WITHIN_MS / 1000} s; what is stored is taken up at the next start`,
        );
        process.exit(1);
      }, CLOSE_WITHIN_MS);
      app.close().then(
        () => {
          clearTimeout(late);
          resolve(code);
        },
        (error: unknown) => {
          log.error({ err: error }, 'closing failed');
          resolve(1);
        },
      );
    };
    process.once('SIGTERM', () => stop(0));
    process.once('SIGINT', () => stop(0));
    void fatal.then((error) => {
      log.fatal(
        { err: error },
        'the embedded engines stopped; nothing can be stored any more, so this process ends',
      );
      stop(1);
    });
  });
}
