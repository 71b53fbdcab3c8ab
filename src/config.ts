import { z } from 'zod';
import { GUEST_KINDS, type GuestKind } from './domain/event.ts';
import { langSchema } from './text/text.ts';

const KIND = `(${GUEST_KINDS.join('|')})`;

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
  OWNER_CODE: z
    .string()
    .regex(/^[0-9A-Za-z-]{12,40}$/, 'expected 12 to 40 of A-Z a-z 0-9 and -')
    .optional(),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
  ROLE: z.enum(['all', 'web', 'worker']).default('all'),
  DEFAULT_LOCALE: langSchema.default('zh'),
  TELEGRAM_BOT_TOKEN: z
    .string()
    .regex(/^\d+:[\w-]{20,}$/, 'expected a token as BotFather gives it, such as 123456:ABC…')
    .optional(),
  TELEGRAM_MODE: z.enum(['polling', 'webhook']).default('polling'),
  TELEGRAM_WEBHOOK_SECRET: z
    .string()
    .regex(/^[\w-]{16,256}$/, 'expected 16 to 256 of A-Z a-z 0-9 _ -')
    .optional(),
  TELEGRAM_API_ROOT: apiRoot('https://api.telegram.org'),
  CLAMD_HOST: z
    .string()
    .regex(/^(unix:\/.+|([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?)$/i, 'expected host, host:port or unix:/path')
    .transform(clamdAt)
    .refine((at) => 'path' in at || at.port <= 65_535, 'expected host, host:port or unix:/path')
    .optional(),
  WECHATY_PUPPET: z.string().min(1).optional(),
  WECHAT_OA_APP_ID: list(/^wx[0-9a-zA-Z]{6,40}$/, 'expected app ids such as wx0123456789abcdef'),
  WECHAT_OA_APP_SECRET: list(/^\S{8,}$/, 'expected the secret of each account'),
  WECHAT_OA_TOKEN: list(/^[0-9A-Za-z]{3,32}$/, 'expected tokens of 3 to 32 letters and digits'),
  WECHAT_OA_AES_KEY: list(/^([0-9A-Za-z]{43})?$/, 'expected keys of 43 letters and digits, or nothing'),
  WECHAT_OA_AUDIENCE: list(
    new RegExp(`^(${KIND}(\\+${KIND})*)?$`),
    `expected for each account nothing or kinds of guest joined by +, such as guest+team, of ${GUEST_KINDS.join(', ')}`,
  ),
  WECHAT_OA_API_ROOT: apiRoot('https://api.weixin.qq.com'),
});

function apiRoot(usual: string) {
  return z.url({ protocol: /^https?$/, error: `expected an address such as ${usual}` }).default(usual);
}

/** Where a virus scanner listens. */
export type ClamdAddress = { readonly path: string } | { readonly host: string; readonly port: number };

const CLAMD_PORT = 3310;

function clamdAt(text: string): ClamdAddress {
  if (text.startsWith('unix:')) return { path: text.slice('unix:'.length) };
  const [, host = '', port] = /^(.+?)(?::(\d{1,5}))?$/u.exec(text) ?? [];
  return { host: host.replace(/^\[|\]$/gu, ''), port: port === undefined ? CLAMD_PORT : Number(port) };
}

/** One value for each of several accounts, separated by commas. */
function list(each: RegExp, expected: string) {
  return z
    .string()
    .default('')
    .transform((text) => (text === '' ? [] : text.split(',').map((one) => one.trim())))
    .refine((values) => values.every((one) => each.test(one)), expected);
}

/** Prefixes that are ours: a variable that begins like one of them and is not known is a typing mistake. */
const OURS = [
  'MONGODB_',
  'REDIS_',
  'DATA_DIR',
  'PUBLIC_',
  'SECRET_',
  'OWNER_',
  'LOG_LEVEL',
  'DEFAULT_LOCALE',
  'TELEGRAM_',
  'CLAMD_',
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
  /** What the first owner claims the role by, instead of a code that the first start makes. */
  readonly ownerCode: string | undefined;
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
  readonly role: 'all' | 'web' | 'worker';
  readonly defaultLang: 'zh' | 'en';
  readonly telegram: TelegramConfig | undefined;
  /** undefined: files are not looked at for viruses. */
  readonly clamd: ClamdAddress | undefined;
  readonly wechaty: { readonly puppet: string } | undefined;
  /** Official accounts, side by side; the first one is also at the plain path. */
  readonly officialAccounts: readonly OfficialAccountConfig[];
}

export interface TelegramConfig {
  readonly token: string;
  readonly mode: 'polling' | 'webhook';
  readonly webhookSecret: string | undefined;
  readonly apiRoot: string;
}

export interface OfficialAccountConfig {
  readonly appId: string;
  readonly secret: string;
  readonly token: string;
  readonly aesKey: string | undefined;
  /** The kinds of guest that it is for; none: everybody. */
  readonly audience: readonly GuestKind[];
  readonly apiRoot: string;
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
  const together = parsed.success ? [...splitProblems(parsed.data), ...channelProblems(parsed.data)] : [];
  const problems = [...unknown, ...bad, ...together];
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
    ownerCode: e.OWNER_CODE,
    logLevel: e.LOG_LEVEL,
    role: e.ROLE,
    defaultLang: e.DEFAULT_LOCALE,
    telegram: telegramOf(e),
    clamd: e.CLAMD_HOST,
    wechaty: e.WECHATY_PUPPET ? { puppet: e.WECHATY_PUPPET } : undefined,
    officialAccounts: officialAccountsOf(e),
  };
}

type Env = z.infer<typeof schema>;

function telegramOf(e: Env): TelegramConfig | undefined {
  if (!e.TELEGRAM_BOT_TOKEN) return undefined;
  return {
    token: e.TELEGRAM_BOT_TOKEN,
    mode: e.TELEGRAM_MODE,
    webhookSecret: e.TELEGRAM_WEBHOOK_SECRET,
    apiRoot: e.TELEGRAM_API_ROOT,
  };
}

function officialAccountsOf(e: Env): OfficialAccountConfig[] {
  return e.WECHAT_OA_APP_ID.map((appId, i) => ({
    appId,
    secret: e.WECHAT_OA_APP_SECRET[i] ?? '',
    token: e.WECHAT_OA_TOKEN[i] ?? '',
    aesKey: e.WECHAT_OA_AES_KEY[i] || undefined,
    audience: kindsIn(e.WECHAT_OA_AUDIENCE[i] ?? ''),
    apiRoot: e.WECHAT_OA_API_ROOT,
  }));
}

const kindsIn = (joined: string): GuestKind[] =>
  GUEST_KINDS.filter((kind) => joined.split('+').includes(kind));

/** What only makes sense together. */
function channelProblems(e: Env): string[] {
  const problems: string[] = [];
  if (e.TELEGRAM_BOT_TOKEN && e.TELEGRAM_MODE === 'webhook') {
    if (!e.TELEGRAM_WEBHOOK_SECRET)
      problems.push('TELEGRAM_WEBHOOK_SECRET: needed with TELEGRAM_MODE=webhook');
    if (!e.PUBLIC_URL)
      problems.push('PUBLIC_URL: needed with TELEGRAM_MODE=webhook, as Telegram calls there');
  }
  if (e.TELEGRAM_BOT_TOKEN && e.TELEGRAM_MODE === 'polling' && e.ROLE !== 'all')
    problems.push(`TELEGRAM_MODE: with ROLE=${e.ROLE} only webhook works, as one process alone may poll`);
  if (e.WECHATY_PUPPET && e.ROLE !== 'all')
    problems.push('WECHATY_PUPPET: works with ROLE=all alone, as one process holds the login');
  const accounts = e.WECHAT_OA_APP_ID.length;
  for (const name of ['WECHAT_OA_APP_SECRET', 'WECHAT_OA_TOKEN'] as const) {
    if (e[name].length !== accounts)
      problems.push(`${name}: expected one for each of the ${accounts} app ids, received ${e[name].length}`);
  }
  for (const name of ['WECHAT_OA_AES_KEY', 'WECHAT_OA_AUDIENCE'] as const) {
    if (e[name].length > accounts)
      problems.push(`${name}: expected at most ${accounts}, received ${e[name].length}`);
  }
  return problems;
}

/** Several processes share nothing but the services, so they need both and one secret. */
function splitProblems(e: Env): string[] {
  if (e.ROLE === 'all') return [];
  return (['MONGODB_URI', 'REDIS_URL', 'SECRET_KEY'] as const)
    .filter((name) => !e[name])
    .map((name) => `${name}: needed with ROLE=${e.ROLE}; without it only ROLE=all works`);
}
