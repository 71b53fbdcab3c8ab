import type { Incoming } from '../conversation/types.ts';
import type { Person } from '../domain/person.ts';
import { type Exchange, type ExchangeParts, factOf, postOf } from './exchange.ts';
import type { Post, Stored } from './ports.ts';
import { newStored, type Step, takeLostOutcome, takeNews, takeNotice } from './turns.ts';

const NEWS_TRIES = 20;

/** What the house has to tell a conversation, decided when its state is known; undefined: nothing any more. */
export interface News {
  readonly id: string;
  readonly pick: (stored: Stored) => Incoming | undefined;
  /** Its replies are for the caller to send: they stand in no outbox. */
  readonly unsent?: true;
}

interface Picked {
  readonly news: News;
  readonly person: Person;
  readonly before: Stored;
  readonly incoming: Incoming | undefined;
}

/** Tells conversations what did not come from their person: outcomes, notices, nudges, expiries. */
export class Newsroom<F> {
  private readonly parts: ExchangeParts<F>;
  private readonly exchange: Exchange<F>;

  constructor(parts: ExchangeParts<F>, exchange: Exchange<F>) {
    this.parts = parts;
    this.exchange = exchange;
  }

  /** Takes news into conversations together, each again and again until its compare-and-set holds. Returns what each came to. */
  async tellAll(all: readonly News[]): Promise<ReadonlyMap<News, Post>> {
    const posts = new Map<News, Post>();
    let open = all;
    for (let tries = 0; open.length > 0; tries++) {
      if (tries >= NEWS_TRIES + all.length) {
        throw new Error(
          `expected to store news of ${open.length} conversations within ${tries} tries, received conflicts each time`,
        );
      }
      const round = open.filter(({ id }, i) => open.findIndex((one) => one.id === id) === i);
      const told = await this.tell(round);
      for (const news of round) {
        const post = told.get(news.id);
        if (post) posts.set(news, post);
      }
      open = open.filter((news) => !posts.has(news));
    }
    return posts;
  }

  /** One round of news, at most one per conversation. Returns what was told to those whose news were taken. */
  private async tell(round: readonly News[]): Promise<Map<string, Post>> {
    const picked = await this.pickAll(round);
    // What a notice says is ready. Facts of everybody whom it goes to would cost far more than telling it.
    const asking = picked.filter(({ incoming }) => incoming && incoming.kind !== 'notice');
    const facts = await this.exchange.factsOf(asking.map(({ person }) => person));
    const now = this.parts.house.now();
    const nothing = new Map<string, Post>();
    const unsent = new Set<Step>();
    const steps = picked.flatMap(({ news, person, before, incoming }) => {
      if (!incoming) {
        nothing.set(news.id, { conversation: news.id, lang: before.session.lang, replies: [] });
        return [];
      }
      const step =
        incoming.kind === 'notice'
          ? takeNotice(this.parts.book, before, incoming.drafts, now)
          : this.takeNews(before, incoming, factOf(facts, person), now);
      if (!news.unsent) return [step];
      const held = { ...step, next: { ...step.next, outbox: before.outbox } };
      unsent.add(held);
      return [held];
    });
    const stored = await this.exchange.commit(steps);
    const taken = steps.filter(({ next }) => stored.has(next.session.id));
    await this.exchange.send(taken.filter((step) => !unsent.has(step)));
    return new Map([...nothing, ...taken.map((step) => [step.next.session.id, postOf(step)] as const)]);
  }

  /** Conversations as they stand, with what each is to be told. */
  private async pickAll(round: readonly News[]): Promise<Picked[]> {
    const { sessions, house } = this.parts;
    const found = await sessions.load(round.map(({ id }) => id));
    const known = new Map(found.map((stored) => [stored.session.id, stored]));
    const people = await house.people(
      round.map(({ id }) => ({ id, lang: known.get(id)?.session.lang ?? 'zh' })),
    );
    return round.map((news) => {
      const { id } = news;
      const person = people.get(id);
      if (!person) throw new Error(`expected a person for conversation ${id}, received none`);
      const stored = known.get(id) ?? newStored(id, person.id, person.lang, house.now());
      const before = this.exchange.undelivered(stored);
      return { news, person, before, incoming: news.pick(before) };
    });
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
