import type { Inbound } from '../../runner/ports.ts';
import type { Front } from '../channel.ts';
import type { BotApi } from './api.ts';
import { type FileAt, read } from './read.ts';
import type { Self } from './rooms.ts';
import { numberOf, updateSchema } from './updates.ts';

/** How long the download of a file may take; its person is told to send it again then. */
const FILE_MS = 10_000;

/** A message, with the file in it that is to be fetched first. */
interface Arrived {
  readonly inbound: Inbound;
  readonly file?: FileAt;
}

/** Takes updates in, wherever they came from: first into the house, then whoever pressed a button is told. */
export class Intake {
  private readonly api: BotApi;
  private readonly front: Front;
  private readonly conversationOf: (chat: string) => string;
  private readonly underWay = new Set<Promise<void>>();
  private self: Self | undefined;
  private closed = false;

  constructor(api: BotApi, front: Front, conversationOf: (chat: string) => string) {
    this.api = api;
    this.front = front;
    this.conversationOf = conversationOf;
  }

  /** From now on it is known what name the bot is called by. */
  open(self: Self): void {
    this.self = self;
  }

  /** Whether updates are taken now: not before it is known who the bot is, and not while it stops. */
  get isOpen(): boolean {
    return !this.closed && this.self !== undefined;
  }

  /** Resolves once everything that the updates say is durable. Until then none may be acknowledged. */
  take(updates: readonly unknown[]): Promise<void> {
    if (this.closed || !this.self)
      return Promise.reject(new Error('expected to be open for updates, received one before or after'));
    return this.track(this.takeAll(updates, this.self));
  }

  /** Takes nothing new; resolves when what is under way has ended. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.allSettled(this.underWay);
  }

  private async takeAll(updates: readonly unknown[], self: Self): Promise<void> {
    const { front } = this;
    const pressed: string[] = [];
    let messages: Arrived[] = [];
    const store = async () => {
      const stored = messages;
      messages = [];
      await this.store(stored);
    };
    for (const raw of updates) {
      for (const one of this.readRaw(raw, self)) {
        if (one.kind === 'pressed') pressed.push(one.callback);
        else if (one.kind === 'input')
          messages.push({ inbound: this.inbound(one, numberOf(raw)), ...(one.file && { file: one.file }) });
        else {
          // A chat's messages before it moved belong to its old name.
          await store();
          if (one.kind === 'moved')
            await front.moved(this.conversationOf(one.from), this.conversationOf(one.to));
          else await front.reachable(this.conversationOf(one.chat), one.yes);
        }
      }
    }
    await store();
    for (const id of pressed) this.acknowledge(id);
  }

  /** Stores messages. Where files are to be fetched first, their chats wait for them, and no other does. */
  private async store(messages: readonly Arrived[]): Promise<void> {
    const slow = new Set(messages.flatMap(({ inbound, file }) => (file ? inbound.conversation : [])));
    const isSlow = ({ inbound }: Arrived) => slow.has(inbound.conversation);
    const accept = async (ready: readonly Inbound[]) => {
      if (ready.length > 0) await this.front.accept(ready);
    };
    const quick = messages.filter((one) => !isSlow(one)).map(({ inbound }) => inbound);
    const fetched = Promise.all(messages.filter(isSlow).map((one) => this.withFile(one)));
    await Promise.all([accept(quick), fetched.then(accept)]);
  }

  private async withFile({ inbound, file }: Arrived): Promise<Inbound> {
    const { conversation, input } = inbound;
    if (!file || input.kind !== 'file') return inbound;
    const { name, type } = input;
    const { id, key, size } = file;
    const announced = {
      conversation,
      key,
      name,
      type,
      withinMs: FILE_MS,
      ...(size !== undefined && { size }),
    };
    return {
      ...inbound,
      input: await this.front.keep(announced, (signal) => this.api.download(id, signal)),
    };
  }

  private readRaw(raw: unknown, self: Self) {
    const parsed = updateSchema.safeParse(raw);
    if (parsed.success) return read(parsed.data, self);
    // Where it differs and no more of it: it holds what a person wrote.
    const paths = parsed.error.issues.map(({ path }) => path.join('.')).join(', ');
    const expected = `expected a Telegram update as documented, received another ${paths} in ${numberOf(raw)}`;
    this.front.fault('a Telegram update could not be read and was passed over', new Error(expected));
    return [];
  }

  private inbound(
    { chat, lang, input }: Pick<Inbound, 'lang' | 'input'> & { chat: string },
    number = 0,
  ): Inbound {
    const conversation = this.conversationOf(chat);
    return { id: `${conversation}/u${number}`, conversation, lang, input, arrivedAt: this.front.now() };
  }

  /** The button stops turning. When that fails, or comes too late, it stops by itself. */
  private acknowledge(callback: string): void {
    const told = this.api.call('answerCallbackQuery', { callback_query_id: callback });
    void this.track(told.then(ignore, ignore));
  }

  private track(work: Promise<void>): Promise<void> {
    this.underWay.add(work);
    const forget = () => this.underWay.delete(work);
    work.then(forget, forget);
    return work;
  }
}

const ignore = (): void => {};
