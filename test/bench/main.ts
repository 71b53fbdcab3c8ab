import { startApi } from './api.ts';
import { BOT } from './bot.ts';
import { type Contestant, canRun, run, type Served } from './contestant.ts';
import { noticesAtLimits, type Sent } from './notices-at-limits.ts';
import { type Figure, REGISTRATION, TEN_ANSWERS, telegramTurns, webTurns } from './turns.ts';

// npm run bench: turns per second of the house beside bots of two libraries, in one run, as ratios; then how well it
// keeps to Telegram's limits.
const SECONDS = Number(process.env.BENCH_SECONDS ?? 8);
const MEASURES = [
  { name: '1 conversation', conversations: 1, ms: SECONDS * 500 },
  { name: '64 conversations', conversations: 64, ms: SECONDS * 1000 },
];

const api = await startApi();
const bot = { TELEGRAM_API_ROOT: api.url };
const wizard = { file: 'wizard.ts', env: bot, turns: telegramTurns(api, TEN_ANSWERS) };
const grammy = { file: 'grammy.ts', env: bot, turns: telegramTurns(api, TEN_ANSWERS) };
const telegram = { file: 'server.ts', env: { ...BOT, ...bot }, turns: telegramTurns(api, REGISTRATION) };
const web = { file: 'server.ts', env: {}, turns: webTurns };

const CONTESTANTS = {
  wizard: { name: 'telegraf WizardScene, in memory', ...wizard, on: 'itself' },
  grammy: { name: 'grammY conversations, in memory', ...grammy, on: 'itself' },
  storedWizard: { name: 'telegraf WizardScene, session in MongoDB', ...wizard, on: 'MongoDB' },
  telegram: { name: 'Luyan on Telegram, embedded', ...telegram, on: 'itself' },
  storedTelegram: { name: 'Luyan on Telegram, MongoDB + Redis', ...telegram, on: 'MongoDB and Redis' },
  web: { name: 'Luyan on the web, embedded', ...web, on: 'itself' },
  storedWeb: { name: 'Luyan on the web, MongoDB + Redis', ...web, on: 'MongoDB and Redis' },
} satisfies Record<string, Contestant>;
type Key = keyof typeof CONTESTANTS;

/** What is put beside what at the end. */
const PAIRS: readonly (readonly [Key, Key])[] = [
  ['telegram', 'wizard'],
  ['telegram', 'grammy'],
  ['storedTelegram', 'wizard'],
  ['storedTelegram', 'grammy'],
  ['storedTelegram', 'storedWizard'],
  ['storedWeb', 'storedWizard'],
];

const NOTICES_SECONDS = Number(process.env.BENCH_SECONDS ?? 20);
const ENGINES: readonly (readonly [string, Served['on']])[] = [
  ['embedded', 'itself'],
  ['MongoDB + Redis', 'MongoDB and Redis'],
];

const figures = new Map<Key, readonly Figure[]>();
for (const key of Object.keys(CONTESTANTS) as Key[])
  if (canRun(CONTESTANTS[key])) figures.set(key, await run(CONTESTANTS[key], MEASURES));
api.close();
const sent = new Map<string, Sent>();
for (const [name, on] of ENGINES)
  if (canRun({ on })) sent.set(name, await noticesAtLimits(on, NOTICES_SECONDS * 1_000));

/** Rows in columns: the first to the left, figures to the right. */
function print(rows: readonly (readonly string[])[]): void {
  const widthOf = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const pad = (cell: string, column: number) =>
    column === 0 ? cell.padEnd(widthOf(0)) : cell.padStart(widthOf(column) + 2);
  process.stdout.write(`\n${rows.map((row) => row.map(pad).join('')).join('\n')}\n`);
}

function ratio(one: Figure | undefined, beside: Figure | undefined): string {
  return one && beside ? (one.perSecond / beside.perSecond).toFixed(3) : '';
}

process.stdout.write(`Telegram webhook turns per second: an update in over HTTP, stored, its reply out at the Bot API.
Web turns per second: a message in over HTTP, stored, its reply stored and fetched.
`);
for (const [i, { name }] of MEASURES.entries()) {
  const rows = [...figures].flatMap(([key, measured]) => {
    const one = measured[i];
    if (!one) return [];
    const { perSecond, p50, p95, turns } = one;
    const beside = ratio(one, figures.get('wizard')?.[i]);
    return [
      [CONTESTANTS[key].name, perSecond.toFixed(0), p50.toFixed(1), p95.toFixed(1), beside, String(turns)],
    ];
  });
  print([[name, 'turns/s', 'p50 ms', 'p95 ms', 'of telegraf in memory', 'turns'], ...rows]);
}
print([
  ['Ratios', ...MEASURES.map(({ name }) => name)],
  ...PAIRS.filter((pair) => pair.every((key) => figures.has(key))).map(([one, other]) => [
    `${CONTESTANTS[one].name} / ${CONTESTANTS[other].name}`,
    ...MEASURES.map((_, i) => ratio(figures.get(one)?.[i], figures.get(other)?.[i])),
  ]),
]);

print([
  ["Notices at Telegram's limits", 'of the limit', '429 per call', 'p95 ms', 'p95 idle ms', 'p95 / idle'],
  ...[...sent].map(([name, { share, refusedPerCall, p95, idleP95 }]) => [
    name,
    share.toFixed(3),
    refusedPerCall.toFixed(4),
    p95.toFixed(1),
    idleP95.toFixed(1),
    (p95 / idleP95).toFixed(2),
  ]),
]);
