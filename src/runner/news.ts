import type { Incoming } from '../conversation/types.ts';
import { type Exchange, type ExchangeParts, factOf } from './exchange.ts';
import type { Stored } from './ports.ts';
import { newStored, type Step, takeLostOutcome, takeNews } from './turns.ts';

const NEWS_TRIES = 20;

/** What the house has to tell a conversation, decided when its state is known; undefined: nothing any more. */
export interface News {
  readonly id: string;
  readonly pick: (stored: Stored) => Incoming | undefined;
}

/** Tells conversations what did not come from their person: outcomes, notices, nudges, expiries. */
export class Newsroom<F> {
  private readonly parts: ExchangeParts<F>;
  private readonly exchange: Exchange<F>;

  constructor(parts: ExchangeParts<F>, exchange: Exchange<F>) {
    this.parts = parts;
    this.exchange = exchange;
  }

  /** Takes news into conversations together, each again and again until its compare-and-set holds. Returns their last replies. */
  async tellAll(all: readonly News[]): Promise<ReadonlyMap<string, number>> {
    const last = new Map<string, number>();
    let open = all;
    for (let tries = 0; open.length > 0; tries++) {
      if (tries >= NEWS_TRIES + all.length) {
        throw new Error(
          `expected to store news of ${open.length} conversations within ${tries} tries, received conflicts each time`,
        );
      }
      const round = open.filter(({ id }, i) => open.findIndex((one) => one.id === id) === i);
      const told = await this.tell(round);
      for (const [id, seq] of told) last.set(id, seq);
      open = open.filter((news) => !(round.includes(news) && told.has(news.id)));
    }
    return last;
  }

  /** One round of news, at most one per conversation. Returns the last replies of those whose news were taken. */
  private async tell(round: readonly News[]): Promise<Map<string, number>> {
    const { sessions, house } = this.parts;
    const found = await sessions.load(round.map(({ id }) => id));
    const known = new Map(found.map((stored) => [stored.session.id, stored]));
    const people = await house.people(
      round.map(({ id }) => ({ id, lang: known.get(id)?.session.lang ?? 'zh' })),
    );
    const facts = await this.exchange.factsOf([...people.values()]);
    const now = house.now();
    const nothing = new Map<string, number>();
    const steps = round.flatMap(({ id, pick }) => {
      const person = people.get(id);
      if (!person) throw new Error(`expected a person for conversation ${id}, received none`);
      const before = this.exchange.undelivered(known.get(id) ?? newStored(id, person.id, person.lang, now));
      const incoming = pick(before);
      if (incoming) return [this.takeNews(before, incoming, factOf(facts, person), now)];
      nothing.set(id, before.session.seq);
      return [];
    });
    const stored = await this.exchange.commit(steps);
    const taken = steps.filter(({ next }) => stored.has(next.session.id));
    await this.exchange.send(taken);
    return new Map([...nothing, ...taken.map(({ next }) => [next.session.id, next.session.seq] as const)]);
  }

  /** An outcome that cannot be told must neither hold up those of others nor be tried for ever. */
  private takeNews(before: Stored, incoming: Incoming, facts: F, now: Date): Step {
    const { book, house } = this.parts;
    try {
      return takeNews(book, before, incoming, facts, now);
    } catch (cause) {
      if (incoming.kind !== 'outcome') throw cause;
      house.fault(`an outcome could not be told to conversation ${before.session.id}`, cause);
      return takeLostOutcome(book, before, incoming.effect, facts, now);
    }
  }
}
