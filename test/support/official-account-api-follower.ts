import type { OfficialAccountApi, Seen } from './official-account-api.ts';
import { document, seal, sign, textOf, unseal } from './official-account-api-wire.ts';

type Fields = Readonly<Record<string, string | number>>;
type Query = Record<string, string>;

export interface FollowerParts {
  readonly api: OfficialAccountApi;
  /** Where the account is called: the whole address, or only a path when `fetch` is the house itself. */
  readonly url: string;
  readonly fetch?: (url: string, init?: RequestInit) => Promise<Response> | Response;
  readonly appId: string;
  readonly token: string;
  readonly aesKey?: string;
  readonly openid?: string;
  now(): Date;
}

/** A call of the platform, ready to be sent or tampered with. */
export interface Call {
  readonly query: Query;
  readonly body: string;
}

let people = 0;

/** A person who uses an account in WeChat, with the platform in between: it signs, posts and shows the answer. */
export class Follower {
  readonly openid: string;
  private readonly parts: FollowerParts;
  private said = 0;

  constructor(parts: FollowerParts) {
    this.parts = parts;
    people += 1;
    this.openid = parts.openid ?? `oFollower_${people}-x`;
  }

  /** Everything that was seen so far, in order. */
  get chat(): readonly Seen[] {
    return this.parts.api.chat(this.openid);
  }

  says = (text: string) => this.sends('text', { Content: text });
  sendsFile = (name: string, size = 1_000) => this.sends('file', { Title: name, FileTotalLen: size });
  sendsPicture = (bytes: Uint8Array) =>
    this.sends('image', { PicUrl: 'http://x/', MediaId: this.parts.api.receive(bytes) });
  clicks = (key: string) => this.does('CLICK', { EventKey: key });
  follows = (scene?: string) =>
    this.does('subscribe', { EventKey: scene === undefined ? '' : `qrscene_${scene}`, Ticket: 'ticket' });
  leaves = () => this.does('unsubscribe', { EventKey: '' });
  scans = (scene: string) => this.does('SCAN', { EventKey: scene, Ticket: 'ticket' });

  sends(type: string, fields: Fields = {}): Promise<Response> {
    return this.post(this.call(this.message(type, { ...fields, MsgId: this.nextId() })));
  }

  does(event: string, fields: Fields = {}): Promise<Response> {
    return this.post(this.call(this.message('event', { Event: event, ...fields })));
  }

  /** A message as the platform writes it down. No two of a person are of the same second. */
  message(type: string, fields: Fields): Fields {
    this.said += 1;
    const seconds = Math.floor(this.parts.now().getTime() / 1000) + this.said;
    return {
      ToUserName: 'gh_account',
      FromUserName: this.openid,
      CreateTime: seconds,
      MsgType: type,
      ...fields,
    };
  }

  /** Signs a message, and seals it when the account is in safe mode. Each call is signed anew. */
  call(message: Fields | string): Call {
    const { token, aesKey, appId } = this.parts;
    const xml = typeof message === 'string' ? message : document(message);
    const { timestamp, nonce } = this.stamp();
    const query = { signature: sign(token, timestamp, nonce), timestamp, nonce, openid: this.openid };
    if (!aesKey) return { query, body: xml };
    const sealed = seal(xml, aesKey, appId);
    const signature = sign(token, timestamp, nonce, sealed);
    return {
      query: { ...query, encrypt_type: 'aes', msg_signature: signature },
      body: document({ ToUserName: 'gh_account', Encrypt: sealed }),
    };
  }

  /** What the platform asks when the address is entered. */
  async verify(echo: string, tampered: Query = {}): Promise<Response> {
    const { timestamp, nonce } = this.stamp();
    const signature = sign(this.parts.token, timestamp, nonce);
    return this.fetch({ signature, timestamp, nonce, echostr: echo, ...tampered });
  }

  /** Sends a call; what is answered to it is shown in the chat. */
  async post({ query, body }: Call): Promise<Response> {
    const response = await this.fetch(query, { method: 'POST', body });
    const text = this.read(await response.clone().text());
    if (text !== undefined) this.parts.api.show(this.openid, { way: 'passive', text });
    return response;
  }

  private async fetch(query: Query, init?: RequestInit): Promise<Response> {
    const address = `${this.parts.url}?${new URLSearchParams(query)}`;
    return (this.parts.fetch ?? fetch)(address, init);
  }

  private read(answer: string): string | undefined {
    const { aesKey, appId, token } = this.parts;
    if (!answer.startsWith('<xml>')) return undefined;
    if (!aesKey) return this.shown(answer);
    const field = (tag: string) => textOf(answer, tag) ?? '';
    const expected = sign(token, field('TimeStamp'), field('Nonce'), field('Encrypt'));
    if (field('MsgSignature') !== expected)
      throw new Error('expected a signed answer, received a forged one');
    return this.shown(unseal(field('Encrypt'), aesKey, appId));
  }

  /** The platform shows only a text for this very person. */
  private shown(xml: string): string | undefined {
    if (textOf(xml, 'ToUserName') !== this.openid || textOf(xml, 'MsgType') !== 'text')
      throw new Error(`expected a text for ${this.openid}, received ${xml}`);
    return textOf(xml, 'Content');
  }

  private stamp(): { timestamp: string; nonce: string } {
    return {
      timestamp: String(Math.floor(this.parts.now().getTime() / 1000)),
      nonce: crypto.randomUUID().slice(0, 10),
    };
  }

  private nextId(): number {
    return 24_000_000_000_000 + this.said + 1;
  }
}
