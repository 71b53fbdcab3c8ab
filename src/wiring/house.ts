import type { Outlet } from '../channels/outlet.ts';
import type { Letter, Sending } from '../domain/notice.ts';
import { type Account, accountOf, conversationOf, type Person } from '../domain/person.ts';
import type { Log } from '../ops/log.ts';
import type { House } from '../runner/ports.ts';
import type { Runner } from '../runner/runner.ts';
import type { Stores } from '../store/stores.ts';
import type { Facts } from '../usecases/load-facts.ts';
import type { Clock, Deliveries } from '../usecases/ports.ts';
import type { makeVerbs } from '../usecases/verbs.ts';

/** Rows that are added are sent soon; when the queue cannot be told, the sweep finds them. */
export function sendingSoon(
  deliveries: Deliveries,
  kick: () => Promise<void>,
  onError: (error: Error) => void,
): Deliveries {
  return {
    ...deliveries,
    async add(rows) {
      await deliveries.add(rows);
      // Nobody's turn waits for the queue.
      if (rows.length > 0) void kick().catch(onError);
    },
  };
}

/** What the runner needs, from stores, use cases and the ways out. */
export function makeHouse(
  stores: Stores,
  verbs: ReturnType<typeof makeVerbs>,
  clock: Clock,
  outlet: Outlet,
  log: Log,
): House<Facts> {
  const knownPeople = async (ids: readonly string[]): Promise<Map<string, Person>> => {
    const wanted = new Set(ids);
    const found = await stores.people.byAccount(ids.map(accountOf));
    const addressed = found.flatMap((person) =>
      person.accounts.map((one) => [conversationOf(one), person] as const),
    );
    return new Map(addressed.filter(([id]) => wanted.has(id)));
  };
  return {
    now: clock.now,
    knownPeople,
    async people(conversations) {
      const known = await knownPeople(conversations.map(({ id }) => id));
      const made = conversations
        .filter(({ id }) => !known.has(id))
        .map(
          async ({ id, lang }) => [id, await stores.people.ensure(accountOf(id), lang, clock.now())] as const,
        );
      return new Map([...known, ...(await Promise.all(made))]);
    },
    facts: verbs.loadFacts,
    perform: (effect, person) => verbs.performEffect(effect, person.id),
    deliver: (posts, sent) => outlet.deliver(posts, sent),
    fault: (message, cause) => log.error({ err: cause }, message),
  };
}

const COMPOSE_AGAIN_MS = 5_000;

/** Puts a letter into the conversation of an account, so that its buttons work there, and sends it once. */
export function letterSender(runner: Runner<Facts>, outlet: Outlet, log: Log) {
  return async (account: Account, { text, choices }: Letter): Promise<Sending> => {
    const draft = { kind: 'card' as const, text, ...(choices && { choices }) };
    const post = await runner.compose(conversationOf(account), [draft]).catch((error: unknown) => {
      log.error({ err: error }, 'a letter could not be composed; it is tried again');
      return undefined;
    });
    if (!post) return { result: 'refused', retryAfterMs: COMPOSE_AGAIN_MS, cause: 'house' };
    return outlet.letter(account, post);
  };
}
