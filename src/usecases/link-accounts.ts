import { MINUTE } from '../domain/time.ts';
import { digestOf, newCode } from './codes.ts';
import { countTry, type Trying } from './count-try.ts';
import {
  type Clock,
  type Deliveries,
  type Events,
  type Grants,
  type Letters,
  type LinkCode,
  type Links,
  type People,
  type Projects,
  type Registrations,
  type Result,
  refused,
} from './ports.ts';
import { tellJoined } from './tell-account.ts';
import { meeting, unite } from './unite-people.ts';

export interface LinkPorts {
  readonly clock: Clock;
  readonly events: Events;
  readonly registrations: Registrations;
  readonly people: People;
  readonly links: Links;
  readonly deliveries: Deliveries;
  readonly letters: Letters;
  readonly grants: Grants;
  readonly projects: Projects;
}

const LIVES = 10 * MINUTE;

export interface OfferedLink {
  readonly code: string;
  readonly until: Date;
}

/** Makes a code that joins whoever sends it from another account to this person. */
export function offerLink({ clock, links }: Pick<LinkPorts, 'clock' | 'links'>) {
  return async ({ person }: { person: string }): Promise<OfferedLink> => {
    for (;;) {
      const code = newCode();
      const until = new Date(clock.now().getTime() + LIVES);
      const fresh: LinkCode = { id: digestOf('link', code), person, expiresAt: until, use: undefined };
      if (await links.add(fresh)) return { code, until };
    }
  };
}

/** `conversation`: where the code was sent; `effect`: the same again is the same joining. */
export interface Joining extends Trying {
  readonly person: string;
  readonly code: string;
}

export type JoinRefusal = 'bad-code' | 'too-many-tries' | 'own-code' | 'already-linked' | 'both-registered';

/** How many registrations come along. */
export interface Joined {
  readonly registrations: number;
}

/** A good code, with who would join by it and how many registrations they would bring. */
interface GoodCode {
  readonly code: LinkCode;
  readonly from: string;
  readonly registrations: number;
}

/** Says what sending a code would bring about, and leaves the code good: whoever sent it is to be asked first. */
export function checkLink(ports: LinkPorts) {
  return async (input: Joining): Promise<Result<Joined, JoinRefusal>> => {
    const good = await lookUp(ports, input);
    if (!good.ok) return good;
    await ports.links.forgiveTry(input.conversation, input.effect);
    return { ok: true, data: { registrations: good.data.registrations } };
  };
}

/**
 * Joins a person, with everybody who has joined them, to the person who made the code, whose other accounts are told.
 * Every step is one write of one document and can be done again: interrupted anywhere, the same effect goes on from
 * the code that it took.
 */
export function joinByCode(ports: LinkPorts) {
  return async (input: Joining): Promise<Result<Joined, JoinRefusal>> => {
    const { links, clock } = ports;
    const { conversation, effect } = input;
    const id = digestOf('link', input.code);
    const taken = await links.byId(id);
    if (taken?.use?.by === effect) return finishJoining(ports, taken, taken.use, conversation);
    const good = await lookUp(ports, input);
    if (!good.ok) return good;
    const { code, from, registrations } = good.data;
    const use = { by: effect, from, registrations };
    if (!(await links.take(id, use, clock.now()))) return refused('bad-code');
    await links.forgiveTry(conversation, effect);
    return finishJoining(ports, code, use, conversation);
  };
}

/** Looks at a code as one more try, which the caller takes back once the code has done its part. */
async function lookUp(ports: LinkPorts, input: Joining): Promise<Result<GoodCode, JoinRefusal>> {
  const { links, people, clock } = ports;
  const counted = await countTry(ports, input);
  if (!counted.ok) return counted;
  const code = await links.byId(digestOf('link', input.code));
  if (!code || code.use || code.expiresAt <= clock.now()) return refused('bad-code');
  const [from, into] = await Promise.all([people.host(input.person), people.host(code.person)]);
  const met = from === into ? await ownRefusal(ports, from) : await meeting(ports, from, into);
  if (typeof met === 'number') return { ok: true, data: { code, from, registrations: met } };
  await links.forgiveTry(input.conversation, input.effect);
  return met;
}

/** The code was sent by the very person who made it: from another account of theirs, or from the only one. */
async function ownRefusal({ people }: LinkPorts, person: string): Promise<Result<never, JoinRefusal>> {
  return refused((await people.members(person)).length > 0 ? 'already-linked' : 'own-code');
}

/** Does what a taken code stands for, as far as it is not done. `conversation`: where it was sent. */
export async function finishJoining(
  ports: LinkPorts,
  { person }: LinkCode,
  { by, from, registrations }: NonNullable<LinkCode['use']>,
  conversation: string,
): Promise<Result<Joined, 'both-registered'>> {
  const clash = await unite(ports, from, person);
  if (clash) return refused('both-registered', { event: clash });
  await tellJoined(ports, { person, conversation, effect: by });
  return { ok: true, data: { registrations } };
}
