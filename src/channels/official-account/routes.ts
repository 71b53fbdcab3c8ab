import { type Context, Hono } from 'hono';
import { sizeLimit } from '../body.ts';
import type { Front, Input, Lang } from '../channel.ts';
import type { Crypt } from './crypt.ts';
import type { Door, Query, Refusal } from './door.ts';
import type { FetchMedia } from './media.ts';
import { idOf, type Message, meaningOf } from './messages.ts';
import { signatureOf } from './signature.ts';
import type { Slots } from './slots.ts';
import type { Wait } from './wait.ts';
import { writeXml } from './xml.ts';

const BODY_MAX = 256 * 1024;
/** The platform gives up at 5 seconds. */
const PASSIVE_MS = 4_500;
/** What is fetched first must leave time to answer. */
const MEDIA_MS = 3_000;
const NOTHING_TO_SAY = 'success';

export interface RouteParts {
  readonly path: string;
  readonly token: string;
  readonly door: Door;
  readonly slots: Slots;
  readonly crypt: Crypt | undefined;
  readonly front: Pick<Front, 'accept' | 'fault' | 'keep' | 'now' | 'reachable'>;
  readonly fetchMedia: FetchMedia;
  readonly wait: Wait;
  readonly lang: Lang;
  conversationOf(account: string): string;
  /** Whether nothing new is taken any more. */
  isClosed(): boolean;
}

const UNREADABLE =
  'expected a message, received a signed call that holds none; in safe mode (安全模式) set WECHAT_OA_AES_KEY';

const STATUS: Readonly<Record<Refusal, 400 | 403 | 413>> = {
  unsigned: 403,
  forged: 403,
  expired: 403,
  replayed: 403,
  unreadable: 400,
  too_large: 413,
};

/** Where the platform calls: once to see that the address is right, then with each message. */
export function officialRoutes(parts: RouteParts): Hono {
  const { path, door } = parts;
  const app = new Hono();
  const refuse = (c: Context, refusal: Refusal) => c.body(null, STATUS[refusal]);
  const tooLarge = (c: Context) => refuse(c, door.count('too_large'));

  app.get(path, (c) => {
    const refusal = door.verify(queryOf(c));
    return refusal ? refuse(c, refusal) : c.text(c.req.query('echostr') ?? '');
  });

  app.post(
    path,
    sizeLimit(() => BODY_MAX, tooLarge),
    async (c) => {
      if (parts.isClosed()) return c.body(null, 503);
      const query = queryOf(c);
      const message = door.open(query, await c.req.text());
      if (message === 'unreadable') parts.front.fault(UNREADABLE, message);
      if (typeof message === 'string') return refuse(c, message);
      try {
        const text = await answerTo(message, c.req.raw.signal, parts);
        if (text === undefined) return c.text(NOTHING_TO_SAY);
        return c.body(written(text, message, parts), 200, { 'Content-Type': 'text/xml; charset=utf-8' });
      } catch (cause) {
        door.forget(query);
        parts.front.fault('a message was not taken; the platform will send it again', cause);
        return c.body(null, 500);
      }
    },
  );

  return app;
}

function queryOf(c: Context): Query {
  const { signature, timestamp, nonce, msg_signature } = c.req.query();
  return { signature, timestamp, nonce, msgSignature: msg_signature };
}

/** Takes a message and waits a while for what is said to it. */
async function answerTo(message: Message, gone: AbortSignal, parts: RouteParts): Promise<string | undefined> {
  const { front, slots, wait, lang, conversationOf } = parts;
  const account = message.FromUserName;
  const conversation = conversationOf(account);
  const { input: said, follows, media } = meaningOf(message);
  // The platform counts from its call, not from when the message is stored.
  const done = new AbortController();
  const late = wait(PASSIVE_MS, done.signal);
  const left = new Promise((resolve) => gone.addEventListener('abort', resolve, { once: true }));
  try {
    if (follows !== undefined) await front.reachable(conversation, follows);
    if (!said) return undefined;
    const id = `${conversation}/${idOf(message)}`;
    const input = media === undefined ? said : await withMedia(said, conversation, media, parts);
    await front.accept([{ id, conversation, lang, input, arrivedAt: front.now() }]);
    return await slots.wait(account, id, Promise.race([late, left]));
  } finally {
    done.abort();
  }
}

/** A picture with its bytes in the house. */
async function withMedia(
  said: Input,
  conversation: string,
  media: string,
  { front, fetchMedia }: RouteParts,
): Promise<Input> {
  if (said.kind !== 'file') return said;
  const { name, type } = said;
  const announced = { conversation, key: media, name, type, withinMs: MEDIA_MS };
  return front.keep(announced, (signal) => fetchMedia(media, signal));
}

/** A text as the answer to a message, sealed if messages are. */
function written(
  text: string,
  { FromUserName, ToUserName }: Message,
  { crypt, front, token }: RouteParts,
): string {
  const seconds = Math.floor(front.now().getTime() / 1000);
  const plain = writeXml({
    ToUserName: FromUserName,
    FromUserName: ToUserName,
    CreateTime: seconds,
    MsgType: 'text',
    Content: text,
  });
  if (!crypt) return plain;
  const sealed = crypt.seal(plain);
  const nonce = crypto.randomUUID();
  const signature = signatureOf([token, String(seconds), nonce, sealed]);
  return writeXml({ Encrypt: sealed, MsgSignature: signature, TimeStamp: seconds, Nonce: nonce });
}
