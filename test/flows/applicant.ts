import { book } from '../../flows/book.ts';
import type { Incoming, Input, Reply } from '../../src/conversation/types.ts';
import type { Lang } from '../../src/text/text.ts';
import type { Facts } from '../../src/usecases/load-facts.ts';
import { Chat, newSession } from '../support/talk.ts';
import type { House } from '../usecases/house.ts';

/** Somebody who chats with the book over the real use cases, on a store in memory. */
export class Applicant {
  readonly chat: Chat<Facts>;
  /** Happens once, after the next answer was taken and before it is kept. */
  meanwhile: (() => Promise<void>) | undefined;
  private readonly house: House;
  private readonly name: string;

  constructor(house: House, name: string, lang: Lang = 'en', account = name) {
    this.house = house;
    this.name = name;
    // Facts are loaded before every turn.
    this.chat = new Chat<Facts>(book, undefined as unknown as Facts, lang);
    this.chat.session = newSession(lang, `web:main:${account}`);
  }

  async say(...texts: string[]): Promise<string[]> {
    let heard: readonly Reply[] = [];
    for (const text of texts) heard = await this.send({ kind: 'text', text });
    return heard.map(({ text }) => text);
  }

  async sendFile(given: Partial<Extract<Input, { kind: 'file' }>>): Promise<string[]> {
    const file = { kind: 'file' as const, name: 'deck.pdf', type: 'application/pdf', size: 10, ...given };
    return (await this.send(file)).map(({ text }) => text);
  }

  async press(wanted: string): Promise<string[]> {
    const reply = this.chat.heard.findLast(({ choices }) => choices?.some((one) => one.label === wanted));
    const index = reply?.choices?.findIndex((one) => one.label === wanted) ?? -1;
    if (!reply?.prompt) throw new Error(`expected a choice “${wanted}”, heard ${this.chat.last.text}`);
    return (await this.send({ kind: 'pick', prompt: reply.prompt, index })).map(({ text }) => text);
  }

  private async send(input: Input): Promise<readonly Reply[]> {
    const before = this.chat.heard.length;
    await this.take(input);
    return this.chat.heard.slice(before);
  }

  private async take(incoming: Incoming): Promise<void> {
    const person = {
      id: this.name,
      accounts: [],
      lang: this.chat.session.lang,
      langChosen: true,
      notices: true,
      shut: [],
      createdAt: this.house.clock.now(),
    };
    const [facts] = await this.house.verbs.loadFacts([person]);
    if (!facts) throw new Error('expected facts, received none');
    this.chat.facts = facts;
    const before = this.chat.effects.length;
    this.chat.take(incoming);
    for (const effect of this.chat.effects.slice(before)) {
      const { meanwhile } = this;
      this.meanwhile = undefined;
      await meanwhile?.();
      const outcome = await this.house.verbs.performEffect(effect, this.name);
      await this.take({ kind: 'outcome', effect, outcome });
    }
  }
}
