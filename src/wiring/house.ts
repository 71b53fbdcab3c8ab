import type { Outlets } from '../channels/outlet.ts';
import type { Draft } from '../conversation/types.ts';
import type { Lane } from '../delivery/lane.ts';
import type { Letter } from '../domain/delivery.ts';
import type { NoticeState } from '../domain/notice.ts';
import { accountOf, conversationOf, type Person } from '../domain/person.ts';
import type { Log } from '../ops/log.ts';
import type { House, Post, Sessions } from '../runner/ports.ts';
import type { Runner } from '../runner/runner.ts';
import type { Stores } from '../store/stores.ts';
import type { Facts } from '../usecases/load-facts.ts';
import type { Billboard, Clock, Deliveries, Forms, Notices } from '../usecases/ports.ts';
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

/** A notice that has something to be done for it is seen to soon; the sweep would, but later. */
export function runningSoon(
  notices: Notices,
  kick: () => Promise<void>,
  onError: (error: Error) => void,
): Notices {
  const urgent: readonly NoticeState[] = ['scheduled', 'running', 'stopping'];
  return {
    ...notices,
    async save(next) {
      const saved = await notices.save(next);
      if (saved && urgent.includes(next.state)) void kick().catch(onError);
      return saved;
    },
  };
}

/** Shows a letter as a message of a chat that goes with the time. */
export function billboardOn(runner: Runner<Facts>, outlets: Outlets): Pick<Billboard, 'show'> {
  return {
    async show(conversation, messageId, letter) {
      const account = accountOf(conversation);
      const outlet = outlets.of(account);
      const [post] = await runner.compose([{ conversation, drafts: [draftOf(letter)] }]);
      if (!outlet?.change || !post) return messageId;
      if (messageId !== null && (await outlet.change(account, messageId, post))) return messageId;
      if (!(await outlet.turn(conversation))) return messageId;
      const sent = await outlet.letter(account, post);
      return sent.result === 'sent' ? sent.messageId : messageId;
    },
  };
}

/** What the runner needs, from stores, use cases and the ways out. */
export function makeHouse(
  stores: Stores,
  verbs: ReturnType<typeof makeVerbs>,
  clock: Clock,
  outlets: Pick<Outlets, 'deliver'>,
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
    deliver: (posts, sent) => outlets.deliver(posts, sent),
    fault: (message, cause) => log.error({ err: cause }, message),
  };
}

/** The forms that conversations keep. Those that were stopped, or whose effect is under way, are not open. */
export function formsIn(sessions: Sessions): Forms {
  return {
    async leftOpen(conversations) {
      const found = await sessions.load(conversations);
      const oldest = found.sort((a, b) => a.touchedAt.getTime() - b.touchedAt.getTime());
      return oldest.flatMap(({ session: { parked, active } }) =>
        [...parked, ...(active ? [active] : [])].filter(({ stopped, state }) => !stopped && state === 'open'),
      );
    },
  };
}

/** One lane for each way out: letters go through the conversations, so that their buttons work there. */
export function lanesOf(runner: Runner<Facts>, outlets: Outlets, log: Log): Lane<Post>[] {
  return outlets.lanes.map(([name, outlet]) => ({
    name,
    perSecond: outlet.perSecond,
    turn: (account) => outlet.turn(conversationOf(account)),
    async compose(letters) {
      const drafts = letters.map(({ account, letter }) => ({
        conversation: conversationOf(account),
        drafts: [draftOf(letter)],
      }));
      return runner.compose(drafts).catch((error: unknown) => {
        log.error({ err: error }, 'letters could not be composed; they are tried again');
        return letters.map(() => undefined);
      });
    },
    send: (account, post) => outlet.letter(account, post),
  }));
}

function draftOf({ text, choices, file }: Letter): Draft {
  const kind = file ? (file.type.startsWith('image/') ? 'image' : 'file') : 'card';
  return { kind, text, ...(choices && { choices }), ...(file && { file }) };
}
