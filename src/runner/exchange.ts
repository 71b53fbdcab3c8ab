import type { Book } from '../conversation/flow.ts';
import type { Reply } from '../conversation/types.ts';
import type { Person } from '../domain/person.ts';
import type { Marks } from './marks.ts';
import type { House, Inbox, Post, Sessions, Stored } from './ports.ts';
import type { Step } from './turns.ts';

export interface ExchangeParts<F> {
  readonly book: Book<F>;
  readonly inbox: Inbox;
  readonly sessions: Sessions;
  readonly house: House<F>;
  readonly marks: Marks;
}

/** What every turn goes through, whatever it takes: facts before it, compare-and-set and sending after it. */
export class Exchange<F> {
  private readonly parts: ExchangeParts<F>;

  constructor(parts: ExchangeParts<F>) {
    this.parts = parts;
  }

  /** Facts by person. */
  async factsOf(people: readonly Person[]): Promise<Map<string, F>> {
    const unique = [...new Map(people.map((person) => [person.id, person])).values()];
    const facts = unique.length > 0 ? await this.parts.house.facts(unique) : [];
    return new Map(facts.map((fact, i) => [unique[i]?.id ?? '', fact]));
  }

  /** Without the replies that were delivered and not yet marked so: the next commit drops them. */
  undelivered(stored: Stored): Stored {
    const delivered = this.parts.marks.deliveredOf(stored.session.id);
    return delivered.length === 0
      ? stored
      : { ...stored, outbox: stored.outbox.filter(({ seq }) => !delivered.includes(seq)) };
  }

  /** Stores turns by compare-and-set. Returns the conversations whose turn was stored. */
  async commit(steps: readonly Step[]): Promise<ReadonlySet<string>> {
    return steps.length > 0 ? this.parts.sessions.commit(steps.map(({ next }) => next)) : new Set();
  }

  /** After the commit: replies leave, and what is done is marked. */
  async send(steps: readonly Step[]): Promise<void> {
    const { house, marks } = this.parts;
    const stepOf = new Map<Post, Step>();
    for (const step of steps) {
      marks.messages(step.handled);
      if (step.replies.length > 0) stepOf.set(postOf(step), step);
      else this.markSent(step);
    }
    if (stepOf.size === 0) return;
    await house.deliver([...stepOf.keys()], (post) => {
      const step = stepOf.get(post);
      if (step) this.markSent(step);
    });
  }

  private markSent({ next, replies }: Step): void {
    this.parts.marks.replies(next.session.id, next.rev, seqsOf(replies), isIdle(next, replies));
  }
}

/** What a turn says, as it leaves. */
export const postOf = ({ next: { session }, replies }: Step): Post => ({
  conversation: session.id,
  lang: session.lang,
  replies,
});

const seqsOf = (replies: readonly Reply[]): number[] => replies.map(({ seq }) => seq);

/** Nothing is left to be done once these replies are delivered. */
function isIdle(next: Stored, replies: readonly Reply[]): boolean {
  return next.effects.length === 0 && next.outbox.every((reply) => replies.includes(reply));
}

export function factOf<F>(facts: ReadonlyMap<string, F>, person: Person): F {
  const known = facts.get(person.id);
  if (known === undefined) throw new Error(`expected facts for person ${person.id}, received none`);
  return known;
}
