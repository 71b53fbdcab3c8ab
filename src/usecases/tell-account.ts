import { type Letter, newDelivery } from '../domain/delivery.ts';
import { conversationOf } from '../domain/person.ts';
import { HOUR } from '../domain/time.ts';
import type { Clock, Deliveries, Letters, People } from './ports.ts';

const WORTH_TELLING = 24 * HOUR;

interface Ports {
  readonly clock: Clock;
  readonly people: People;
  readonly deliveries: Deliveries;
  readonly letters: Letters;
}

/** News of a person's own accounts. */
export interface AccountNews {
  /** What it is about: the same news is told once. */
  readonly id: string;
  readonly person: string;
  /** The conversations that hear it. */
  readonly to: readonly string[];
  readonly letter: Letter;
}

/** Lays a letter ready for some accounts of a person, each to be told there and nowhere else. */
export async function tellAccounts(
  { clock, deliveries }: Pick<Ports, 'clock' | 'deliveries'>,
  { id, person, to, letter }: AccountNews,
): Promise<void> {
  const now = clock.now();
  const rows = to.map((conversation) =>
    newDelivery({
      id: `${id}/${conversation}`,
      person,
      to: conversation,
      kind: 'own',
      letter,
      notBefore: now,
      expiresAt: new Date(now.getTime() + WORTH_TELLING),
    }),
  );
  await deliveries.add(rows);
}

/** Tells every other account of a person, as far as it can be reached, that one has joined them. */
export async function tellJoined(
  ports: Ports,
  { person, conversation, effect }: { person: string; conversation: string; effect: string },
): Promise<void> {
  const [met] = await ports.people.byId([person]);
  if (!met) throw new Error(`expected the person ${person} whom an account joined, received none`);
  const reached = met.accounts.map(conversationOf).filter((one) => !met.shut.includes(one));
  await tellAccounts(ports, {
    id: `joined/${effect}`,
    person,
    to: reached.filter((one) => one !== conversation),
    letter: ports.letters.accountJoined(conversation, met),
  });
}
