import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Chats, Refusal, type Shown } from './telegram-api-chats.ts';
import { type Fault, type FaultPlan, Faults } from './telegram-api-faults.ts';
import { type Call, readCall } from './telegram-api-form.ts';
import { SendLimits } from './telegram-api-limits.ts';
import { TelegramPerson } from './telegram-api-person.ts';
import { Updates } from './telegram-api-updates.ts';

export interface ApiOptions {
  readonly token?: string;
  readonly username?: string;
  /** Whether Telegram's limits of sending hold (default no), by this clock in milliseconds. */
  readonly limits?: boolean;
  readonly now?: () => number;
  /** How long until an update that was not taken is posted again (default 20 ms). */
  readonly retryMs?: number;
}

/** What a download is called among the methods. */
const DOWNLOAD = 'file';
const DOWNLOAD_MAX = 20 * 1024 * 1024;
const TEXT_OF: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden: bot was blocked by the user',
  429: 'Too Many Requests: retry after 1',
  500: 'Internal Server Error',
};

/** Telegram's Bot API with its people and chats, in this process and on loopback. */
export class TelegramApi {
  readonly token: string;
  readonly user: { id: number; is_bot: true; first_name: string; username: string };
  readonly updates: Updates;
  /** Names of the methods called, in order. */
  readonly calls: string[] = [];
  /** Menus of commands by language; the one for everybody else under '', that of a chat under its id. */
  readonly menus = new Map<string, unknown>();
  /** What the limits of sending let through, where they hold. */
  readonly limits: Pick<SendLimits, 'calls' | 'refused'> | undefined;
  private readonly server: Server;
  private readonly faults = new Faults();
  private readonly chats: Chats;
  private readonly files = new Map<string, Uint8Array>();
  private readonly callbacks = new Set<string>();
  private waiting: { readonly is: () => boolean; readonly resolve: () => void }[] = [];
  private lastId = 0;
  private lastPerson = 1_000;

  private constructor({ token, username, limits, now, retryMs }: ApiOptions) {
    this.token = token ?? '4242:AAStubTokenOfNobody-0123456789';
    this.user = {
      id: Number(this.token.split(':')[0]),
      is_bot: true,
      first_name: 'Luyan',
      username: username ?? 'luyan_bot',
    };
    this.updates = new Updates(retryMs ?? 20, () => this.changed());
    const held = limits ? new SendLimits(now ?? (() => performance.now())) : undefined;
    this.limits = held;
    this.chats = new Chats(held, () => this.newMessage());
    this.server = createServer((request, response) => {
      // Whoever hangs up in the middle of a call gets no answer.
      this.serve(request, response).catch(() => response.destroy());
    });
    this.server.keepAliveTimeout = 60_000;
  }

  static async open(options: ApiOptions = {}): Promise<TelegramApi> {
    const api = new TelegramApi(options);
    await new Promise<void>((resolve) => api.server.listen(0, '127.0.0.1', resolve));
    return api;
  }

  /** The address for TELEGRAM_API_ROOT. */
  get root(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.updates.close();
    await new Promise((resolve) => {
      this.server.close(resolve);
      this.server.closeAllConnections();
    });
  }

  /** Somebody who has opened a chat with the bot. */
  person(lang: string | undefined = 'zh-hans', id: number = ++this.lastPerson): TelegramPerson {
    this.chats.open(String(id));
    return new TelegramPerson(this, id, lang);
  }

  /** A group with the bot in it; returns its chat id. */
  group(): string {
    const id = `-100${++this.lastPerson}`;
    this.chats.open(id);
    return id;
  }

  /** A group becomes a supergroup, under another id, which is returned. */
  migrate(group: string): string {
    const moved = this.group();
    this.chats.open(group).movedTo = Number(moved);
    const chat = { id: Number(group), type: 'group', title: 'Group' };
    const message = { message_id: this.newMessage(), date: 0, chat, migrate_to_chat_id: Number(moved) };
    this.updates.add({ message });
    return moved;
  }

  /** Lets coming calls fail. */
  fail(fault: Fault, plan: FaultPlan = {}): void {
    this.faults.add(fault, plan);
  }

  healFaults(): void {
    this.faults.clear();
  }

  /** What the bot wrote in a chat: a message that was sent twice stands there twice. */
  shownIn(chat: string): readonly Shown[] {
    return this.chats.shownIn(chat);
  }

  /** How many messages of the bot were accepted, per chat. */
  get counts(): ReadonlyMap<string, number> {
    return this.chats.counts;
  }

  /** Presses that were not answered yet. */
  get turning(): number {
    return this.callbacks.size;
  }

  /** Resolves once a condition holds; it is looked at after each call and each update that is confirmed. */
  until(is: () => boolean): Promise<void> {
    if (is()) return Promise.resolve();
    return new Promise((resolve) => {
      this.waiting.push({ is, resolve });
    });
  }

  /** Resolves once the bot has taken every update. */
  taken(): Promise<void> {
    return this.until(() => this.updates.open === 0);
  }

  setBlocked(chat: string, blocked: boolean): void {
    this.chats.open(chat).blocked = blocked;
  }

  newMessage(): number {
    return ++this.lastId;
  }

  newCallback(): string {
    const id = `c${++this.lastId}`;
    this.callbacks.add(id);
    return id;
  }

  /** A file on Telegram's servers: these bytes, or so many. */
  newFile(bytes: Uint8Array | number): string {
    const id = `f${++this.lastId}`;
    this.files.set(id, typeof bytes === 'number' ? Buffer.alloc(bytes) : bytes);
    return id;
  }

  private changed(): void {
    if (this.waiting.length === 0) return;
    const met = this.waiting.filter(({ is }) => is());
    this.waiting = this.waiting.filter((one) => !met.includes(one));
    for (const { resolve } of met) resolve();
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const {
      file,
      token,
      rest = '',
    } = /^\/(?<file>file\/)?bot(?<token>[^/]+)\/(?<rest>.+)$/u.exec(request.url ?? '')?.groups ?? {};
    if (token !== this.token) return answer(response, refused(new Refusal(401, 'Unauthorized')));
    this.calls.push(file ? DOWNLOAD : rest);
    if (file) return this.download(rest, request, response);
    try {
      const call = readCall(request.headers['content-type'] ?? '', body);
      const fault = this.faults.take(rest, String(call.fields.chat_id ?? ''));
      if (fault) await this.runInto(fault, rest, call, request, response);
      else answer(response, { ok: true, result: await this.perform(rest, call) });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      answer(response, refused(error));
    }
    this.changed();
  }

  private async runInto(
    fault: Fault,
    method: string,
    call: Call,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    if (fault.is === 'refused')
      throw new Refusal(fault.code, fault.description ?? TEXT_OF[fault.code] ?? 'No', fault.parameters);
    if (fault.is !== 'reset' || fault.counted) await this.perform(method, call);
    if (fault.is === 'reset') request.socket.resetAndDestroy();
    if (fault.is === 'garbled') response.end('<html>Bad gateway</html>');
  }

  private async perform(method: string, call: Call): Promise<unknown> {
    const { fields } = call;
    switch (method) {
      case 'sendMessage':
      case 'sendPhoto':
      case 'sendDocument':
        return this.chats.show(method, call);
      case 'getUpdates':
        return this.getUpdates(fields);
      case 'answerCallbackQuery':
        if (!this.callbacks.delete(String(fields.callback_query_id)))
          throw new Refusal(
            400,
            'Bad Request: query is too old and response timeout expired or query ID is invalid',
          );
        return true;
      case 'editMessageText':
        return this.chats.edit(fields);
      case 'getMe':
        return this.user;
      case 'setWebhook':
        return this.setWebhook(fields);
      case 'deleteWebhook':
        this.updates.webhook = undefined;
        return true;
      case 'setMyCommands':
        this.menus.set(menuKey(fields), fields.commands);
        return true;
      case 'deleteMyCommands':
        this.menus.delete(menuKey(fields));
        return true;
      case 'getFile':
        return this.getFile(String(fields.file_id));
      default:
        throw new Refusal(404, 'Not Found');
    }
  }

  private async getUpdates({ offset, limit, timeout, allowed_updates }: Call['fields']): Promise<unknown> {
    if (Array.isArray(allowed_updates)) this.updates.allowed = allowed_updates as string[];
    const waitMs = Number(timeout ?? 0) * 1_000;
    const updates = await this.updates.fetch(Number(offset ?? 0), Number(limit ?? 100), waitMs);
    if (updates !== 'conflict') return updates;
    throw new Refusal(409, 'Conflict: terminated by other getUpdates request, or a webhook is active');
  }

  private setWebhook({ url, secret_token, allowed_updates }: Call['fields']): true {
    const address = String(url);
    if (!/^https?:/u.test(address)) throw new Refusal(400, 'Bad Request: bad webhook: invalid url');
    if (Array.isArray(allowed_updates)) this.updates.allowed = allowed_updates as string[];
    this.updates.webhook = { url: address, secret: String(secret_token ?? '') };
    return true;
  }

  private getFile(id: string): unknown {
    const size = this.files.get(id)?.length;
    if (size === undefined) throw new Refusal(400, 'Bad Request: invalid file_id');
    if (size > DOWNLOAD_MAX) throw new Refusal(400, 'Bad Request: file is too big');
    return { file_id: id, file_unique_id: id, file_size: size, file_path: `files/${id}` };
  }

  /** Faults of a download are those of the method `file`; one that is refused is so by its code. */
  private download(path: string, request: IncomingMessage, response: ServerResponse): void {
    const fault = this.faults.take(DOWNLOAD, '');
    const bytes = this.files.get(path.replace('files/', ''));
    if (fault?.is === 'reset') request.socket.resetAndDestroy();
    else if (fault?.is === 'refused' || !bytes)
      response.writeHead(fault?.is === 'refused' ? fault.code : 404).end();
    else if (fault?.is !== 'silent') response.end(bytes);
    this.changed();
  }
}

function menuKey({ scope, language_code }: Call['fields']): string {
  const { type, chat_id } = (scope ?? {}) as { type?: string; chat_id?: unknown };
  return type === 'chat' ? String(chat_id) : String(language_code ?? '');
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const refused = ({ code, message, parameters }: Refusal) => ({
  ok: false,
  error_code: code,
  description: message,
  ...(parameters && { parameters }),
});

function answer(response: ServerResponse, body: object): void {
  const status = 'error_code' in body ? Number(body.error_code) : 200;
  const text = JSON.stringify(body);
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
  response.writeHead(status, headers).end(text);
}
