import { type Context, Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { RateLimiterMemory } from 'rate-limiter-flexible';
import { z } from 'zod';
import { isForm, parseJson, sizeLimit } from '../body.ts';
import { FILE_MAX_BYTES } from '../download.ts';
import { Gate } from '../gate.ts';
import { fileOf, headersOf, linkPath } from './links.ts';
import type { Mail } from './mail.ts';
import {
  EXPECTED,
  type FileMessage,
  readFileMessage,
  readMessage,
  sessionRequestSchema,
  writeReply,
} from './messages.ts';
import type { WebHouse } from './ports.ts';
import type { Proofs } from './token.ts';
import { conversationOfVisitor, type Visited, type VisitorDoor } from './visitors.ts';

const MESSAGES_AT_ONCE = 200;
const JSON_MAX_BYTES = 128 * 1024;
const FORM_MAX_BYTES = FILE_MAX_BYTES + 64 * 1024;
/** Its bytes are here already: what takes time is the turn of other files. */
const KEEP_MS = 30_000;
/** Each lies in memory until it is kept. */
const UPLOADS_AT_ONCE = 8;

export interface WebParts {
  readonly house: WebHouse;
  readonly mail: Mail;
  readonly proofs: Proofs;
  readonly door: VisitorDoor;
  /** Messages per visitor, and new visitors per address. */
  readonly limits: { readonly messages: RateLimiterMemory; readonly visitors: RateLimiterMemory };
}

const fetchSchema = z.object({
  after: z.coerce.number().int().min(0).default(0),
  wait: z.coerce.number().min(0).max(25).default(0),
});

/** The web chat's protocol: sessions, messages in, replies out, files. */
export function webRoutes({ house, mail, proofs, door, limits }: WebParts): Hono {
  const app = new Hono<Visited>();
  const { langOf, refuse, turnAway, known, tooMany } = door;
  const link = linkPath(proofs, house.now);

  const uploads = new Gate(UPLOADS_AT_ONCE);
  const readUpload = async (c: Context, conversation: string) => {
    const form = await c.req.formData().catch(() => undefined);
    const message = form && readFileMessage(form);
    return message && keepUpload(house, conversation, message);
  };

  const tooLarge = (c: Context) => refuse(c, 413, 'too_large');
  const jsonOnly = sizeLimit(() => JSON_MAX_BYTES, tooLarge);
  const jsonOrForm = sizeLimit((c) => (isForm(c) ? FORM_MAX_BYTES : JSON_MAX_BYTES), tooLarge);

  app.post('/api/chat/session', jsonOnly, async (c) => {
    const refused = await tooMany(c, limits.visitors, addressOf(c));
    if (refused) return refused;
    const text = await c.req.text();
    const wanted = sessionRequestSchema.safeParse(text === '' ? {} : parseJson(text));
    if (!wanted.success) return refuse(c, 400, 'malformed', { expected: "{lang?: 'zh' | 'en'}" });
    const { account, token } = proofs.newVisitor();
    const conversation = conversationOfVisitor(account);
    const person = await house.welcome(conversation, wanted.data.lang ?? langOf(c));
    mail.begin(conversation);
    return c.json({ token, person }, 201);
  });

  app.use('/api/chat/messages', known);
  app.use('/api/chat/events', known);

  app.post('/api/chat/messages', jsonOrForm, async (c) => {
    const conversation = c.get('conversation');
    const refused = await tooMany(c, limits.messages, conversation);
    if (refused) return refused;
    const message = await (isForm(c)
      ? uploads.run(() => readUpload(c, conversation))
      : c.req.text().then((text) => readMessage(parseJson(text))));
    if (message === 'too-long') return refuse(c, 413, 'too_large');
    if (!message) return refuse(c, 400, 'malformed', { expected: EXPECTED });
    const { id, input } = message;
    const row = { id: `${conversation}/${id}`, conversation, lang: langOf(c), input, arrivedAt: house.now() };
    await house.accept(row);
    return c.json({}, 202);
  });

  app.get('/api/chat/messages', async (c) => {
    const conversation = c.get('conversation');
    const query = fetchSchema.safeParse(c.req.query());
    if (!query.success) return refuse(c, 400, 'malformed', { expected: '?after=<0…>&wait=<0–25>' });
    const { after, wait } = query.data;
    const replies = await mail.after(
      conversation,
      after,
      MESSAGES_AT_ONCE,
      wait * 1000,
      () => c.req.raw.signal,
    );
    return c.json({ messages: replies.map((reply) => writeReply(reply, link)) });
  });

  app.get('/api/chat/events', (c) => {
    const conversation = c.get('conversation');
    const from = fetchSchema.safeParse({ after: c.req.header('last-event-id') ?? c.req.query('after') });
    if (!from.success) return refuse(c, 400, 'malformed', { expected: '?after=<0…>' });
    // What fails ends the stream; a browser opens it again and is told what the matter is.
    const onError = async () => {};
    return streamSSE(
      c,
      async (stream) => {
        let seq = from.data.after;
        while (!stream.aborted && !mail.isClosed) {
          const replies = await mail.after(
            conversation,
            seq,
            MESSAGES_AT_ONCE,
            25_000,
            () => c.req.raw.signal,
          );
          for (const reply of replies)
            await stream.writeSSE({ id: String(reply.seq), data: JSON.stringify(writeReply(reply, link)) });
          if (replies.length === 0) await stream.write(': waiting\n\n');
          seq = replies.at(-1)?.seq ?? seq;
        }
      },
      onError,
    );
  });

  app.get('/files/:sealed/:name', async (c) => {
    const file = fileOf(proofs.open(c.req.param('sealed'), house.now()));
    if (!file) return turnAway(c, 410, 'link_expired');
    const bytes = await house.openFile(file);
    if (!bytes) return turnAway(c, 404, 'file_gone');
    return c.body(new Uint8Array(bytes).buffer, 200, headersOf(file));
  });

  return new Hono().route('/', app);
}

/** Stores the file of a message: the same message again finds it there. */
async function keepUpload({ keep }: WebHouse, conversation: string, { id, input, file }: FileMessage) {
  const { name, type, size, seen } = input;
  const announced = { conversation, key: id, name, type, size, withinMs: KEEP_MS };
  const kept = await keep(announced, async () => new Uint8Array(await file.arrayBuffer()));
  return { id, input: { ...kept, ...(seen !== undefined && { seen }) } };
}

/** The address of the other side of the connection; the server puts it into the environment. */
function addressOf(c: Context): string {
  const incoming = (c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)?.incoming;
  return incoming?.socket?.remoteAddress ?? 'unknown';
}
