import { isOwner } from '../domain/access.ts';
import { laneOf, newDelivery } from '../domain/delivery.ts';
import { accountsReachable } from '../domain/person.ts';
import { DAY } from '../domain/time.ts';
import type { Text } from '../text/text.ts';
import type { Clock, Deliveries, Grants, People } from './ports.ts';

interface Ports {
  readonly clock: Clock;
  readonly grants: Grants;
  readonly people: People;
  readonly deliveries: Deliveries;
}

export interface OwnerNews {
  /** Tells one piece of news from another: the same one again is told once. */
  readonly key: string;
  readonly text: Text;
  /** A channel that cannot carry it, as it is what the news is about. */
  readonly notOn?: string;
  /** Who knows already. */
  readonly except?: string;
}

/** Writes to every owner, in their language. Returns how many can be reached. */
export function tellOwners({ clock, grants, people, deliveries }: Ports) {
  return async ({ key, text, notOn, except }: OwnerNews): Promise<number> => {
    const owners = (await grants.standing()).filter((one) => isOwner([one]) && one.person !== except);
    const found = await people.byId([...new Set(owners.map(({ person }) => person))]);
    const now = clock.now();
    const rows = found.flatMap((person) => {
      const account = accountsReachable(person).findLast(({ channel }) => channel !== notOn);
      if (!account) return [];
      const row = {
        id: `owners/${key}/${person.id}`,
        person: person.id,
        kind: 'own' as const,
        lane: laneOf(account),
        letter: { text: text[person.lang] },
        notBefore: now,
        expiresAt: new Date(now.getTime() + DAY),
      };
      return [newDelivery(row)];
    });
    await deliveries.add(rows);
    return rows.length;
  };
}
