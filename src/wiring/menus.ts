import { menuOf } from '../../flows/menu.ts';
import type { MenuEntry } from '../channels/channel.ts';
import type { Outlets } from '../channels/outlet.ts';
import { type Grant, organizes } from '../domain/access.ts';
import type { Event } from '../domain/event.ts';
import type { Person } from '../domain/person.ts';
import { coalesce } from '../runner/coalesce.ts';
import type { Events, Grants, People } from '../usecases/ports.ts';

export interface MenuParts {
  readonly grants: Grants;
  readonly people: People;
  readonly events: Events;
  readonly outlets: Pick<Outlets, 'of'>;
  readonly onError: (error: Error) => void;
}

/** Somebody whose menus may be out of date. `lost`: a role or an account, so that there may be a menu too many. */
interface Change {
  readonly person: string;
  readonly lost: boolean;
}

/**
 * Keeps the menus of people with a role, where channels have menus: stores that show them anew when a role, an
 * account, a language or an event changes. Nobody's turn waits for a menu, and the chat works without it.
 */
export function showingMenus({ grants, people, events, outlets, onError }: MenuParts): {
  readonly grants: Grants;
  readonly people: People;
  readonly events: Events;
} {
  const show = coalesce<Change, void>(async (changes) => {
    const lost = new Set(changes.flatMap((one) => (one.lost ? [one.person] : [])));
    const met = await people.byId([...new Set(changes.map(({ person }) => person))]);
    const shown = met.filter(({ accounts }) => accounts.some((one) => outlets.of(one)?.menu));
    if (shown.length === 0) return;
    const [held, live] = await Promise.all([grants.of(shown.map(({ id }) => id)), events.live()]);
    for (const person of shown) {
      const own = held.filter((one) => one.person === person.id);
      if (own.length > 0 || lost.has(person.id)) await showTo(outlets, person, own, live);
    }
  }, Number.POSITIVE_INFINITY);
  const changed = (person: string, lost = false) => void show([{ person, lost }]).catch(onError);
  const showAll = async () => show((await grants.standing()).map(({ person }) => ({ person, lost: false })));
  return {
    events: {
      ...events,
      async markPlanned(id, revision) {
        await events.markPlanned(id, revision);
        void showAll().catch(onError);
      },
    },
    grants: {
      ...grants,
      async add(grant) {
        await grants.add(grant);
        changed(grant.person);
      },
      async end(id, by, at) {
        const ended = (await grants.standing()).find((one) => one.id === id);
        await grants.end(id, by, at);
        if (ended) changed(ended.person, true);
      },
      async move(from, to) {
        await grants.move(from, to);
        changed(to);
      },
    },
    people: {
      ...people,
      async adopt(id, addresses, shut) {
        await people.adopt(id, addresses, shut);
        changed(id);
      },
      async part(id, from) {
        await people.part(id, from);
        changed(id, true);
      },
      async setLanguage(id, lang) {
        await people.setLanguage(id, lang);
        changed(id);
      },
    },
  };
}

async function showTo(
  outlets: MenuParts['outlets'],
  person: Person,
  held: readonly Grant[],
  live: readonly Event[],
): Promise<void> {
  const calls = live.some(({ call, office }) => call !== null && organizes(held, office));
  const entries = menuOf(held, calls)?.map(
    ({ command, label }): MenuEntry => ({ command, description: label[person.lang] }),
  );
  for (const account of person.accounts) await outlets.of(account)?.menu?.(account, entries ?? null);
}
