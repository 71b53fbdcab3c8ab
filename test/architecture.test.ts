import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesBelow, importsOf } from './support/imports.ts';

const ROOT = join(import.meta.dirname, '..');

/** What every channel may use of the others' room. */
const SHARED_BY_CHANNELS = ['channel', 'menu', 'outlet', 'body', 'split', 'gate', 'download'].map(
  (name) => `src/channels/${name}.ts`,
);

/**
 * Who may import whom: what is not listed is forbidden. `type:` allows types only. A room may always import
 * itself. Packages are listed by name; Node's own modules are allowed where `node` is.
 */
const RULES: Readonly<Record<string, readonly string[]>> = {
  'src/text': ['zod', 'intl-messageformat'],
  'src/domain': ['src/text', 'zod', 'luxon'],
  'src/conversation': ['src/text', 'zod'],
  flows: ['src/conversation', 'src/domain', 'src/text', 'type:src/usecases', 'zod', 'libphonenumber-js'],
  'src/usecases': ['src/domain', 'src/text', 'zod', 'node'],
  'src/runner': ['src/conversation', 'src/usecases', 'src/domain', 'src/text'],
  'src/store': [
    'src/domain',
    'src/text',
    'type:src/usecases',
    'type:src/runner',
    'type:src/conversation',
    'type:src/channels',
    'mongoose',
    'dataloader',
  ],
  // What all channels share. A channel's own folder may use it, and no other channel's.
  'src/channels': ['type:src/conversation', 'type:src/runner', 'src/domain', 'src/text', 'hono'],
  // The pace of a bot account, which processes share.
  'src/channels/pace': ['type:src/channels', 'ioredis', 'zod'],
  'src/channels/web': [
    ...SHARED_BY_CHANNELS,
    'type:src/conversation',
    'type:src/runner',
    'src/domain',
    'src/text',
    'hono',
    'rate-limiter-flexible',
    'zod',
    'node',
  ],
  'src/channels/telegram': [
    'type:src/conversation',
    'type:src/runner',
    'type:src/domain',
    ...SHARED_BY_CHANNELS,
    'src/text',
    'telegraf',
    'hono',
    'zod',
    'node',
  ],
  'src/channels/official-account': [
    'type:src/conversation',
    'type:src/runner',
    'type:src/domain',
    ...SHARED_BY_CHANNELS,
    'src/text',
    'fast-xml-parser',
    'hono',
    'zod',
    'node',
  ],
  'src/channels/wechat': [
    'type:src/conversation',
    'type:src/runner',
    'type:src/domain',
    ...SHARED_BY_CHANNELS,
    'src/text',
    'wechaty',
    'wechaty-puppet',
    'file-box',
    'qrcode',
    'hono',
    'node',
  ],
  'src/delivery': ['src/usecases', 'src/domain'],
  'src/desk': ['src/usecases', 'src/domain', 'src/text', 'hono', 'zod'],
  'src/documents': [
    'src/usecases',
    'src/domain',
    'src/text',
    'zod',
    'luxon',
    'yaml',
    'qrcode',
    'ics',
    'read-excel-file',
    'write-excel-file',
    'pdfkit',
    'docx',
    'file-type',
    'client-zip',
    'node',
  ],
  'src/ops': [
    'src/documents',
    'src/domain',
    'type:src/usecases',
    'hono',
    '@hono/node-server',
    'pino',
    'prom-client',
    'node',
  ],
  'src/embedded': ['bson', 'mingo', 'sorted-btree', '@electric-sql/pglite', 'esbuild', 'node'],
  jobs: ['src/domain', 'src/usecases', 'bullmq', 'ioredis', 'zod', 'node'],
  'src/config.ts': ['src/domain', 'src/text', 'zod'],
};

/** The two entries, and what builds the house, may see everything. */
const FREE = ['src/main.ts', 'src/wiring.ts', 'jobs/worker.ts'];
const isFree = (file: string): boolean => FREE.includes(file) || file.startsWith('src/wiring/');

function roomOf(file: string): string | undefined {
  return Object.keys(RULES)
    .filter((room) => file === room || file.startsWith(`${room}/`))
    .sort((a, b) => b.length - a.length)[0];
}

function targetOf(file: string, specifier: string): string {
  if (specifier.startsWith('node:')) return 'node';
  if (specifier.startsWith('.')) return relative(ROOT, join(ROOT, dirname(file), specifier));
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function allows(room: string, target: string, onlyTypes: boolean): boolean {
  if (target === room || target.startsWith(`${room}/`)) return true;
  return (RULES[room] ?? []).some((rule) => {
    const allowed = rule.replace(/^type:/u, '');
    return (
      (target === allowed || target.startsWith(`${allowed}/`)) && (onlyTypes || !rule.startsWith('type:'))
    );
  });
}

const files = ['src', 'flows', 'jobs']
  .flatMap((folder) => filesBelow(join(ROOT, folder)))
  .map((file) => relative(ROOT, file));

describe('the house', () => {
  it('has a room for every file', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(files.filter((file) => !isFree(file) && !roomOf(file) && !file.endsWith('.js'))).toEqual([]);
  });

  it('imports only what the plan allows', () => {
    const forbidden = files
      .filter((file) => !isFree(file))
      .flatMap((file) => {
        const room = roomOf(file) ?? '';
        return importsOf(readFileSync(join(ROOT, file), 'utf8'))
          .filter(({ specifier, onlyTypes }) => !allows(room, targetOf(file, specifier), onlyTypes))
          .map(({ specifier }) => `${file} must not import ${specifier}`);
      });
    expect(forbidden).toEqual([]);
  });

  it('is built in one place, which only the two entries open', () => {
    const openers = files.filter((file) =>
      importsOf(readFileSync(join(ROOT, file), 'utf8')).some(
        ({ specifier }) => targetOf(file, specifier) === 'src/wiring.ts',
      ),
    );
    expect(openers.sort()).toEqual(['jobs/worker.ts', 'src/main.ts']);
  });

  it('reads the environment in one place, and the entries hand it over', () => {
    const readers = files.filter((file) => /process\.env/u.test(readFileSync(join(ROOT, file), 'utf8')));
    expect(readers.sort()).toEqual(['jobs/worker.ts', 'src/main.ts']);
  });

  it('would notice a forbidden import', () => {
    expect(allows('src/domain', 'src/store/inbox.ts', false)).toBe(false);
    expect(allows('src/conversation', 'luxon', false)).toBe(false);
    expect(allows('flows', 'src/usecases/ports.ts', false)).toBe(false);
    expect(allows('flows', 'src/usecases/ports.ts', true)).toBe(true);
    expect(
      importsOf("import { a } from './a.ts';\nimport type { B } from 'b';\nexport * from './c.ts';"),
    ).toEqual([
      { specifier: './a.ts', onlyTypes: false },
      { specifier: 'b', onlyTypes: true },
      { specifier: './c.ts', onlyTypes: false },
    ]);
  });
});
