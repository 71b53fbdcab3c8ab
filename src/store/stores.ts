import type { Connection } from 'mongoose';
import type { Mailbox } from '../channels/web/ports.ts';
import type { Inbox, Sessions } from '../runner/ports.ts';
import type { Deliveries, Events, Occasions, People, Registrations, SeatsStore } from '../usecases/ports.ts';
import { deliveryStore } from './deliveries.ts';
import { eventStore } from './events.ts';
import { inboxStore } from './inbox.ts';
import { mailboxStore } from './mailbox.ts';
import { occasionStore } from './occasions.ts';
import { peopleStore } from './people.ts';
import { registrationStore } from './registrations.ts';
import { seatsStore } from './seats.ts';
import { sessionStore } from './sessions.ts';

export interface Stores {
  readonly deliveries: Deliveries;
  readonly events: Events;
  readonly inbox: Inbox;
  readonly mailbox: Mailbox;
  readonly occasions: Occasions;
  readonly people: People;
  readonly registrations: Registrations;
  readonly seats: SeatsStore;
  readonly sessions: Sessions;
}

/** Every repository on one connection. */
export function openStores(connection: Connection): Stores {
  return {
    deliveries: deliveryStore(connection),
    events: eventStore(connection),
    inbox: inboxStore(connection),
    mailbox: mailboxStore(connection),
    occasions: occasionStore(connection),
    people: peopleStore(connection),
    registrations: registrationStore(connection),
    seats: seatsStore(connection),
    sessions: sessionStore(connection),
  };
}
