import { book } from '../../flows/book.ts';
import { letters } from '../../flows/letters.ts';
import type { Incoming, Input, Reply } from '../../src/conversation/types.ts';
import { readTicketCode } from '../../src/documents/ticket.ts';
import { conversationOf, type Person } from '../../src/domain/person.ts';
import type { Lang } from '../../src/text/text.ts';
import type { Facts } from '../../src/usecases/load-facts.ts';
import { makeVerbs } from '../../src/usecases/verbs.ts';
import { memoryStores } from '../support/memory-ports.ts';
import { PLAIN_LANES } from '../support/notice-ports.ts';
import { type Send, senderOn } from '../support/sender.ts';
import { Chat, newSession } from '../support/talk.ts';
import type { Heard, Replay } from './dialogue.ts';
import { happen, NOW, type SceneName, setScene, type Verbs } from './scenes.ts';

const ACCOUNT = { channel: 'web', bot: 'main', id: 'guest' };
const SECRET = 'a secret of 32 characters or more';
const ticketCodes = { read: (code: string) => readTicketCode(SECRET, code) };
/** Longer than anything waits before it is sent. */
const PATIENCE_MS = 60_000;

/** The chat with the book alone: real use cases on a store in memory, no runner and no channel. */
export class MemoryReplay implements Replay {
  readonly stores = memoryStores();
  private now = NOW;
  private readonly clock = { now: () => this.now };
  readonly verbs: Verbs = makeVerbs({
    ...this.stores,
    clock: this.clock,
    letters,
    ...PLAIN_LANES,
    ticketCodes,
  });
  private readonly chat: Chat<Facts>;
  private readonly lang: Lang;

  private constructor(lang: Lang) {
    this.lang = lang;
    // Facts are loaded before every turn.
    this.chat = new Chat<Facts>(book, undefined as unknown as Facts, lang);
    this.chat.session = newSession(lang, conversationOf(ACCOUNT));
  }

  static async in(scene: SceneName, lang: Lang): Promise<MemoryReplay> {
    const replay = new MemoryReplay(lang);
    await setScene(replay, scene);
    return replay;
  }

  say(text: string): Promise<Heard[]> {
    return this.send({ kind: 'text', text, seen: this.chat.session.seq });
  }

  open(payload: string): Promise<Heard[]> {
    return this.send({ kind: 'start', payload });
  }

  sendFile(name: string): Promise<Heard[]> {
    return this.send({ kind: 'file', name, type: 'application/pdf', size: 1_000 });
  }

  press(label: string): Promise<Heard[]> {
    const reply = this.chat.heard.findLast(({ choices }) => choices?.some((one) => one.label === label));
    const index = reply?.choices?.findIndex((one) => one.label === label) ?? -1;
    if (!reply?.prompt) throw new Error(`expected a button “${label}”, heard ${this.chat.last.text}`);
    return this.send({ kind: 'pick', prompt: reply.prompt, index });
  }

  /** Something happens, and whatever letter it brings is sent. */
  async meanwhile(what: string): Promise<Heard[]> {
    const before = this.chat.heard.length;
    if (!(await happen(this, what))) return [];
    this.now = new Date(this.now.getTime() + PATIENCE_MS);
    for (const { id } of await this.stores.occasions.due(this.now, 100)) await this.verbs.fireOccasion(id);
    const send: Send = async (account, { text, choices }) => {
      if (account.id === ACCOUNT.id)
        await this.take({ kind: 'notice', drafts: [{ kind: 'card', text, ...(choices && { choices }) }] });
      return { result: 'sent', messageId: 'sent' };
    };
    await senderOn(this.stores, { clock: this.clock, send }).sendDue();
    return this.chat.heard.slice(before).map(asHeard);
  }

  private async send(input: Input): Promise<Heard[]> {
    const before = this.chat.heard.length;
    await this.take(input);
    return this.chat.heard.slice(before).map(asHeard);
  }

  private async take(incoming: Incoming): Promise<void> {
    const person = await this.person();
    const [facts] = await this.verbs.loadFacts([person]);
    if (!facts) throw new Error('expected facts, received none');
    this.chat.facts = facts;
    const before = this.chat.effects.length;
    this.chat.take(incoming);
    for (const effect of this.chat.effects.slice(before)) {
      const outcome = await this.verbs.performEffect(effect, person.id);
      await this.take({ kind: 'outcome', effect, outcome });
    }
  }

  private person(): Promise<Person> {
    return this.stores.people.ensure(ACCOUNT, this.lang, this.now);
  }
}

function asHeard({ text, choices, file }: Reply): Heard {
  return { text, choices: choices?.map(({ label }) => label) ?? [], ...(file && { file: file.name }) };
}
