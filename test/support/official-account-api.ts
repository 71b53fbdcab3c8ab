import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a person sees in the chat of an account. */
export interface Seen {
  readonly way: 'passive' | 'service';
  readonly text?: string;
  readonly image?: { readonly name: string; readonly bytes: Uint8Array };
}

/** What goes wrong: a return code, or something worse. */
export type Trouble = number | 'reset' | 'hang' | 'garbage' | 'bad gateway';

interface Grant {
  readonly appId: string;
  readonly forced: boolean;
}

const SECRET = 'app-secret';

/** The platform's API on loopback: grants tokens, takes messages and pictures, and shows them to people. */
export class OfficialAccountApi {
  static readonly secret = SECRET;
  readonly grants: Grant[] = [];
  readonly menus = new Map<string, unknown>();
  readonly calls: string[] = [];
  private readonly tokens = new Map<string, string>();
  private readonly media = new Map<string, NonNullable<Seen['image']>>();
  private readonly pictures = new Map<string, Uint8Array>();
  private readonly chats = new Map<string, Seen[]>();
  private readonly troubles = new Map<string, Trouble[]>();
  private readonly server: Server;
  private readonly stalled: ServerResponse[] = [];
  private onStall: () => void = () => undefined;

  private constructor() {
    this.server = createServer((request, response) => void this.take(request, response));
  }

  static async open(): Promise<OfficialAccountApi> {
    const api = new OfficialAccountApi();
    await new Promise<void>((resolve) => api.server.listen(0, '127.0.0.1', resolve));
    return api;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The next calls of a path go wrong. */
  fail(path: string, ...troubles: readonly Trouble[]): void {
    this.troubles.set(path, [...(this.troubles.get(path) ?? []), ...troubles]);
  }

  /** Resolves when a call hangs. */
  stall(): Promise<void> {
    return this.stalled.length > 0
      ? Promise.resolve()
      : new Promise((resolve) => {
          this.onStall = resolve;
        });
  }

  /** Every token so far is void, though nobody was told. */
  expireTokens(): void {
    this.tokens.clear();
  }

  /** What a person has seen so far, in order. */
  chat(openid: string): readonly Seen[] {
    return this.chats.get(openid) ?? [];
  }

  /** A picture that somebody sends: the platform keeps it under a name. */
  receive(bytes: Uint8Array): string {
    const id = `picture_${this.pictures.size + 1}`;
    this.pictures.set(id, bytes);
    return id;
  }

  show(openid: string, seen: Seen): void {
    this.chats.set(openid, [...this.chat(openid), seen]);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    this.calls.push(url.pathname);
    const body = await bytesOf(request);
    const trouble = this.troubles.get(url.pathname)?.shift();
    if (trouble === 'reset') return void request.socket.destroy();
    if (trouble === 'hang') {
      this.stalled.push(response);
      return this.onStall();
    }
    if (trouble === 'garbage') return void response.end('<html>');
    if (trouble === 'bad gateway') return void response.writeHead(502).end();
    const answer = trouble === undefined ? await this.answer(url, request, body) : { errcode: trouble };
    if (answer instanceof Uint8Array) response.setHeader('Content-Type', 'image/jpeg').end(answer);
    else response.setHeader('Content-Type', 'application/json').end(JSON.stringify(answer));
  }

  private async answer(url: URL, request: IncomingMessage, body: Buffer): Promise<object> {
    if (url.pathname === '/cgi-bin/stable_token') return this.grant(JSON.parse(body.toString()));
    const token = url.searchParams.get('access_token') ?? '';
    const appId = [...this.tokens].find(([, valid]) => valid === token)?.[0];
    if (!appId) return { errcode: 40001, errmsg: `invalid credential ${token}` };
    if (url.pathname === '/cgi-bin/menu/create') {
      this.menus.set(appId, JSON.parse(body.toString()));
      return { errcode: 0, errmsg: 'ok' };
    }
    if (url.pathname === '/cgi-bin/media/get')
      return this.pictures.get(url.searchParams.get('media_id') ?? '') ?? { errcode: 40007 };
    if (url.pathname === '/cgi-bin/media/upload') return this.upload(request, body);
    if (url.pathname === '/cgi-bin/message/custom/send') return this.deliver(JSON.parse(body.toString()));
    return { errcode: 40066 };
  }

  private grant(asked: {
    appid: string;
    secret: string;
    force_refresh: boolean;
    grant_type: string;
  }): object {
    if (asked.secret !== SECRET) return { errcode: 40125, errmsg: `invalid appsecret ${asked.secret}` };
    if (asked.grant_type !== 'client_credential') return { errcode: 40002 };
    this.grants.push({ appId: asked.appid, forced: asked.force_refresh });
    const known = asked.force_refresh ? undefined : this.tokens.get(asked.appid);
    const token = known ?? `token-${asked.appid}-${this.grants.length}`;
    this.tokens.set(asked.appid, token);
    return { access_token: token, expires_in: 7_200 };
  }

  private async upload(request: IncomingMessage, body: Buffer): Promise<object> {
    const type = request.headers['content-type'] ?? '';
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
    const file = form.get('media');
    if (!(file instanceof File)) return { errcode: 41005 };
    const id = `media-${this.media.size + 1}`;
    this.media.set(id, { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
    return { type: 'image', media_id: id, created_at: 1 };
  }

  private deliver(sent: {
    touser: string;
    msgtype: string;
    text?: { content: string };
    image?: { media_id: string };
  }): object {
    const text = sent.text?.content;
    if (sent.msgtype === 'text' && text) {
      if (Buffer.byteLength(text) > 2_048) return { errcode: 45002 };
      this.show(sent.touser, { way: 'service', text });
      return { errcode: 0, errmsg: 'ok' };
    }
    const image = this.media.get(sent.image?.media_id ?? '');
    if (!image) return { errcode: 40007 };
    this.show(sent.touser, { way: 'service', image });
    return { errcode: 0, errmsg: 'ok' };
  }
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
