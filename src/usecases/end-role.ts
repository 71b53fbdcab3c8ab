import { type Grant, isOwner, mayGrant, mayInvite } from '../domain/access.ts';
import type { Event } from '../domain/event.ts';
import { type Clock, type Events, type Grants, type Result, refused } from './ports.ts';
import type { Sheets } from './roadshow-ports.ts';

interface Ports {
  readonly clock: Clock;
  readonly events: Events;
  readonly grants: Grants;
  readonly sheets: Sheets;
}

/** A role that was given, with the event that it is about. */
export interface Given extends Grant {
  /** null: it is about none, or one that is known no more. */
  readonly about: Event | null;
}

/** Every role that stands and that a person may take away, of one event or of all; the newest last. */
export function listRoles({ grants, events }: Pick<Ports, 'grants' | 'events'>) {
  return async (of: {
    readonly person: string;
    readonly event: string | null;
  }): Promise<Result<readonly Given[], 'not-allowed'>> => {
    const held = await grants.of([of.person]);
    if (!mayInvite(held)) return refused('not-allowed');
    const own = (await grants.standing()).filter(
      (one) => mayGrant(held, one) && (of.event === null || one.event === of.event),
    );
    return { ok: true, data: await withEvents(events, own) };
  };
}

/** Each with the event that it is about. */
export async function withEvents<T extends { readonly event: string | null }>(
  events: Pick<Events, 'byId'>,
  all: readonly T[],
): Promise<(T & { readonly about: Event | null })[]> {
  const ids = [...new Set(all.flatMap(({ event }) => event ?? []))];
  const found = new Map((ids.length > 0 ? await events.byId(ids) : []).map((one) => [one.id, one]));
  return all.map((one) => ({ ...one, about: (one.event !== null && found.get(one.event)) || null }));
}

/** A role that ends: what a judge has scored is left as it is. */
export interface Ending extends Given {
  /** Sheets that the judge has written on. */
  readonly sheets: number;
}

export type EndRefusal = 'not-allowed' | 'unknown-role' | 'last-owner';

interface OneRole {
  readonly person: string;
  readonly grant: string;
}

/** What taking a role away would end. Nothing is changed. */
export function weighRole(ports: Ports) {
  return async (input: OneRole): Promise<Result<Ending, EndRefusal>> => {
    const found = await find(ports, input);
    return found.ok ? { ok: true, data: await endingOf(ports, found.data) } : found;
  };
}

/** Takes a role away, at once. There is always an owner: the last one's role stays. */
export function endRole(ports: Ports) {
  return async (input: OneRole): Promise<Result<Ending, EndRefusal>> => {
    const found = await find(ports, input);
    if (!found.ok) return found;
    const { id } = found.data;
    const owners = (await ports.grants.standing()).filter((grant) => isOwner([grant]));
    if (owners.length === 1 && owners[0]?.id === id) return refused('last-owner');
    await ports.grants.end(id, input.person, ports.clock.now());
    return { ok: true, data: await endingOf(ports, found.data) };
  };
}

async function find({ grants }: Ports, { person, grant }: OneRole): Promise<Result<Grant, EndRefusal>> {
  const held = await grants.of([person]);
  if (!mayInvite(held)) return refused('not-allowed');
  const one = (await grants.standing()).find(({ id }) => id === grant);
  return one && mayGrant(held, one) ? { ok: true, data: one } : refused('unknown-role');
}

async function endingOf({ events, sheets }: Ports, grant: Grant): Promise<Ending> {
  const { role, event, part, person } = grant;
  const written =
    role === 'judge' && event !== null
      ? (await sheets.ofJudge(event, person)).filter(
          ({ track, state }) => state !== 'empty' && (part === null || track === part),
        )
      : [];
  const [about = null] = event === null ? [] : await events.byId([event]);
  return { ...grant, about, sheets: written.length };
}
