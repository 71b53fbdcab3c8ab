import { z } from 'zod';
import { readFile } from '../download.ts';

/**
 * What became of a call. `unsent`: it surely did not arrive, with the code if that was for want of a token.
 * `unsure`: it may have.
 */
export type Answer =
  | { readonly kind: 'done'; readonly data: Readonly<Record<string, unknown>> }
  | { readonly kind: 'error'; readonly code: number }
  | { readonly kind: 'unsent'; readonly cause: string; readonly code?: number }
  | { readonly kind: 'unsure'; readonly cause: string };
export type Failure = Exclude<Answer, { kind: 'done' }>;

/** A picture that the platform keeps. */
export interface Downloaded {
  readonly kind: 'picture';
  readonly bytes: Uint8Array | 'too_big';
}

const answerSchema = z.looseObject({ errcode: z.int().default(0) });

/** Before these the request had not left. */
const BEFORE_IT_LEFT =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_.*|ERR_TLS_.*|.*_CERT|.*_CERT_.*|UNABLE_TO_.*)$/u;

export interface ApiParts {
  readonly root: string;
  readonly timeoutMs: number;
}

/** Calls the platform's API. What it returns never holds a token or a secret. */
export class Api {
  private readonly parts: ApiParts;
  private readonly running = new Set<AbortController>();

  constructor(parts: ApiParts) {
    this.parts = parts;
  }

  post(path: string, body: object, query: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const form = body instanceof FormData;
    const request = {
      method: 'POST',
      body: form ? body : JSON.stringify(body),
      ...(!form && { headers: { 'Content-Type': 'application/json; charset=utf-8' } }),
    };
    return this.call(path, query, request, readAnswer);
  }

  /** Gets a picture. An error comes as JSON in its place. */
  downloadPicture(
    path: string,
    query: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<Answer | Downloaded> {
    return this.call(path, query, { signal }, async (response) => {
      const isPicture = response.headers.get('content-type')?.startsWith('image/') ?? false;
      if (!response.ok || !response.body || !isPicture) return readAnswer(response);
      return { kind: 'picture' as const, bytes: await readFile(response.body) };
    });
  }

  private async call<A>(
    path: string,
    query: Readonly<Record<string, string>>,
    request: RequestInit,
    read: (response: Response) => Promise<A>,
  ): Promise<A | Failure> {
    const url = new URL(this.parts.root.replace(/\/$/u, '') + path);
    url.search = new URLSearchParams(query).toString();
    const running = new AbortController();
    const timer = setTimeout(() => running.abort(), this.parts.timeoutMs);
    this.running.add(running);
    const signal = request.signal ? AbortSignal.any([running.signal, request.signal]) : running.signal;
    try {
      // A redirect would carry the token elsewhere.
      return await read(await fetch(url, { ...request, redirect: 'error', signal }));
    } catch (cause) {
      return failureOf(cause);
    } finally {
      clearTimeout(timer);
      this.running.delete(running);
    }
  }

  /** Gives up what is still under way. */
  close(): void {
    for (const one of this.running) one.abort();
  }
}

async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  if (!response.ok) return { kind: 'unsure', cause: `HTTP ${response.status}` };
  const read = answerSchema.safeParse(parsed(text));
  if (!read.success) return { kind: 'unsure', cause: 'an answer that is not of the API' };
  const { errcode, ...data } = read.data;
  return errcode === 0 ? { kind: 'done', data } : { kind: 'error', code: errcode };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Only the code of an error is told: its message could quote the address, which holds the token. */
function failureOf(error: unknown): Failure {
  if (error instanceof Error && error.name === 'AbortError') return { kind: 'unsure', cause: 'timeout' };
  const code = codeOf(error) ?? codeOf((error as { cause?: unknown }).cause) ?? 'unknown';
  return BEFORE_IT_LEFT.test(code)
    ? { kind: 'unsent', cause: `network: ${code}` }
    : { kind: 'unsure', cause: `network: ${code}` };
}

const codeSchema = z.object({ code: z.string() });
const codeOf = (error: unknown): string | undefined => codeSchema.safeParse(error).data?.code;
