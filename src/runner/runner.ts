import type { Book } from '../conversation/flow.ts';
import type { Draft, Effect, Incoming, Outcome, Reply } from '../conversation/types.ts';
import type { Person } from '../domain/person.ts';
import type { House, Inbound, Inbox, Sessions, Stored } from './ports.ts';
import { newStored, type Step, takeFault, takeMessages, takeNews } from './turns.ts';

const BATCH = 64;
const MESSAGES_PER_BATCH = 512;
const BATCHES_AT_ONCE = 2;
const WAKING_AT_MOST = 50_000;
const NEWS_TRIES = 20;
/** After this long, what another process left undone is taken up. */
export const LEFT_AFTER_MS = 10_000;

interface Known {
  readonly stored: Stored;
  readonly person: Person;
}

/**
 * The way of a message. Conversations are worked on in batches, so that durability costs a few round trips per
 * batch; within a conversation messages keep their order. Correctness rests on the compare-and-set alone: two
 * runners on one store never lose or double a turn.
 */
export class Runner<F> {
  private readonly dirty = new Set<string>();
  private readonly busy = new Set<string>();
  private running = 0;
  private idle: (() => void)[] = [];
  private closing = false;
  private readonly book: Book<F>;
  private readonly inbox: Inbox;
  private readonly sessions: Sessions;
  private readonly house: House<F>;

  constructor(parts: { book: Book<F>; inbox: Inbox; sessions: Sessions; house: House<F> }) {
    this.book = parts.book;
    this.inbox = parts.inbox;
    this.sessions = parts.sessions;
    this.house = parts.house;
  }

  /** Stores messages; resolves once they are durable, which is when a channel may acknowledge them. */
  async accept(messages: readonly Inbound[]): Promise<void> {
    await this.inbox.add(await this.withSeen(messages));
    for (const { conversation } of messages) this.wake(conversation);
  }

  /** What a person had seen when they wrote: without their own word on it, every reply stored by then. */
  private async withSeen(messages: readonly Inbound[]): Promise<readonly Inbound[]> {
    const unclear = messages.filter(({ input }) => isTyped(input) && input.seen === undefined);
    if (unclear.length === 0) return messages;
    const last = await this.sessions.lastReplies([
      ...new Set(unclear.map(({ conversation }) => conversation)),
    ]);
    return messages.map((message) => {
      const { input } = message;
      if (!isTyped(input) || input.seen !== undefined) return message;
      return { ...message, input: { ...input, seen: last.get(message.conversation) ?? 0 } };
    });
  }

  /** Sees to a conversation soon. Beyond a bound it is left to the sweep: nothing is lost, memory stays flat. */
  wake(conversation: string): void {
    if (this.closing || this.dirty.size >= WAKING_AT_MOST) return;
    this.dirty.add(conversation);
    if (this.running < BATCHES_AT_ONCE) void this.work();
  }

  /** Takes up what was left undone by a crash or another process. Returns how many conversations. */
  async recover(): Promise<number> {
    const since = new Date(this.house.now().getTime() - LEFT_AFTER_MS);
    const [waiting, unfinished] = await Promise.all([
      this.inbox.waiting(since, BATCH),
      this.sessions.unfinished(since, BATCH),
    ]);
    const left = new Set([...waiting, ...unfinished]);
    for (const conversation of left) this.wake(conversation);
    return left.size;
  }

  /** Reminds of forms that were left open and drops those that stayed so. Returns how many. */
  async tendForms(): Promise<number> {
    const now = this.house.now();
    const expired = await this.sessions.toExpire(now, BATCH);
    const left = (await this.sessions.toNudge(now, BATCH)).filter((id) => !expired.includes(id));
    for (const id of expired)
      await this.news(id, (stored) => (due(stored.expireAt, now) ? { kind: 'expire' } : undefined));
    for (const id of left)
      await this.news(id, (stored) => (due(stored.nudgeAt, now) ? { kind: 'nudge' } : undefined));
    return expired.length + left.length;
  }

  /** Says something that the person did not ask for, without seizing the chat. Returns the number of its last reply. */
  async notify(conversation: string, drafts: readonly Draft[]): Promise<number> {
    return this.news(conversation, () => ({ kind: 'notice', drafts }));
  }

  /** Resolves when nothing is under way; what is woken later is left to the next start. */
  async close(): Promise<void> {
    this.closing = true;
    await this.settled();
  }

  /** Resolves when every woken conversation has been seen to. */
  async settled(): Promise<void> {
    while (this.running > 0 || this.dirty.size > 0) {
      if (this.running === 0) void this.work();
      await new Promise<void>((resolve) => this.idle.push(resolve));
    }
  }

  private async work(): Promise<void> {
    this.running++;
    for (let batch = this.takeBatch(); batch.length > 0; batch = this.takeBatch()) {
      try {
        await this.see(batch);
      } catch (cause) {
        // Left to the sweep: it is stored, and an outage must not turn into a busy loop.
        this.house.fault('a batch of conversations was left to the sweep', cause);
      }
      for (const id of batch) this.busy.delete(id);
    }
    this.running--;
    if (this.running > 0) return;
    for (const resolve of this.idle.splice(0)) resolve();
  }

  private takeBatch(): string[] {
    const batch: string[] = [];
    for (const id of this.dirty) {
      if (batch.length === BATCH) break;
      if (!this.busy.has(id)) batch.push(id);
    }
    for (const id of batch) {
      this.dirty.delete(id);
      this.busy.add(id);
    }
    return batch;
  }

  private async see(ids: readonly string[]): Promise<void> {
    // Sessions before messages: a message that is open then and not in the session is surely not handled.
    const known = new Map((await this.sessions.load(ids)).map((stored) => [stored.session.id, stored]));
    const messages = await this.inbox.open(ids, MESSAGES_PER_BATCH);
    const people = await this.peopleOf(ids, known, messages);
    const facts = await this.factsOf([...people.values()]);
    const now = this.house.now();
    const steps: Step[] = [];
    const marked: string[] = [];
    for (const [id, person] of people) {
      const mine = messages.filter(({ conversation }) => conversation === id);
      const before = known.get(id) ?? newStored(id, person.id, mine[0]?.lang ?? person.lang, now);
      const taken = this.take(before, mine, this.fact(facts, person), now);
      if (taken) steps.push(taken);
      marked.push(...mine.filter((one) => before.handled.includes(one.id)).map((one) => one.id));
    }
    const done = await this.commit(steps);
    await this.finish(done, marked, now);
    await this.performAll([...leftovers(ids, known, steps), ...done.map(({ next }) => next)], people);
    await this.deliverLeft(ids, known, steps, now);
  }

  private take(before: Stored, messages: readonly Inbound[], facts: F, now: Date): Step | undefined {
    try {
      return takeMessages(this.book, before, messages, facts, now);
    } catch (cause) {
      this.house.fault(`a turn of conversation ${before.session.id} failed`, cause);
      const first = messages.find(({ id }) => !before.handled.includes(id));
      return first && takeFault(this.book, before, first, facts, now);
    }
  }

  private async peopleOf(
    ids: readonly string[],
    known: ReadonlyMap<string, Stored>,
    messages: readonly Inbound[],
  ) {
    const hints = new Map(messages.map(({ conversation, lang }) => [conversation, lang]));
    const needed = ids.filter((id) => known.has(id) || hints.has(id));
    return this.house.people(
      needed.map((id) => ({ id, lang: known.get(id)?.session.lang ?? hints.get(id) ?? 'zh' })),
    );
  }

  private async factsOf(people: readonly Person[]): Promise<Map<string, F>> {
    const unique = [...new Map(people.map((person) => [person.id, person])).values()];
    const facts = await this.house.facts(unique);
    return new Map(unique.flatMap((person, i) => (i in facts ? [[person.id, facts[i] as F]] : [])));
  }

  private fact(facts: ReadonlyMap<string, F>, person: Person): F {
    const known = facts.get(person.id);
    if (known === undefined) throw new Error(`expected facts for person ${person.id}, received none`);
    return known;
  }

  /** Stores steps; those that lost the race are woken again and left out. */
  private async commit(steps: readonly Step[]): Promise<Step[]> {
    if (steps.length === 0) return [];
    const stored = await this.sessions.commit(steps.map(({ next }) => next));
    for (const { next } of steps) if (!stored.has(next.session.id)) this.wake(next.session.id);
    return steps.filter(({ next }) => stored.has(next.session.id));
  }

  /** After the commit: replies leave, messages and replies are marked. */
  private async finish(steps: readonly Step[], marked: readonly string[], now: Date): Promise<void> {
    const handled = [...steps.flatMap((one) => one.handled), ...marked];
    await Promise.all([
      handled.length > 0 ? this.inbox.done(handled, now) : undefined,
      this.send(steps.map(({ next, replies }) => ({ next, replies }))),
    ]);
  }

  private async send(steps: readonly { next: Stored; replies: readonly Reply[] }[]): Promise<void> {
    if (steps.length === 0) return;
    const posts = steps.filter(({ replies }) => replies.length > 0);
    if (posts.length > 0)
      await this.house.deliver(
        posts.map(({ next, replies }) => ({ conversation: next.session.id, replies })),
      );
    await this.sessions.sent(
      steps.map(({ next, replies }) => ({
        id: next.session.id,
        rev: next.rev,
        seqs: replies.map(({ seq }) => seq),
        idle: next.effects.length === 0 && next.outbox.length === replies.length,
      })),
    );
  }

  private async performAll(
    conversations: readonly Stored[],
    people: ReadonlyMap<string, Person>,
  ): Promise<void> {
    const jobs = conversations.flatMap((stored) => {
      const person = people.get(stored.session.id);
      return person ? stored.effects.map((effect) => ({ stored, effect, person })) : [];
    });
    await Promise.all(
      jobs.map(({ stored, effect, person }) => this.performOne(stored.session.id, effect, person)),
    );
    for (const { stored } of jobs) this.wake(stored.session.id);
  }

  private async performOne(id: string, effect: Effect, person: Person): Promise<void> {
    const outcome: Outcome = await this.house.perform(effect, person);
    await this.news(id, (stored) =>
      stored.effects.some((one) => one.id === effect.id) ? { kind: 'outcome', effect, outcome } : undefined,
    );
  }

  /** Replies that nobody sent since long, for example because the process ended: sent from the outbox, not made anew. */
  private async deliverLeft(
    ids: readonly string[],
    known: ReadonlyMap<string, Stored>,
    steps: readonly Step[],
    now: Date,
  ): Promise<void> {
    const stepped = new Set(steps.map(({ next }) => next.session.id));
    const left = ids.flatMap((id) => {
      const stored = known.get(id);
      const old = stored && now.getTime() - stored.touchedAt.getTime() >= LEFT_AFTER_MS;
      return stored && old && !stepped.has(id) && stored.effects.length === 0 ? [stored] : [];
    });
    await this.send(left.map((next) => ({ next, replies: next.outbox })));
  }

  /** Takes news into a conversation, again and again until the compare-and-set holds. Returns the number of the last reply. */
  private async news(id: string, pick: (stored: Stored) => Incoming | undefined): Promise<number> {
    for (let tries = 0; tries < NEWS_TRIES; tries++) {
      const known = await this.knownOf(id);
      const incoming = pick(known.stored);
      if (!incoming) return known.stored.session.seq;
      const facts = this.fact(await this.factsOf([known.person]), known.person);
      const taken = takeNews(this.book, known.stored, incoming, facts, this.house.now());
      const stored = await this.sessions.commit([taken.next]);
      if (!stored.has(id)) continue;
      await this.send([{ next: taken.next, replies: taken.replies }]);
      return taken.next.session.seq;
    }
    throw new Error(
      `expected to store news of conversation ${id} within ${NEWS_TRIES} tries, received a conflict each time`,
    );
  }

  private async knownOf(id: string): Promise<Known> {
    const [stored] = await this.sessions.load([id]);
    const people = await this.house.people([{ id, lang: stored?.session.lang ?? 'zh' }]);
    const person = people.get(id);
    if (!person) throw new Error(`expected a person for conversation ${id}, received none`);
    return { person, stored: stored ?? newStored(id, person.id, person.lang, this.house.now()) };
  }
}

function isTyped(input: Inbound['input']): input is Extract<Inbound['input'], { kind: 'text' | 'file' }> {
  return input.kind === 'text' || input.kind === 'file';
}

function due(at: Date | null, now: Date): boolean {
  return at !== null && at <= now;
}

/** Conversations whose effects were left by an earlier turn and that took no step now. */
function leftovers(
  ids: readonly string[],
  known: ReadonlyMap<string, Stored>,
  steps: readonly Step[],
): Stored[] {
  const stepped = new Set(steps.map(({ next }) => next.session.id));
  return ids.flatMap((id) => {
    const stored = known.get(id);
    return stored && !stepped.has(id) && stored.effects.length > 0 ? [stored] : [];
  });
}
