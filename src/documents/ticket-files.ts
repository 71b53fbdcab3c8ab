import { isActive } from '../domain/registration.ts';
import { hasSeat, poolOfSession } from '../domain/seats.ts';
import type { Clock, Events, Registrations, SeatsStore } from '../usecases/ports.ts';
import { calendarOf } from './calendar.ts';
import { ticketCode, ticketQr } from './ticket.ts';

interface Ports {
  readonly events: Events;
  readonly registrations: Registrations;
  readonly seats: SeatsStore;
}

/**
 * Opens the files of a ticket, made anew from the registration as it is: the QR code for the entrance and the
 * calendar file. undefined when the registration is not active any more.
 */
export function ticketFiles({ events, registrations, seats }: Ports, secret: string, clock: Clock) {
  return async (ref: { kind: 'ticket-qr' | 'ticket-ics'; id: string }): Promise<Uint8Array | undefined> => {
    const [registration] = await registrations.byId([ref.id]);
    if (!registration || !isActive(registration)) return undefined;
    const { ticket, details } = registration;
    if (ref.kind === 'ticket-qr') return ticketQr(ticketCode(secret, ticket));
    const [event] = await events.byId([registration.event]);
    if (!event) return undefined;
    const [taken] = await seats.load([event.id]);
    const attends = (code: string) =>
      details.attendance === 'online' || hasSeat(taken, event, registration.id, poolOfSession(code));
    const mine = event.sessions.filter(({ code }) => details.sessions.includes(code) && attends(code));
    const { lang, attendance } = details;
    const calendar = calendarOf({ event, sessions: mine, ticket, lang, attendance, now: clock.now() });
    return new TextEncoder().encode(calendar);
  };
}
