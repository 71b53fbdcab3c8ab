import type { Event } from '../domain/event.ts';
import { isActive } from '../domain/registration.ts';
import { MINUTE } from '../domain/time.ts';
import { countTry } from './count-try.ts';
import { finishJoining, type Joined, type Joining, type LinkPorts } from './link-accounts.ts';
import { type Registrations, type Result, refused, type TicketCodes } from './ports.ts';
import { isComing, meeting } from './unite-people.ts';

interface Ports extends LinkPorts {
  readonly ticketCodes: TicketCodes;
}

export type TicketRefusal =
  | 'bad-ticket'
  | 'too-many-tries'
  | 'ticket-cancelled'
  | 'ticket-over'
  | 'own-ticket'
  | 'both-registered';

/** What may be said of a ticket to whoever holds its code: nothing of the person. */
export interface TicketShown {
  readonly event: Event;
  readonly ticket: string;
  /** How many registrations the sender would bring along. */
  readonly registrations: number;
}

interface GoodTicket extends TicketShown {
  readonly from: string;
  readonly holder: string;
}

/** Says whose event a ticket's code is for, without joining anybody: whoever sent it is to be asked first. */
export function checkTicket(ports: Ports) {
  return async (input: Joining): Promise<Result<TicketShown, TicketRefusal>> => {
    const good = await lookUp(ports, input);
    if (!good.ok) return good;
    const { event, ticket, registrations } = good.data;
    return { ok: true, data: { event, ticket, registrations } };
  };
}

/** How long an effect that began may take to be written down. */
const LIVES = 10 * MINUTE;

/**
 * Joins a person to the holder of a ticket, whose other accounts are told. What it is about to do is kept as a link
 * code that was taken, so that the same effect goes on from there when it was interrupted.
 */
export function joinByTicket(ports: Ports) {
  return async (input: Joining): Promise<Result<Joined, TicketRefusal>> => {
    const { links, clock } = ports;
    const { conversation, effect } = input;
    const id = `ticket/${effect}`;
    const begun = await links.byId(id);
    if (begun?.use) return finishJoining(ports, begun, begun.use, conversation);
    const good = await lookUp(ports, input);
    if (!good.ok) return good;
    const { holder, from, registrations } = good.data;
    const now = clock.now();
    await links.add({ id, person: holder, expiresAt: new Date(now.getTime() + LIVES), use: undefined });
    await links.take(id, { by: effect, from, registrations }, now);
    // Whoever carries out this very effect as well may have been faster: then theirs is what stands.
    const taken = await links.byId(id);
    if (!taken?.use) throw new Error(`expected the joining ${id} to be written down, received none`);
    return finishJoining(ports, taken, taken.use, conversation);
  };
}

/** Looks at a code as one more try; one that was really signed is none. */
async function lookUp(ports: Ports, input: Joining): Promise<Result<GoodTicket, TicketRefusal>> {
  const { registrations, people, events, links, clock } = ports;
  const counted = await countTry(ports, input);
  if (!counted.ok) return counted;
  const found = await signed(registrations, ports.ticketCodes.read(input.code));
  const [event] = found ? await events.byId([found.event]) : [];
  if (!found || !event) return refused('bad-ticket');
  await links.forgiveTry(input.conversation, input.effect);
  const { ticket, person: holder } = found;
  if (event.status === 'cancelled' || !isActive(found)) return refused('ticket-cancelled', { event });
  if (!isComing(event, clock.now())) return refused('ticket-over', { event });
  const [from, into] = await Promise.all([people.host(input.person), people.host(holder)]);
  if (from === into) return refused('own-ticket', { event, ticket });
  const met = await meeting(ports, from, into);
  return typeof met === 'number'
    ? { ok: true, data: { event, ticket, holder, from, registrations: met } }
    : met;
}

const signed = async (registrations: Registrations, ticket: string | undefined) =>
  ticket === undefined ? undefined : registrations.byTicket(ticket);
