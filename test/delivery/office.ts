import { type Delivery, newDelivery, type Sending } from '../../src/domain/delivery.ts';
import type { Account } from '../../src/domain/person.ts';
import { later } from '../domain/examples.ts';
import type { MemoryStores } from '../support/memory-ports.ts';
import { type Send, senderOn } from '../support/sender.ts';
import { type Content, FAIR, House } from '../usecases/house.ts';

export const SENT: Sending = { result: 'sent', messageId: '42' };

/** A house with one guest, a post that answers as it is told, and senders by name. */
export class Office {
  readonly sent: { readonly account: Account; readonly text: string }[] = [];
  answer: Sending | Error = SENT;

  readonly house: House;
  readonly ana: string;

  private constructor(house: House, ana: string) {
    this.house = house;
    this.ana = ana;
  }

  /** With those who registered before ana did. */
  static async open(content: Partial<Content> = {}, before: readonly string[] = []): Promise<Office> {
    const house = await House.with(content);
    for (const person of before) await house.register(person);
    const account = { channel: 'web', bot: 'main', id: 'ana' };
    const { id } = await house.stores.people.ensure(account, 'en', house.clock.now());
    await house.register(id);
    return new Office(house, id);
  }

  readonly send: Send = async (account, { text }) => {
    this.sent.push({ account, text });
    if (this.answer instanceof Error) throw this.answer;
    return this.answer;
  };

  sender(
    name = 'one',
    stores: MemoryStores = this.house.stores,
    send: Send = this.send,
  ): () => Promise<number> {
    const sender = senderOn(stores, { clock: this.house.clock, name, send });
    return () => sender.sendDue();
  }

  async post(given: Partial<Delivery> = {}): Promise<void> {
    const now = this.house.clock.now();
    const row = newDelivery({
      id: 'row',
      person: this.ana,
      kind: 'notice',
      event: FAIR,
      registration: (await this.house.registrationOf(this.ana)).id,
      occasion: null,
      letter: { text: 'It starts soon.' },
      state: 'pending',
      cause: null,
      notBefore: now,
      expiresAt: later(now, 60 * 24),
      leaseUntil: null,
      attempt: null,
      attempts: 0,
      ...given,
    });
    await this.house.stores.deliveries.add([row]);
  }

  async row(id = 'row'): Promise<Delivery> {
    const [found] = await this.house.stores.deliveries.byId([id]);
    if (!found) throw new Error(`expected a row ${id}, received none`);
    return found;
  }
}
