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
      serializers: { err: plainError },
    },
    pino.destination({ fd: 2, sync: false }),
  );
}

interface PlainError {
  readonly type: string;
  readonly message: string;
  readonly code?: unknown;
  readonly stack?: string;
  readonly cause?: PlainError;
}

const CAUSES_AT_MOST = 8;

/**
 * An error as it is logged: what it says, where it came from and why. Drivers hang whole topologies on their errors
 * and commands with passwords, so nothing else of it is taken; credentials in an address are left out.
 */
export function plainError(error: unknown, depth = 0): PlainError {
  if (!(error instanceof Error)) return { type: typeof error, message: withoutCredentials(String(error)) };
  const { message, stack, cause } = error;
  return {
    type: error.constructor.name,
    message: withoutCredentials(message),
    ...('code' in error && { code: error.code }),
    ...(stack && { stack: withoutCredentials(stack) }),
    ...(cause !== undefined && depth < CAUSES_AT_MOST && { cause: plainError(cause, depth + 1) }),
  };
}

const withoutCredentials = (text: string): string => text.replace(/\/\/[^/\s@]*@/gu, '//***@');

/** Who is told of an error that a service's being away explains. */
export interface Explainer {
  /** Whether the error comes of the service's being away. */
  readonly explains: (error: unknown) => boolean;
  /** Takes such an error; one that no outage explains after all is told by itself. */
  readonly suspect: (error: unknown, tell: () => void) => void;
}

/** A log that leaves errors to the services that explain them: what an outage fails is not told line by line. */
export function sparing(log: Log, services: readonly Explainer[]): Log {
  const error = (fields: { readonly err?: unknown } | string, message?: string): void => {
    const tell = () => (typeof fields === 'string' ? log.error(fields) : log.error(fields, message));
    const err = typeof fields === 'string' ? undefined : fields.err;
    const service = services.find(({ explains }) => explains(err));
    if (service) service.suspect(err, tell);
    else tell();
  };
  return Object.create(log, { error: { value: error } }) as Log;
}
