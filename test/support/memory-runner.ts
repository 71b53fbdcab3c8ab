import { isDeepStrictEqual } from 'node:util';
import type { Book } from '../../src/conversation/flow.ts';
import type { Effect, Input, Outcome, Reply } from '../../src/conversation/types.ts';
import type { Person } from '../../src/domain/person.ts';
import type { House, Inbound, Inbox, Sessions, Stored } from '../../src/runner/ports.ts';
import { Runner } from '../../src/runner/runner.ts';
import type { Lang } from '../../src/text/text.ts';
import { by, Table } from './memory-table.ts';

interface InboxRow extends Inbound {
  readonly order: number;
  readonly open: boolean;
}

export function memoryInbox(): Inbox {
  const table = new Table<InboxRow>();
  let order = 0;
  return {
    async add(messages) {
      for (const message of messages) table.insert({ ...message, order: ++order, open: true });
    },
    open: async (conversations, limit) =>
      table
        .where((row) => row.open && conversations.includes(row.conversation))
        .sort(by(({ order: place }) => place))
        .sort(by(({ arrivedAt }) => arrivedAt.getTime()))
        .slice(0, limit)
        .map(({ order: _order, open: _open, ...message }) => message),
    async done(ids) {
      table.update(
        ids,
        () => true,
        () => ({ open: false }),
      );
    },
    async waiting(since, limit) {
      const rows = table
        .where((row) => row.open && row.arrivedAt <= since)
        .sort(by(({ arrivedAt }) => arrivedAt.getTime()))
        .slice(0, limit);
      return [...new Set(rows.map(({ conversation }) => conversation))];
    },
  };
}

interface SessionRow extends Stored {
  readonly id: string;
  readonly work: boolean;
}

export interface MemorySessions extends Sessions {
  all(): Stored[];
  /** How often somebody lost a race. */
  conflicts(): number;
}

/** Compare-and-set on `rev`, as the store does it. */
export function memorySessions(): MemorySessions {
  const table = new Table<SessionRow>();
  let conflicts = 0;
  const plain = ({ id: _id, work: _work, ...stored }: SessionRow): Stored => stored;
  const due = (at: (row: SessionRow) => Date | null, now: Date, limit: number) =>
    table
      .where((row) => (at(row) ?? now) <= now && at(row) !== null)
      .sort(by((row) => at(row)?.getTime() ?? 0))
      .slice(0, limit)
      .map(({ id }) => id);
  return {
    all: () => table.where(() => true).map(plain),
    conflicts: () => conflicts,
    load: async (ids) => table.some(ids).map(plain),
    lastReplies: async (ids) => new Map(table.some(ids).map(({ id, session }) => [id, session.seq])),
    async commit(changes) {
      const stored = changes.filter((change) => {
        const id = change.session.id;
        const row = { ...change, id, work: change.effects.length > 0 || change.outbox.length > 0 };
        if (change.rev === 1) return table.insert(row);
        return (
          table.update(
            [id],
            ({ rev }) => rev === change.rev - 1,
            () => row,
          ) === 1
        );
      });
      conflicts += changes.length - stored.length;
      return new Set(stored.map(({ session }) => session.id));
    },
    async sent(marks) {
      for (const { id, rev, seqs, idle } of marks) {
        const isIdle = (row: SessionRow) => idle && row.rev === rev;
        const emptied = table.update([id], isIdle, () => ({ outbox: [], work: false, rev: rev + 1 }));
        if (emptied > 0) continue;
        table.update(
          [id],
          ({ outbox }) => outbox.some(({ seq }) => seqs.includes(seq)),
          (row) => ({ rev: row.rev + 1, outbox: row.outbox.filter(({ seq }) => !seqs.includes(seq)) }),
        );
      }
    },
    unfinished: async (since, limit) => due((row) => (row.work ? row.touchedAt : null), since, limit),
    toNudge: async (now, limit) => due(({ nudgeAt }) => nudgeAt, now, limit),
    toExpire: async (now, limit) => due(({ expireAt }) => expireAt, now, limit),
  };
}

/** What the world outside of the runner has seen. */
export class World {
  time = new Date('2026-05-10T02:00:00Z');
  /** Effects that were carried out, each once however often it was asked for. */
  readonly ledger = new Map<string, { effect: Effect; outcome: Outcome }>();
  readonly delivered: { conversation: string; reply: Reply }[] = [];
  readonly faults: string[] = [];

  pass(seconds: number): void {
    this.time = new Date(this.time.getTime() + seconds * 1_000);
  }

  /** Replies to a conversation, each once, in the order of their numbers. */
  heard(conversation = 'a'): Reply[] {
    const mine = this.delivered.filter((one) => one.conversation === conversation);
    return [...new Map(mine.map(({ reply }) => [reply.seq, reply])).values()].sort(by(({ seq }) => seq));
  }

  texts(conversation = 'a'): string[] {
    return this.heard(conversation).map(({ text }) => text);
  }

  /** How many deliveries were repeats. */
  get repeats(): number {
    const keys = this.delivered.map(({ conversation, reply }) => `${conversation} ${reply.seq}`);
    return keys.length - new Set(keys).size;
  }

  /** Carries an effect out, idempotent by its id; the same id for something else is a bug of the caller. */
  perform(effect: Effect, decide: (effect: Effect) => Outcome): Outcome {
    const known = this.ledger.get(effect.id);
    if (known?.outcome.ok) {
      if (!isDeepStrictEqual(known.effect, effect))
        throw new Error(`expected effect ${effect.id} again, received another one of the same id`);
      return known.outcome;
    }
    const outcome = decide(effect);
    this.ledger.set(effect.id, { effect: structuredClone(effect), outcome });
    return outcome;
  }
}

export interface Ports {
  readonly inbox: Inbox;
  readonly sessions: Sessions;
  readonly work: Omit<House<unknown>, 'now' | 'fault' | 'facts'>;
}

/** A store, the world around it, and as many runners on them as a test wants. */
export class Setting<F> {
  readonly world = new World();
  readonly inbox = memoryInbox();
  readonly sessions = memorySessions();
  book: Book<F>;
  facts: F;
  decide: (effect: Effect) => Outcome | Promise<Outcome> = () => ({ ok: true, data: null });
  private messages = 0;

  constructor(book: Book<F>, facts: F) {
    this.book = book;
    this.facts = facts;
  }

  get ports(): Ports {
    const { world } = this;
    const person = (id: string, lang: Lang): Person => {
      const accounts = [{ channel: 'web', bot: 'main', id }];
      return {
        id: `person-${id}`,
        accounts,
        shut: [],
        lang,
        langChosen: false,
        notices: true,
        createdAt: world.time,
      };
    };
    return {
      inbox: this.inbox,
      sessions: this.sessions,
      work: {
        knownPeople: async () => new Map(),
        people: async (wanted) => new Map(wanted.map(({ id, lang }) => [id, person(id, lang)])),
        perform: async (effect) => {
          const outcome = await this.decide(effect);
          return world.perform(effect, () => outcome);
        },
        deliver: async (posts, sent) => {
          for (const post of posts) {
            const { conversation, replies } = post;
            world.delivered.push(...replies.map((reply) => ({ conversation, reply })));
            sent(post);
          }
        },
      },
    };
  }

  runner(ports: Ports = this.ports): Runner<F> {
    const { world } = this;
    return new Runner<F>({
      book: this.book,
      inbox: ports.inbox,
      sessions: ports.sessions,
      house: {
        ...ports.work,
        now: () => world.time,
        facts: async (people) => people.map(() => this.facts),
        fault: (message, cause) => {
          world.faults.push(`${message}: ${cause instanceof Error ? cause.message : String(cause)}`);
        },
      },
    });
  }

  message(input: Input | string, conversation = 'a', id = `m${++this.messages}`): Inbound {
    return {
      id: `${conversation}/${id}`,
      conversation,
      lang: 'en',
      input: typeof input === 'string' ? { kind: 'text', text: input } : input,
      arrivedAt: this.world.time,
    };
  }

  /** Sends messages one after the other, each after the replies to the one before it. */
  async say(runner: Runner<F>, ...inputs: (Input | string)[]): Promise<void> {
    for (const input of inputs) {
      await runner.accept([this.message(input)]);
      await runner.settled();
    }
  }
}
