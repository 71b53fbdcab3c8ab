import type { Api } from './api.ts';
import { BOT } from './bot.ts';
import { type Client, client } from './http.ts';

export interface Figure {
  readonly turns: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p95: number;
}

/** Lets so many conversations talk to the server at this address for so long. */
export type Turns = (url: string, conversations: number, ms: number) => Promise<Figure>;

type Talker = (count: () => boolean) => Promise<void>;

/** Lets so many conversations talk for so long and counts the turns that were answered. */
async function measure(
  conversations: number,
  ms: number,
  talk: (http: Client, timed: Timed) => Promise<Talker>,
): Promise<Figure> {
  const http = client(conversations * 2);
  const times: number[] = [];
  const timed: Timed = async (turn) => {
    const from = performance.now();
    await turn();
    times.push(performance.now() - from);
  };
  const talkers = await Promise.all(Array.from({ length: conversations }, () => talk(http, timed)));
  const warm = performance.now() + ms / 4;
  await Promise.all(talkers.map((one) => one(() => performance.now() < warm)));
  times.length = 0;
  const from = performance.now();
  await Promise.all(talkers.map((one) => one(() => performance.now() - from < ms)));
  const seconds = (performance.now() - from) / 1000;
  http.close();
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)] ?? 0;
  return { turns: times.length, perSecond: times.length / seconds, p50: at(0.5), p95: at(0.95) };
}

type Timed = (turn: () => Promise<void>) => Promise<void>;

/** From the first question of a registration, for the language, to the confirmation. */
const ANSWERS = ['1', 'Guest of honour', 'University Office', '1', 'skip', 'skip', '1', '1'];

/** Turns of the web chat: a message in over HTTP, stored, its reply stored and fetched. One registration after another. */
export function webTurns(url: string, conversations: number, ms: number): Promise<Figure> {
  return measure(conversations, ms, async (http, timed) => {
    return async (goesOn) => {
      while (goesOn()) {
        const made = await http.post(`${url}/api/chat/session`, { lang: 'en' });
        const headers = { authorization: `Bearer ${(JSON.parse(made.body) as { token: string }).token}` };
        let seen = 0;
        let id = 0;
        const turn = (body: object) =>
          timed(async () => {
            const posted = await http.post(
              `${url}/api/chat/messages`,
              { id: `m${++id}`, seen, ...body },
              headers,
            );
            if (posted.status !== 202)
              throw new Error(`expected 202, received ${posted.status} ${posted.body}`);
            const got = await http.get(`${url}/api/chat/messages?after=${seen}&wait=10`, headers);
            const { messages } = JSON.parse(got.body) as { messages: { seq: number }[] };
            const last = messages.at(-1)?.seq;
            if (last === undefined) throw new Error(`expected a reply, received ${got.body}`);
            seen = last;
          });
        await turn({ start: 'bench' });
        for (const text of ANSWERS) await turn({ text });
      }
    };
  });
}

/** One side of a dialogue: what a guest writes, and how many messages answer it. */
export type Script = readonly { readonly text: string; readonly replies: number }[];

/** A guest's way through the ten questions of the yardsticks. */
export const TEN_ANSWERS: Script = Array.from({ length: 11 }, () => ({ text: 'an answer', replies: 1 }));

/** A guest's way through a registration; what is said of it is followed by the ticket's code and a calendar entry. */
export const REGISTRATION: Script = [
  { text: '/start bench', replies: 1 },
  ...ANSWERS.map((text, i) => ({ text, replies: i < ANSWERS.length - 1 ? 1 : 3 })),
];

/**
 * Turns of a bot behind its Telegram webhook: an update in over HTTP and acknowledged, its reply out at the Bot API.
 * One guest after another.
 */
export function telegramTurns(api: Api, script: Script): Turns {
  const headers = { 'x-telegram-bot-api-secret-token': BOT.TELEGRAM_WEBHOOK_SECRET };
  let chats = 0;
  let updates = 0;
  const updateOf = (id: number, text: string) => ({
    update_id: ++updates,
    message: {
      message_id: updates,
      date: 0,
      chat: { id, type: 'private', first_name: 'g' },
      from: { id, is_bot: false, first_name: 'g', language_code: 'en' },
      text,
    },
  });
  return (url, conversations, ms) =>
    measure(conversations, ms, async (http, timed) => {
      const post = async (chat: number, text: string) => {
        const { status, body } = await http.post(`${url}/telegram`, updateOf(chat, text), headers);
        if (status !== 200) throw new Error(`expected 200, received ${status} ${body}`);
      };
      return async (goesOn) => {
        while (goesOn()) {
          const chat = ++chats;
          for (const { text, replies } of script)
            await timed(async () => {
              await Promise.all([api.hears(chat, replies), post(chat, text)]);
            });
        }
      };
    });
}
