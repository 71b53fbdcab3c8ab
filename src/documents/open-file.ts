import type { Clock, Events, Files, Registrations, SeatsStore } from '../usecases/ports.ts';
import { ticketFiles } from './ticket-files.ts';

interface Ports {
  readonly events: Events;
  readonly files: Files;
  readonly registrations: Registrations;
  readonly seats: SeatsStore;
}

export interface FileName {
  readonly kind: 'ticket-qr' | 'ticket-ics' | 'stored';
  readonly id: string;
}

/** Opens whatever file a reply can carry; undefined when it is gone. */
export function fileOpener(ports: Ports, secret: string, clock: Clock) {
  const openTicket = ticketFiles(ports, secret, clock);
  return async ({ kind, id }: FileName): Promise<Uint8Array | undefined> =>
    kind === 'stored' ? ports.files.open(id) : openTicket({ kind, id });
}
