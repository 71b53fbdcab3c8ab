import type { Clock, Deliveries, Letters, People } from './ports.ts';
import { tellAccounts } from './tell-account.ts';

interface Ports {
  readonly clock: Clock;
  readonly people: People;
  readonly deliveries: Deliveries;
  readonly letters: Letters;
}

export interface Moving {
  /** Whole conversations. */
  readonly from: string;
  readonly to: string;
  /** The person did not bring it about: they are told under the new address that they were recognised. */
  readonly recognised: boolean;
}

/**
 * Lets a person go on under another address of the same account. False: that address is somebody's already, and both
 * stay as they are. Done again it changes and tells nothing more.
 */
export function moveAccount(ports: Ports) {
  return async ({ from, to, recognised }: Moving): Promise<boolean> => {
    const { people, letters } = ports;
    if (!(await people.moveAccount(from, to))) return false;
    const own = recognised ? await people.own({ conversation: to }) : undefined;
    const [person] = own ? await people.byId([own.id]) : [];
    if (person)
      await tellAccounts(ports, {
        id: `recognised/${from}`,
        person: person.id,
        to: [to],
        letter: letters.recognised(person),
      });
    return true;
  };
}
