import type { Person } from '../../src/domain/person.ts';
import type { Joined, JoinRefusal } from '../../src/usecases/link-accounts.ts';
import type { Result } from '../../src/usecases/ports.ts';
import type { House, Verbs } from './house.ts';

export const conversationOf = (name: string): string => `web:main:${name}`;
export const idOf = (name: string): string => `person-${conversationOf(name)}`;

/** Somebody comes in by an account of this name. */
export async function arrive(house: House, ...names: string[]): Promise<void> {
  for (const id of names)
    await house.stores.people.ensure({ channel: 'web', bot: 'main', id }, 'zh', house.clock.now());
}

/** Who is met at an account now. */
export async function met(house: House, name: string): Promise<Person> {
  const [person] = await house.stores.people.byAccount([{ channel: 'web', bot: 'main', id: name }]);
  if (!person) throw new Error(`expected the person of ${name}, received none`);
  return person;
}

/** The names of the accounts that somebody is reached at. */
export async function accountsOf(house: House, name: string): Promise<string[]> {
  return (await met(house, name)).accounts.map(({ id }) => id);
}

export async function codeFrom(house: House, name: string): Promise<string> {
  return (await house.verbs.offerLink({ person: (await met(house, name)).id })).code;
}

/** An account sends a code. The effect is a new one each time, or this one. */
export async function send(
  house: House,
  name: string,
  code: string,
  { verbs = house.verbs, effect = crypto.randomUUID() }: { verbs?: Verbs; effect?: string } = {},
): Promise<Result<Joined, JoinRefusal>> {
  const person = (await met(house, name)).id;
  return verbs.joinByCode({ person, conversation: conversationOf(name), code, effect });
}

/** Joins the account `guest` to the person of `host`. */
export async function joined(house: House, guest: string, host: string): Promise<void> {
  const effect = `${conversationOf(guest)}.1`;
  const done = await send(house, guest, await codeFrom(house, host), { effect });
  if (!done.ok) throw new Error(`expected ${guest} to join ${host}, received ${done.reason}`);
}

export async function unlink(house: House, name: string, verbs = house.verbs) {
  return verbs.unlinkAccount({ conversation: conversationOf(name), from: (await met(house, name)).id });
}
