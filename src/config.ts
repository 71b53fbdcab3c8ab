import { z } from 'zod';
import { langSchema } from './text/text.ts';

/** Every variable that the house reads, with what it means. The README's table says the same. */
const schema = z.object({
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, 'expected mongodb://… or mongodb+srv://…')
    .optional(),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'expected redis://… or rediss://…')
    .optional(),
  DATA_DIR: z.string().min(1).default('./data'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number('expected a port number').int().min(0).max(65_535).default(8080),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'expected an address such as https://events.example.org' })
    .optional(),
  SECRET_KEY: z.string().min(32, 'expected at least 32 characters').optional(),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
  ROLE: z.enum(['all', 'web', 'worker']).default('all'),
  DEFAULT_LOCALE: langSchema.default('zh'),
});

/** Prefixes that are ours: a variable that begins like one of them and is not known is a typing mistake. */
const OURS = [
  'MONGODB_',
  'REDIS_',
  'DATA_DIR',
  'PUBLIC_',
  'SECRET_',
  'LOG_LEVEL',
  'DEFAULT_LOCALE',
  'TELEGRAM_',
  'WECHATY_',
  'WECHAT_',
];

export interface Config {
  /** undefined: embedded. */
  readonly mongodbUri: string | undefined;
  readonly redisUrl: string | undefined;
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string | undefined;
  readonly secretKey: string | undefined;
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
  readonly role: 'all' | 'web' | 'worker';
  readonly defaultLang: 'zh' | 'en';
}

/** The configuration is wrong: the message names every problem. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Reads the configuration. Throws one ConfigError that lists every unknown or bad variable. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  // An empty variable, as compose files make them, counts as absent.
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const unknown = Object.keys(given)
    .filter((name) => !(name in schema.shape) && OURS.some((prefix) => name.startsWith(prefix)))
    .map((name) => `${name}: not known; expected one of ${Object.keys(schema.shape).join(', ')}`);
  const parsed = schema.safeParse(given);
  const bad = parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  const role = parsed.success && parsed.data.ROLE !== 'all' ? splitProblems(parsed.data) : [];
  const problems = [...unknown, ...bad, ...role];
  if (!parsed.success || problems.length > 0) {
    throw new ConfigError(`The configuration has ${problems.length} problem(s):\n- ${problems.join('\n- ')}`);
  }
  const e = parsed.data;
  return {
    mongodbUri: e.MONGODB_URI,
    redisUrl: e.REDIS_URL,
    dataDir: e.DATA_DIR,
    host: e.HOST,
    port: e.PORT,
    publicUrl: e.PUBLIC_URL,
    secretKey: e.SECRET_KEY,
    logLevel: e.LOG_LEVEL,
    role: e.ROLE,
    defaultLang: e.DEFAULT_LOCALE,
  };
}

/** Several processes share nothing but the services, so they need both and one secret. */
function splitProblems(e: z.infer<typeof schema>): string[] {
  return (['MONGODB_URI', 'REDIS_URL', 'SECRET_KEY'] as const)
    .filter((name) => !e[name])
    .map((name) => `${name}: needed with ROLE=${e.ROLE}; without it only ROLE=all works`);
}
