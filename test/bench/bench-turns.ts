import type { Api } from './api.ts';
import { BOT } from './bot.ts';
import { type Contestant, canRun, run } from './contestant.ts';
import { print } from './print.ts';
import { type Figure, REGISTRATION, TEN_ANSWERS, type Turns, telegramTurns, webTurns } from './turns.ts';

const SECONDS = Number(process.env.BENCH_SECONDS ?? 8);
const MEASURES = [
  { name: '1 conversation', conversations: 1, ms: SECONDS * 500 },
  { name: '64 conversations', conversations: 64, ms: SECONDS * 1000 },
];

const measured = (turns: Turns) => async (url: string) => {
  const all: Figure[] = [];
  for (const { conversations, ms } of MEASURES) all.push(await turns(url, conversations, ms));
  return all;
};

function contestantsOn(api: Api) {
  const bot = { TELEGRAM_API_ROOT: api.url };
  const ten = measured(telegramTurns(api, TEN_ANSWERS));
  const wizard = { file: 'wizard.ts', env: bot, measure: ten };
  const grammy = { file: 'grammy.ts', env: bot, measure: ten };
  const registering = measured(telegramTurns(api, REGISTRATION));
  const telegram = { file: 'server.ts', env: { ...BOT, ...bot }, measure: registering };
  const web = { file: 'server.ts', env: {}, measure: measured(webTurns) };
  return {
    wizard: { name: 'telegraf WizardScene, in memory', ...wizard, on: 'itself' },
    grammy: { name: 'grammY conversations, in memory', ...grammy, on: 'itself' },
    storedWizard: { name: 'telegraf WizardScene, session in MongoDB', ...wizard, on: 'MongoDB' },
    telegram: { name: 'Luyan on Telegram, embedded', ...telegram, on: 'itself' },
    storedTelegram: { name: 'Luyan on Telegram, MongoDB + Redis', ...telegram, on: 'MongoDB and Redis' },
    web: { name: 'Luyan on the web, embedded', ...web, on: 'itself' },
    storedWeb: { name: 'Luyan on the web, MongoDB + Redis', ...web, on: 'MongoDB and Redis' },
  } satisfies Record<string, Contestant<Figure[]>>;
}
type Contestants = ReturnType<typeof contestantsOn>;
type Key = keyof Contestants;
type Figures = ReadonlyMap<Key, readonly Figure[]>;

/** What is put beside what at the end. */
const PAIRS: readonly (readonly [Key, Key])[] = [
  ['telegram', 'wizard'],
  ['telegram', 'grammy'],
  ['storedTelegram', 'wizard'],
  ['storedTelegram', 'grammy'],
  ['storedTelegram', 'storedWizard'],
  ['storedWeb', 'storedWizard'],
];

/** Measures turns per second of the house beside bots of two libraries, and prints them. */
export async function benchTurns(api: Api): Promise<void> {
  const contestants = contestantsOn(api);
  const figures = new Map<Key, readonly Figure[]>();
  for (const key of Object.keys(contestants) as Key[]) {
    const one: Contestant<Figure[]> = contestants[key];
    if (canRun(one)) figures.set(key, await run(one));
  }
  printFigures(contestants, figures);
  printRatios(contestants, figures);
}

function ratio(one: Figure | undefined, beside: Figure | undefined): string {
  return one && beside ? (one.perSecond / beside.perSecond).toFixed(3) : '';
}

function printFigures(contestants: Contestants, figures: Figures): void {
  process.stdout.write(`Telegram webhook turns per second: an update in over HTTP, stored, its reply out at the Bot API.
Web turns per second: a message in over HTTP, stored, its reply stored and fetched.
`);
  for (const [i, { name }] of MEASURES.entries()) {
    const rows = [...figures].flatMap(([key, all]) => {
      const one = all[i];
      if (!one) return [];
      const { perSecond, p50, p95, turns } = one;
      const beside = ratio(one, figures.get('wizard')?.[i]);
      return [
        [contestants[key].name, perSecond.toFixed(0), p50.toFixed(1), p95.toFixed(1), beside, String(turns)],
      ];
    });
    print([[name, 'turns/s', 'p50 ms', 'p95 ms', 'of telegraf in memory', 'turns'], ...rows]);
  }
}

function printRatios(contestants: Contestants, figures: Figures): void {
  print([
    ['Ratios', ...MEASURES.map(({ name }) => name)],
    ...PAIRS.filter((pair) => pair.every((key) => figures.has(key))).map(([one, other]) => [
      `${contestants[one].name} / ${contestants[other].name}`,
      ...MEASURES.map((_, i) => ratio(figures.get(one)?.[i], figures.get(other)?.[i])),
    ]),
  ]);
}
