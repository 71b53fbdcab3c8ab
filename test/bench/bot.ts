import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What every bot of the benchmark is set up with, under the names of the house's settings. */
export const BOT = {
  TELEGRAM_BOT_TOKEN: '1:bench_token_of_a_bot_on_loopback',
  TELEGRAM_MODE: 'webhook',
  TELEGRAM_WEBHOOK_SECRET: 'bench_secret_of_the_webhook',
  PUBLIC_URL: 'https://bench.example',
};

export const BOT_INFO = { id: 1, is_bot: true, first_name: 'bench', username: 'bench_bot' } as const;

/** Serves a yardstick's webhook and tells the parent process where. */
export function serveWebhook(handle: RequestListener): void {
  const server = createServer(handle);
  server.listen(0, '127.0.0.1', () => {
    process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  });
  process.on('disconnect', () => process.exit(0));
}
