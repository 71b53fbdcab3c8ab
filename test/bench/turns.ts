import { type Client, client } from './http.ts';

export interface Figure {
  readonly turns: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p95: number;
}

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

/** Turns of the house: a message in over HTTP, stored, its reply stored and fetched. One registration after another. */
export function houseTurns(url: string, conversations: number, ms: number): Promise<Figure> {
  return measure(conversations, ms, async (http, timed) => {
    const texts = ['1', 'Guest of honour', 'University Office', '1', 'skip', 'skip', '1', '1'];
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
        for (const text of texts) await turn({ text });
      }
    };
  });
}

/** Turns of the yardstick: an update in over HTTP, handled, its reply made. */
export function wizardTurns(url: string, conversations: number, ms: number): Promise<Figure> {
  let chats = 0;
  let updates = 0;
  return measure(conversations, ms, async (http, timed) => {
    const id = ++chats;
    const chat = { id, type: 'private', first_name: 'g' };
    return async (goesOn) => {
      while (goesOn()) {
        await timed(async () => {
          const update = ++updates;
          const message = {
            message_id: update,
            date: 0,
            chat,
            from: { id, is_bot: false, first_name: 'g' },
            text: 'an answer',
          };
          const answer = await http.post(`${url}/telegram`, { update_id: update, message });
          if (answer.status !== 200)
            throw new Error(`expected 200, received ${answer.status} ${answer.body}`);
        });
      }
    };
  });
}
