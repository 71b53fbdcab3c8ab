import { createReadStream } from 'node:fs';
import { Agent } from 'node:https';
import { Telegram } from 'telegraf';
import type { Telegram as Methods, Opts } from 'telegraf/types';
import { z } from 'zod';
import { readFile } from '../download.ts';

/** How a call failed, as far as it matters to whoever called. */
export type Trouble =
  /** Telegram said no. */
  | {
      readonly kind: 'answered';
      readonly code: number;
      readonly description: string;
      readonly retryAfterMs?: number;
      /** The group goes on under this chat id. */
      readonly movedTo?: string;
    }
  /** Nothing was sent. */
  | { readonly kind: 'not-sent'; readonly code: string }
  /** It may have arrived. */
  | { readonly kind: 'unsure'; readonly code: string };

/**
 * A call that failed. It has no cause: the errors beneath it hold the token in their addresses, and the words of
 * the person who was written to.
 */
export class CallFailed extends Error {
  override readonly name = 'CallFailed';
  readonly trouble: Trouble;

  constructor(message: string, trouble: Trouble) {
    super(message);
    this.trouble = trouble;
  }
}

export interface ApiOptions {
  readonly token: string;
  readonly apiRoot: string;
  readonly callMs: number;
}

/** Shorter than the 75 seconds after which servers hang up: a call on a dead connection would be left unsure. */
const IDLE_MS = 20_000;

/** The Bot API: every call ends within its time, and no error tells the token. */
export class BotApi {
  private readonly client: Telegram;
  private readonly options: ApiOptions;
  private readonly underWay = new Map<AbortController, Promise<unknown>>();

  constructor(options: ApiOptions) {
    this.options = options;
    this.client = new Telegram(options.token, {
      // Telegraf resolves its paths against the root: without the slash the root would lose its last part.
      apiRoot: options.apiRoot.replace(/\/*$/u, '/'),
      agent: new Agent({ keepAlive: true, timeout: IDLE_MS, scheduling: 'lifo' }),
      webhookReply: false,
    });
  }

  /** Calls a method; ends after `ms`, or when `signal` says so. Throws CallFailed and nothing else. */
  async call<M extends keyof Methods>(
    method: M,
    payload: Opts<M>,
    { ms = this.options.callMs, signal }: { ms?: number; signal?: AbortSignal } = {},
  ): Promise<ReturnType<Methods[M]>> {
    const abort = new AbortController();
    const end = () => abort.abort();
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end, { once: true });
    if (signal?.aborted) end();
    const answer = this.client.callApi(method, payload, { signal: abort.signal as never });
    this.underWay.set(abort, answer);
    try {
      return await answer;
    } catch (error) {
      throw this.failed(method, error);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      this.underWay.delete(abort);
    }
  }

  /** The bytes of a file that was sent to the bot. Throws CallFailed, or the signal's reason. */
  async download(id: string, signal: AbortSignal): Promise<Uint8Array | 'too_big'> {
    try {
      const found = fileSchema.parse(await this.call('getFile', { file_id: id }, { signal }));
      return await this.tracked(signal, (any) => this.bytesAt(found.file_path, any));
    } catch (error) {
      if (!(error instanceof CallFailed)) throw this.failed('download', error);
      if (error.trouble.kind === 'answered' && TOO_BIG.test(error.trouble.description)) return 'too_big';
      throw error;
    }
  }

  private async bytesAt(path: string, signal: AbortSignal): Promise<Uint8Array | 'too_big'> {
    const { apiRoot, token } = this.options;
    // A Bot API server of one's own, on this machine, may name its files on the disk that it shares with us.
    if (path.startsWith('/') && new URL(apiRoot).host !== TELEGRAM)
      return readFile(createReadStream(path, { signal }));
    const parts = path.split('/').map(encodeURIComponent);
    const address = `${apiRoot.replace(/\/*$/u, '')}/file/bot${token}/${parts.join('/')}`;
    const response = await fetch(address, { signal, redirect: 'error' });
    if (!response.ok || !response.body) throw new Error(`expected a file, received HTTP ${response.status}`);
    return readFile(response.body);
  }

  /** Counts work among what is under way. */
  private async tracked<T>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const abort = new AbortController();
    const done = work(AbortSignal.any([signal, abort.signal]));
    this.underWay.set(abort, done);
    return done.finally(() => this.underWay.delete(abort));
  }

  /** Resolves when the calls that are under way have ended. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.underWay.values());
  }

  /** Ends every call under way; what it asked for may have happened. */
  abortAll(): void {
    for (const abort of this.underWay.keys()) abort.abort();
  }

  private failed(method: string, error: unknown): CallFailed {
    const text = error instanceof Error ? error.message : String(error);
    return new CallFailed(`Telegram's ${method} failed: ${this.scrub(text)}`, troubleOf(error));
  }

  private scrub(text: string): string {
    const { token } = this.options;
    const secret = token.slice(token.indexOf(':') + 1);
    return text.replaceAll(token, '[token]').replaceAll(secret, '[token]');
  }
}

const TELEGRAM = 'api.telegram.org';
const TOO_BIG = /file is too big/iu;
const fileSchema = z.object({ file_path: z.string().min(1).max(1_024) });

interface Raised {
  readonly name?: string;
  readonly message?: string;
  readonly code?: unknown;
  readonly response?: {
    readonly error_code?: number;
    readonly description?: string;
    readonly parameters?: { readonly retry_after?: number; readonly migrate_to_chat_id?: number };
  };
}

const NEVER_LEFT =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EMFILE|ERR_TLS_.*|ERR_INVALID_URL|CERT_.*|.*SELF_SIGNED_CERT.*|UNABLE_TO_.*)$/u;
/** Said of a connection that was never made; empty when every address of a name was tried in vain. */
const NEVER_CONNECTED = /reason: (?:$|connect |getaddrinfo |.*before secure TLS connection)/u;

function troubleOf(error: unknown): Trouble {
  const { name, message = '', code, response } = (error ?? {}) as Raised;
  if (response?.error_code !== undefined && response.error_code < 500) {
    const { retry_after, migrate_to_chat_id } = response.parameters ?? {};
    return {
      kind: 'answered',
      code: response.error_code,
      description: response.description ?? '',
      ...(retry_after !== undefined && { retryAfterMs: retry_after * 1_000 }),
      ...(migrate_to_chat_id !== undefined && { movedTo: String(migrate_to_chat_id) }),
    };
  }
  if (response) return { kind: 'unsure', code: String(response.error_code) };
  if (name === 'AbortError') return { kind: 'unsure', code: 'timeout' };
  const named = typeof code === 'string' ? code : 'unreadable answer';
  const left = !NEVER_LEFT.test(named) && !NEVER_CONNECTED.test(message);
  return { kind: left ? 'unsure' : 'not-sent', code: named };
}
