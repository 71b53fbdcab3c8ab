import { type Logger, pino } from 'pino';

export type Log = Logger;

/** The house's log: JSON lines on standard error, without secrets. Standard output is for what a person asked to read. */
export function makeLog(level: string): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: [
          'token',
          'secret',
          'authorization',
          'uri',
          '*.token',
          '*.secret',
          '*.authorization',
          '*.uri',
          '*.password',
        ],
        censor: '***',
      },
      serializers: { err: pino.stdSerializers.errWithCause },
    },
    pino.destination({ fd: 2, sync: false }),
  );
}

const QUIET_MS = 60_000;

/** Reports an outage once when it begins and once when it is over, not at every attempt in between. */
export function outageLog(log: Log, what: string, now: () => number) {
  let since: number | undefined;
  let lastSaid = 0;
  return {
    down(error: unknown): void {
      if (since === undefined) {
        since = now();
        lastSaid = since;
        log.error({ err: error }, `${what} cannot be reached; it is tried again until it can`);
      } else if (now() - lastSaid > QUIET_MS) {
        lastSaid = now();
        log.warn(`${what} still cannot be reached, since ${Math.round((now() - since) / 1000)} s`);
      }
    },
    up(): void {
      if (since !== undefined) log.info(`${what} is back after ${Math.round((now() - since) / 1000)} s`);
      since = undefined;
    },
    get isDown(): boolean {
      return since !== undefined;
    },
  };
}
