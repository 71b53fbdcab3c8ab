import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

// One answer for every method: it reads as a message and as the bot itself.
const ANSWER = JSON.stringify({
  ok: true,
  result: {
    message_id: 1,
    date: 0,
    chat: { id: 1, type: 'private' },
    id: 1,
    is_bot: true,
    first_name: 'bench',
    username: 'bench_bot',
  },
});
const PATIENCE_MS = 15_000;

export interface Api {
  readonly url: string;
  /** Resolves when so many messages more have been sent to this chat. */
  hears(chat: number, messages: number): Promise<void>;
  close(): void;
}

/** A Bot API that takes every message at once and tells who was written to. */
export function startApi(): Promise<Api> {
  const waiting = new Map<number, { left: number; done: () => void }>();

  const hears = (chat: number, messages: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const late = `expected ${messages} messages to chat ${chat} within ${PATIENCE_MS} ms, received fewer`;
      const timer = setTimeout(() => reject(new Error(late)), PATIENCE_MS);
      const done = () => {
        clearTimeout(timer);
        waiting.delete(chat);
        resolve();
      };
      waiting.set(chat, { left: messages, done });
    });

  const heard = (body: string): void => {
    const one = waiting.get(chatOf(body));
    if (one && --one.left === 0) one.done();
  };

  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('latin1');
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.once('end', () => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(ANSWER);
      if (request.url?.includes('/send')) heard(body);
    });
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      const close = () => {
        server.closeAllConnections();
        server.close();
      };
      resolve({ url: `http://127.0.0.1:${port}`, hears, close });
    });
  });
}

/** The chat that a message goes to, as JSON or as a form with a file in it. */
const chatOf = (body: string): number => Number(/chat_id"\D{1,8}(\d+)/u.exec(body)?.[1]);
