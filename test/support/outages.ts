import { Guest } from './guest.ts';
import type { HouseProcess } from './process.ts';

/** How long a service is away in the tests of outages. */
export const OUTAGE_MS = Number(process.env.OUTAGE_SECONDS ?? 4) * 1_000;

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));

const LOOK_EVERY_MS = 100;

/** Resolves when a condition holds; rejects when it does not within so many milliseconds. */
export async function until(what: string, ms: number, holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + ms;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`expected within ${Math.round(ms)} ms that ${what}`);
    await pause(LOOK_EVERY_MS);
  }
}

/** What `/readyz` says. */
export async function readiness({
  url,
}: Pick<HouseProcess, 'url'>): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${url}/readyz`);
  return { status: response.status, body: await response.json() };
}

/** What a house has logged as a warning or worse, and the ends of outages, in order. */
export function outageLines({ output }: Pick<HouseProcess, 'output'>): string[] {
  return output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as { level: number; msg: string })
    .filter(({ level, msg }) => level >= 40 || msg.includes('is back'))
    .map(({ msg }) => msg);
}

/** Says what was measured, for whoever runs it. */
export function report(what: string, figures: Readonly<Record<string, number>>): void {
  const list = Object.entries(figures).map(([name, value]) => `${name} ${Math.round(value)}`);
  process.stderr.write(`outage: ${what}: ${list.join(', ')}\n`);
}

// A visitor may send 40 messages in 10 s.
const SPEAK_EVERY_MS = 400;

export interface Spoken {
  readonly turns: number;
  readonly slowestMs: number;
  readonly failures: readonly string[];
}

/** Guests who talk all the time, each waiting for an answer before the next word. */
export async function chatter(url: string, count: number): Promise<{ end(): Promise<Spoken> }> {
  let ending = false;
  let turns = 0;
  let slowestMs = 0;
  const failures: string[] = [];
  const talk = async (guest: Guest): Promise<void> => {
    while (!ending) {
      const began = performance.now();
      try {
        const answers = await guest.say('help');
        if (answers.length !== 1) failures.push(`expected 1 answer, received ${answers.length}`);
      } catch (error) {
        failures.push(String(error));
      }
      slowestMs = Math.max(slowestMs, performance.now() - began);
      turns++;
      await pause(SPEAK_EVERY_MS);
    }
  };
  const guests = await Promise.all(Array.from({ length: count }, () => Guest.arrive(url)));
  const talks = guests.map(talk);
  return {
    async end() {
      ending = true;
      await Promise.all(talks);
      return { turns, slowestMs: Math.round(slowestMs), failures };
    },
  };
}

/** What a guest met who never gave up. */
export interface Patience {
  /** The sentences with which requests were refused. */
  readonly refusals: string[];
  slowestMs: number;
}

const PATIENT_FOR_MS = OUTAGE_MS + 90_000;

/** A guest who sends a message again, by the same id, until it is acknowledged, and listens until there is an answer. */
export async function tireless(url: string, lang: 'zh' | 'en', met: Patience): Promise<Guest> {
  const arriving = (): Promise<Guest | undefined> => Guest.arrive(url, lang).catch(refused(met));
  const guest = await again(met, 'a visitor is let in', arriving, (one) => one !== undefined);
  if (!guest) throw new Error('expected a guest, received none');
  const [post, listen] = [guest.post.bind(guest), guest.listen.bind(guest)];
  guest.post = async (body) =>
    again(
      met,
      'a message is acknowledged',
      async () => {
        const response = await post(body);
        if (response.status === 503) met.refusals.push(await response.clone().text());
        return response;
      },
      ({ status }) => status !== 503,
    );
  guest.listen = async () =>
    again(
      met,
      'there is an answer',
      async () => (await listen(1).catch(refused(met))) ?? [],
      (all) => all.length > 0,
    );
  return guest;
}

const refused =
  ({ refusals }: Patience) =>
  (error: Error): undefined => {
    if (!error.message.includes('received 503')) throw error;
    refusals.push(error.message);
  };

async function again<T>(
  met: Patience,
  what: string,
  ask: () => Promise<T>,
  isEnough: (got: T) => boolean,
): Promise<T> {
  const deadline = performance.now() + PATIENT_FOR_MS;
  for (;;) {
    const began = performance.now();
    const got = await ask();
    met.slowestMs = Math.max(met.slowestMs, performance.now() - began);
    if (isEnough(got)) return got;
    if (performance.now() > deadline) throw new Error(`expected within ${PATIENT_FOR_MS} ms that ${what}`);
    await pause(SPEAK_EVERY_MS);
  }
}
