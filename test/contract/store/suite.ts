import type { Stores } from '../../../src/store/stores.ts';
import type { Case, Ground } from './case.ts';
import { aliases } from './ports/aliases.ts';
import { ballots } from './ports/ballots.ts';
import { deliveries } from './ports/deliveries.ts';
import { editions } from './ports/editions.ts';
import { events } from './ports/events.ts';
import { files } from './ports/files.ts';
import { grants } from './ports/grants.ts';
import { inbox } from './ports/inbox.ts';
import { invites } from './ports/invites.ts';
import { links } from './ports/links.ts';
import { mailbox } from './ports/mailbox.ts';
import { notices } from './ports/notices.ts';
import { occasions } from './ports/occasions.ts';
import { people } from './ports/people.ts';
import { projects } from './ports/projects.ts';
import { registrations } from './ports/registrations.ts';
import { results } from './ports/results.ts';
import { runs } from './ports/runs.ts';
import { seats } from './ports/seats.ts';
import { sessions } from './ports/sessions.ts';
import { sheets } from './ports/sheets.ts';
import { templates } from './ports/templates.ts';
import { tokens } from './ports/tokens.ts';
import { votings } from './ports/votings.ts';

export type PortName = keyof Stores;

/** What every implementation of every repository port promises. A port without cases does not compile. */
export const CONTRACTS: { readonly [N in PortName]: readonly Case<Stores[N]>[] } = {
  aliases,
  ballots,
  deliveries,
  editions,
  events,
  files,
  grants,
  inbox,
  invites,
  links,
  mailbox,
  notices,
  occasions,
  people,
  projects,
  registrations,
  results,
  runs,
  seats,
  sessions,
  sheets,
  templates,
  tokens,
  votings,
};

export const PORTS = Object.keys(CONTRACTS) as PortName[];

/** A case with its port chosen: it asks for empty ground of that port and runs there. */
export interface Promised {
  readonly name: string;
  readonly run: (ground: Grounds) => Promise<void>;
}

export interface Grounds {
  clear<N extends PortName>(port: N): Promise<Ground<Stores[N]>>;
}

/** The cases of one port, ready for any engine. */
export function promisesOf<N extends PortName>(port: N): Promised[] {
  const listed: readonly Case<Stores[N]>[] = CONTRACTS[port];
  return listed.map(({ name, run }) => ({
    name,
    run: async (grounds) => run(await grounds.clear(port)),
  }));
}
