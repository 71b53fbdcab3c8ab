import type { Connection } from 'mongoose';
import type { TokenStore } from '../channels/official-account/official-account.ts';
import type { Mailbox } from '../channels/web/ports.ts';
import type { Aliases } from '../channels/wechat/ports.ts';
import type { Inbox, Sessions } from '../runner/ports.ts';
import type { Editions } from '../usecases/manual-ports.ts';
import type {
  Deliveries,
  Events,
  Files,
  Grants,
  Invites,
  Links,
  Notices,
  Occasions,
  People,
  Projects,
  Registrations,
  SeatsStore,
  Templates,
} from '../usecases/ports.ts';
import type { Results, Runs, Sheets } from '../usecases/roadshow-ports.ts';
import type { Ballots, Votings } from '../usecases/vote-ports.ts';
import { aliasStore } from './aliases.ts';
import { ballotStore, votingStore } from './ballots.ts';
import { deliveryStore } from './deliveries.ts';
import { editionStore } from './editions.ts';
import { eventStore } from './events.ts';
import { fileStore } from './files.ts';
import { grantStore } from './grants.ts';
import { inboxStore } from './inbox.ts';
import { inviteStore } from './invites.ts';
import { linkStore } from './links.ts';
import { mailboxStore } from './mailbox.ts';
import { noticeStore } from './notices.ts';
import { occasionStore } from './occasions.ts';
import { peopleStore } from './people.ts';
import { projectStore } from './projects.ts';
import { registrationStore } from './registrations.ts';
import { resultStore } from './results.ts';
import { runStore } from './runs.ts';
import { seatsStore } from './seats.ts';
import { sessionStore } from './sessions.ts';
import { sheetStore } from './sheets.ts';
import { templateStore } from './templates.ts';
import { tokenStore } from './tokens.ts';

export interface Stores {
  readonly aliases: Aliases;
  readonly ballots: Ballots;
  readonly deliveries: Deliveries;
  readonly editions: Editions;
  readonly events: Events;
  readonly files: Files;
  readonly grants: Grants;
  readonly inbox: Inbox;
  readonly invites: Invites;
  readonly links: Links;
  readonly mailbox: Mailbox;
  readonly notices: Notices;
  readonly occasions: Occasions;
  readonly people: People;
  readonly projects: Projects;
  readonly registrations: Registrations;
  readonly results: Results;
  readonly runs: Runs;
  readonly seats: SeatsStore;
  readonly sessions: Sessions;
  readonly sheets: Sheets;
  readonly templates: Templates;
  readonly tokens: TokenStore;
  readonly votings: Votings;
}

/** Every repository on one connection. */
export function openStores(connection: Connection): Stores {
  return {
    aliases: aliasStore(connection),
    ballots: ballotStore(connection),
    deliveries: deliveryStore(connection),
    editions: editionStore(connection),
    events: eventStore(connection),
    files: fileStore(connection),
    grants: grantStore(connection),
    inbox: inboxStore(connection),
    invites: inviteStore(connection),
    links: linkStore(connection),
    mailbox: mailboxStore(connection),
    notices: noticeStore(connection),
    occasions: occasionStore(connection),
    people: peopleStore(connection),
    projects: projectStore(connection),
    registrations: registrationStore(connection),
    results: resultStore(connection),
    runs: runStore(connection),
    seats: seatsStore(connection),
    sessions: sessionStore(connection),
    sheets: sheetStore(connection),
    templates: templateStore(connection),
    tokens: tokenStore(connection),
    votings: votingStore(connection),
  };
}
