import { answerOffer } from './answer-offer.ts';
import { cancelRegistration } from './cancel-registration.ts';
import { enrolPromised } from './enrol-promised.ts';
import { fireOccasion } from './fire-occasion.ts';
import { claimRole, endRole, inviteToRole, listRoles, offerOwnership } from './grant-roles.ts';
import { type Imported, importEvent } from './import-event.ts';
import { bringOver, joinByCode, offerLink, unlinkAccount } from './link-accounts.ts';
import { loadFacts } from './load-facts.ts';
import { performEffect } from './perform.ts';
import { planChangedEvents } from './plan-changed-events.ts';
import { planRemindersOf } from './plan-reminders.ts';
import type {
  Clock,
  Deliveries,
  Events,
  Grants,
  Invites,
  Letters,
  Links,
  Occasions,
  People,
  Registrations,
  SeatsStore,
} from './ports.ts';
import { registerGuest } from './register-guest.ts';
import { setLanguage, setNotices } from './set-preference.ts';
import { settleSeats } from './settle-seats.ts';
import { tellOwners } from './tell-owners.ts';

export interface Ports {
  readonly clock: Clock;
  readonly events: Events;
  readonly registrations: Registrations;
  readonly seats: SeatsStore;
  readonly people: People;
  readonly occasions: Occasions;
  readonly deliveries: Deliveries;
  readonly letters: Letters;
  readonly links: Links;
  readonly grants: Grants;
  readonly invites: Invites;
}

/** Everything that the house can do, on one set of ports. */
export function makeVerbs(ports: Ports) {
  const settle = settleSeats(ports);
  const seated = { ...ports, settle };
  const verbs = {
    registerGuest: registerGuest(seated),
    cancelRegistration: cancelRegistration(seated),
    answerOffer: answerOffer(seated),
    setLanguage: setLanguage(ports),
    setNotices: setNotices(ports),
    offerLink: offerLink(ports),
    bringOver: bringOver(ports),
    joinByCode: joinByCode(ports),
    unlinkAccount: unlinkAccount(ports),
    claimRole: claimRole(ports),
    inviteToRole: inviteToRole(ports),
    listRoles: listRoles(ports),
    endRole: endRole(ports),
  };
  const plan = planChangedEvents({
    ...ports,
    enrol: enrolPromised(ports),
    planReminders: planRemindersOf(ports),
  });
  const store = importEvent(ports);
  return {
    ...verbs,
    performEffect: performEffect(verbs),
    offerOwnership: offerOwnership(ports),
    tellOwners: tellOwners(ports),
    settleSeats: settle,
    fireOccasion: fireOccasion(ports),
    async importEvent(event: Parameters<typeof store>[0]): Promise<Imported> {
      const imported = await store(event);
      // The sweep would plan it too, but later than a reminder may be due.
      await plan();
      return imported;
    },
    loadFacts: loadFacts(ports),
    planChangedEvents: plan,
  };
}
