import type { Draft, Effect } from '../conversation/types.ts';
import type { Person } from '../domain/person.ts';
import { Exchange, type ExchangeParts, factOf } from './exchange.ts';
import { type News, Newsroom } from './news.ts';
import type { Inbound, Post, Stored } from './ports.ts';
import { newStored, type Step, takeFault, takeMessages } from './turns.ts';

const MESSAGES_PER_BATCH = 512;
/** After this long, what another process left undone is taken up. */
export const LEFT_AFTER_MS = 10_000;

/** What a conversation is to be told that its person did not ask for. */
export interface Composing {
  readonly conversation: string;
  readonly drafts: readonly Draft[];
}

/** What a batch of conversations is worked with. */
interface Loaded<F> {
  readonly ids: readonly string[];
  readonly known: ReadonlyMap<string, Stored>;
  readonly messages: readonly Inbound[];
  readonly people: ReadonlyMap<string, Person>;
  readonly facts: ReadonlyMap<string, F>;
}

/** Works on conversations: loads, steps, compare-and-set, replies, effects. */
export class Batches<F> {
  private readonly parts: ExchangeParts<F>;
  private readonly exchange: Exchange<F>;
  private readonly newsroom: Newsroom<F>;

  constructor(parts: ExchangeParts<F>) {
    this.parts = parts;
    this.exchange = new Exchange(parts);
    this.newsroom = new Newsroom(parts, this.exchange);
  }

  /**
   * Sees to a batch. Returns the conversations that have more to do: they lost a race, or wait behind an effect.
   * Replies that stand in an outbox for longer than `leftAfterMs` are nobody's and are sent too.
   */
  async see(ids: readonly string[], leftAfterMs = LEFT_AFTER_MS): Promise<string[]> {
    const loaded = await this.load(ids);
    const now = this.parts.house.now();
    const taken = [...loaded.people].flatMap(([id, person]) => {
      const mine = loaded.messages.filter(({ conversation }) => conversation === id);
      const before = this.beforeOf(id, person, loaded, now);
      const step = this.take(before, mine, factOf(loaded.facts, person), now);
      this.parts.marks.messages(mine.filter((one) => before.handled.includes(one.id)).map((one) => one.id));
      return step ? [{ id, step, more: mine.length > step.handled.length }] : [];
    });
    const stored = await this.exchange.commit(taken.map(({ step }) => step));
    const left = new Date(now.getTime() - leftAfterMs);
    await this.exchange.send(
      taken
        .filter(({ id }) => stored.has(id))
        .map(({ id, step }) => withLeft(step, loaded.known.get(id), left)),
    );
    const stepped = new Map(taken.map(({ id, step }) => [id, step.next]));
    const { done, failed } = await this.performAll(loaded, stepped, stored);
    await this.sendLeft(loaded, stepped, left);
    const isCut = await this.makeRoom(loaded, stored.size > 0);
    const waits = (id: string) => loaded.messages.some(({ conversation }) => conversation === id);
    const more = new Set([
      ...taken.filter((one) => one.more || !stored.has(one.id)).map(({ id }) => id),
      ...done.filter((id) => !stepped.has(id) && waits(id)),
      ...(isCut ? ids : []),
    ]);
    // What waits behind an effect that failed waits for the sweep: an outage must not turn into a busy loop.
    return [...more].filter((id) => !failed.has(id));
  }

  /**
   * Whether there may be messages beyond those in view, and room for them now: what is handled is out of the way
   * once it is marked.
   */
  private async makeRoom({ known, messages }: Loaded<F>, hasStepped: boolean): Promise<boolean> {
    if (messages.length < MESSAGES_PER_BATCH) return false;
    const isHandled = ({ id, conversation }: Inbound) => known.get(conversation)?.handled.includes(id);
    return (hasStepped || messages.some(isHandled)) && this.parts.marks.flush();
  }

  async news(id: string, pick: News['pick']): Promise<void> {
    await this.newsroom.tellAll([{ id, pick }]);
  }

  /** Takes drafts into conversations and leaves the sending to the caller. */
  async compose(letters: readonly Composing[]): Promise<Post[]> {
    const news = letters.map(
      ({ conversation: id, drafts }): News => ({
        id,
        pick: () => ({ kind: 'notice', drafts }),
        unsent: true,
      }),
    );
    const told = await this.newsroom.tellAll(news);
    return news.map((one) => told.get(one) ?? { conversation: one.id, lang: 'zh', replies: [] });
  }

  private async load(ids: readonly string[]): Promise<Loaded<F>> {
    const { sessions, inbox, house } = this.parts;
    // Sessions before messages: a message that is open then and not in the session is surely not handled.
    const [found, early] = await Promise.all([sessions.load(ids), house.knownPeople(ids)]);
    const known = new Map(found.map((stored) => [stored.session.id, stored]));
    const [messages, facts] = await Promise.all([
      inbox.open(ids, MESSAGES_PER_BATCH),
      this.exchange.factsOf([...early.values()]),
    ]);
    const missing = ids.filter(
      (id) => !early.has(id) && (known.has(id) || messages.some((one) => one.conversation === id)),
    );
    if (missing.length === 0) return { ids, known, messages, people: early, facts };
    const langOf = new Map(messages.map(({ conversation, lang }) => [conversation, lang]));
    const late = await house.people(
      missing.map((id) => ({ id, lang: known.get(id)?.session.lang ?? langOf.get(id) ?? 'zh' })),
    );
    const lateFacts = await this.exchange.factsOf([...late.values()]);
    return {
      ids,
      known,
      messages,
      people: new Map([...early, ...late]),
      facts: new Map([...facts, ...lateFacts]),
    };
  }

  private beforeOf(id: string, person: Person, loaded: Loaded<F>, now: Date): Stored {
    const found = loaded.known.get(id) ?? newStored(id, person.id, person.lang, now);
    const before = this.exchange.undelivered(found);
    // With every open message in view, one that is not open any more is marked for good and need not be remembered.
    if (loaded.messages.length >= MESSAGES_PER_BATCH) return before;
    const open = new Set(loaded.messages.map((message) => message.id));
    return { ...before, handled: before.handled.filter((one) => open.has(one)) };
  }

  private take(before: Stored, messages: readonly Inbound[], facts: F, now: Date): Step | undefined {
    const { book, house } = this.parts;
    try {
      return takeMessages(book, before, messages, facts, now);
    } catch (cause) {
      house.fault(`a turn of conversation ${before.session.id} failed`, cause);
      const first = messages.find(({ id }) => !before.handled.includes(id));
      return first && takeFault(book, before, first, facts, now);
    }
  }

  /**
   * Effects of this batch's turns, and those that an earlier one left behind; then their outcomes are told
   * together. Returns the conversations of those that are done, and of those that failed and are left to the sweep.
   */
  private async performAll(
    { ids, known, people }: Loaded<F>,
    stepped: ReadonlyMap<string, Stored>,
    stored: ReadonlySet<string>,
  ): Promise<{ done: string[]; failed: ReadonlySet<string> }> {
    const failed = new Set<string>();
    const jobs = ids.flatMap((id) => {
      const state = stepped.has(id) ? (stored.has(id) ? stepped.get(id) : undefined) : known.get(id);
      const person = people.get(id);
      if (!person || !state) return [];
      return state.effects.map((effect) =>
        this.perform(id, effect, person).catch((cause: unknown) => {
          failed.add(id);
          this.parts.house.fault('an effect could not be carried out; it is left to the sweep', cause);
          return undefined;
        }),
      );
    });
    const news = (await Promise.all(jobs)).filter((one) => one !== undefined);
    await this.newsroom.tellAll(news);
    return { done: news.map(({ id }) => id), failed };
  }

  private async perform(id: string, effect: Effect, person: Person): Promise<News> {
    const outcome = await this.parts.house.perform(effect, person);
    const isOpen = (stored: Stored) => stored.effects.some((one) => one.id === effect.id);
    return { id, pick: (stored) => (isOpen(stored) ? { kind: 'outcome', effect, outcome } : undefined) };
  }

  /** Replies that nobody sent since long, for example because the process ended: sent from the outbox, not made anew. */
  private async sendLeft(
    { ids, known }: Loaded<F>,
    stepped: ReadonlyMap<string, Stored>,
    before: Date,
  ): Promise<void> {
    const left = ids.flatMap((id) => {
      const stored = known.get(id);
      const isLeft = stored && stored.touchedAt <= before && !stepped.has(id) && stored.effects.length === 0;
      return isLeft ? [this.exchange.undelivered(stored)] : [];
    });
    await this.exchange.send(left.map((next) => ({ next, replies: next.outbox, handled: [] })));
  }
}

/** A turn with the replies that nobody sent before it, so that all are sent in order. */
function withLeft(step: Step, before: Stored | undefined, left: Date): Step {
  return before && before.touchedAt <= left ? { ...step, replies: step.next.outbox } : step;
}
