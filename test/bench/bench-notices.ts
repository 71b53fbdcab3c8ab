import type { Api } from './api.ts';
import { BOT } from './bot.ts';
import { type Contestant, canRun, run } from './contestant.ts';
import { print } from './print.ts';

/** How one notice went to all its readers. */
export interface Sent {
  /** Until every reader is written down. */
  readonly snapshotMs: number;
  /** From then until the last message had left and the notice was done. */
  readonly sendMs: number;
  /** Growth meanwhile, after a collection of garbage. */
  readonly heapMb?: number;
  readonly rssMb?: number;
}

const READERS = Number(process.env.BENCH_READERS ?? 20_000);

/** Measures one notice to very many readers beside a bare queue with a job for each of them, and prints what came of it. */
export async function benchNotices(api: Api): Promise<void> {
  const env = { ...BOT, TELEGRAM_API_ROOT: api.url };
  const house = { file: 'notice-house.ts', env, measure: broadcast };
  const contestants: readonly Contestant<Sent>[] = [
    { name: 'BullMQ alone, one job per reader', file: 'bare-jobs.ts', env, on: 'Redis', measure: broadcast },
    { name: 'Luyan, MongoDB + Redis', ...house, on: 'MongoDB and Redis' },
    { name: 'Luyan, embedded', ...house, on: 'itself' },
  ];
  const sent: { name: string; figure: Sent }[] = [];
  for (const one of contestants) if (canRun(one)) sent.push({ name: one.name, figure: await run(one) });
  const [bare] = sent.filter(({ name }) => name.startsWith('BullMQ'));
  print([
    [`One notice to ${READERS} readers`, 'snapshot s', 'sends/s', 'of BullMQ alone', 'heap MB', 'RSS MB'],
    ...sent.map(({ name, figure }) => [
      name,
      (figure.snapshotMs / 1_000).toFixed(1),
      perSecond(figure).toFixed(0),
      bare ? (perSecond(figure) / perSecond(bare.figure)).toFixed(3) : '',
      grown(figure.heapMb),
      grown(figure.rssMb),
    ]),
  ]);
}

const perSecond = ({ sendMs }: Sent): number => (READERS / sendMs) * 1_000;
const grown = (mb: number | undefined): string => (mb === undefined ? '' : `+${mb.toFixed(0)}`);

const broadcast: Contestant<Sent>['measure'] = (_, child) =>
  new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as Sent));
    child.once('exit', (code) =>
      reject(new Error(`expected the notice to be sent, its process ended with ${code}`)),
    );
    child.send(READERS);
  });
