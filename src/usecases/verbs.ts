import type { LaneKinds } from '../domain/lane.ts';
import { answerOffer } from './answer-offer.ts';
import { welcomeJudge } from './brief-judge.ts';
import { bringForms } from './bring-forms.ts';
import { buildManuals } from './build-manual.ts';
import { cancelRegistration } from './cancel-registration.ts';
import { chaseTeams, countChased } from './chase-teams.ts';
import { endRole, listRoles, weighRole } from './end-role.ts';
import { enrolPromised } from './enrol-promised.ts';
import { escalateNotice } from './escalate-notice.ts';

import { linkDecks, openDecks } from './export-decks.ts';
import type { Exporting } from './export-ports.ts';
import { exportProjects } from './export-projects.ts';

import { extendCall } from './extend-call.ts';
import { extendProject } from './extend-deadline.ts';

import { fireOccasion } from './fire-occasion.ts';
import { checkClaim, claimRole, offerOwnership } from './grant-roles.ts';
import { type Imported, importEvent } from './import-event.ts';
import { inviteToRole } from './invite-to-role.ts';
import { judgeVerbs } from './judge-verbs.ts';
import { removeTemplate, saveTemplate } from './keep-template.ts';
import { leaveOut } from './leave-out.ts';
import { checkLink, joinByCode, offerLink } from './link-accounts.ts';
import { checkTicket, joinByTicket } from './link-by-ticket.ts';
import { linkFiles } from './link-files.ts';
import { listInvitations, revokeInvitation } from './list-invitations.ts';
import { listLate } from './list-late.ts';
import { listNotices } from './list-notices.ts';
import { loadFacts } from './load-facts.ts';
import { finishTrack } from './lock-track.ts';
import { openEdition, planManual, publishManual, showManual, startManual } from './manual-editions.ts';
import type { Editions, ManualLinks, ManualMaker } from './manual-ports.ts';
import { meetTeam, showProject } from './meet-team.ts';
import { moveAccount } from './move-account.ts';
import { noticeFigures, recentNotices } from './notice-figures.ts';
import { openNotice } from './open-notice.ts';
import { openProject } from './open-project.ts';
import { joinPanel } from './open-scoring.ts';
import type { Paper } from './paper-ports.ts';
import { paperVerbs } from './paper-verbs.ts';
import { performEffect } from './perform.ts';
import { resultVerbs } from './perform-results.ts';
import { planChangedEvents } from './plan-changed-events.ts';
import { planRemindersOf } from './plan-reminders.ts';
import { addRunItem, planRun } from './plan-run.ts';
import type {
  Billboard,
  ClaimCodes,
  Clock,
  Deliveries,
  Events,
  Files,
  Forms,
  Grants,
  Invites,
  Lanes,
  Letters,
  Links,
  MakeReport,
  Notices,
  Occasions,
  People,
  Projects,
  Registrations,
  SeatsStore,
  Templates,
  TicketCodes,
} from './ports.ts';
import { checkTeamCode, inviteMate, joinTeam, removeMember, showTeam } from './project-team.ts';
import { answerProof, sendProofs } from './proof-manual.ts';
import { openProof, openPublicManual } from './read-manual.ts';
import { registerGuest } from './register-guest.ts';
import { reopenProject } from './reopen-project.ts';
import { reportNotice } from './report-notice.ts';
import { reviewVerbs } from './review-verbs.ts';
import type { Results, Runs, Sheets } from './roadshow-ports.ts';
import { runNotices, stopBadNotice } from './run-notices.ts';
import { setLanguage, setNotices } from './set-preference.ts';
import { settleSeats } from './settle-seats.ts';
import { showNotice } from './show-notice.ts';
import { showNow } from './show-now.ts';
import { confirmNotice, confirmReceipt, sendAgain, steerNotice, testNotice } from './steer-notice.ts';
import { steerRun } from './steer-run.ts';
import { restoreProject, submitProject, withdrawProject } from './submit-project.ts';
import { tellOwners } from './tell-owners.ts';
import { tellProjects } from './tell-projects.ts';
import { tickRuns } from './tick-runs.ts';
import { bringOver } from './unite-people.ts';
import { unlinkAccount, unlinkOthers } from './unlink-accounts.ts';
import type { Ballots, Votings } from './vote-ports.ts';
import { voteVerbs } from './vote-verbs.ts';
import { welcomeReviewer } from './welcome-reviewer.ts';
import { writeNotice } from './write-notice.ts';
import { writePart } from './write-part.ts';

export interface Ports {
  readonly clock: Clock;
  readonly events: Events;
  readonly registrations: Registrations;
  readonly seats: SeatsStore;
  readonly people: People;
  readonly projects: Projects;
  readonly editions: Editions;
  readonly manualMaker: ManualMaker;
  readonly manualLinks: ManualLinks;
  readonly results: Results;
  readonly runs: Runs;
  readonly sheets: Sheets;
  readonly ballots: Ballots;
  readonly votings: Votings;
  readonly paper: Paper;
  readonly occasions: Occasions;
  readonly deliveries: Deliveries;
  readonly letters: Letters;
  readonly links: Links;
  readonly ticketCodes: TicketCodes;
  readonly claimCodes: ClaimCodes;
  readonly grants: Grants;
  readonly invites: Invites;
  readonly notices: Notices;
  readonly templates: Templates;
  readonly files: Files;
  readonly forms: Forms;
  readonly lanes: Lanes;
  readonly billboard: Billboard;
  readonly makeReport: MakeReport;
  readonly exporting: Exporting;
  /** The public address of an event's results; absent: there is none. */
  readonly linkResults?: (code: string) => string | undefined;
  /** Absent: every bot account is for everybody. */
  readonly laneKinds?: LaneKinds;
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
    checkLink: checkLink(ports),
    joinByCode: joinByCode(ports),
    checkTicket: checkTicket(ports),
    joinByTicket: joinByTicket(ports),
    unlinkAccount: unlinkAccount(ports),
    unlinkOthers: unlinkOthers(ports),
    bringForms: bringForms(ports),
    checkClaim: checkClaim(ports),
    claimRole: welcomeJudge(ports, welcomeReviewer(ports, claimRole(ports))),
    inviteToRole: inviteToRole(ports),
    listInvitations: listInvitations(ports),
    revokeInvitation: revokeInvitation(ports),
    listRoles: listRoles(ports),
    weighRole: weighRole(ports),
    endRole: endRole(ports),
    writeNotice: writeNotice(ports),
    showNotice: showNotice(ports),
    listNotices: listNotices(ports),
    openNotice: openNotice(ports),
    leaveOut: leaveOut(ports),
    saveTemplate: saveTemplate(ports),
    removeTemplate: removeTemplate(ports),
    confirmNotice: confirmNotice(ports),
    steerNotice: steerNotice(ports),
    testNotice: testNotice(ports),
    sendAgain: sendAgain(ports),
    confirmReceipt: confirmReceipt(ports),
    reportNotice: reportNotice(ports),
    escalateNotice: escalateNotice(ports),
    writePart: writePart(ports),
    submitProject: submitProject(ports),
    withdrawProject: withdrawProject(ports),
    restoreProject: restoreProject(ports),
    openProject: openProject(ports),
    showTeam: showTeam(ports),
    inviteMate: inviteMate(ports),
    checkTeamCode: checkTeamCode(ports),
    joinTeam: joinTeam(ports),
    removeMember: removeMember(ports),
    exportProjects: exportProjects(ports),
    linkDecks: linkDecks(ports),
    listLate: listLate(ports),
    countChased: countChased(ports),
    chaseTeams: chaseTeams(ports),
    extendProject: extendProject(ports),
    extendCall: extendCall(ports, () => plan()),
    reopenProject: reopenProject(ports),
    linkFiles: linkFiles(ports),
    ...reviewVerbs(ports),
    showManual: showManual(ports),
    startManual: startManual(ports),
    planManual: planManual(ports),
    publishManual: publishManual(ports),
    openEdition: openEdition(ports),
    sendProofs: sendProofs(ports),
    answerProof: answerProof(ports),
    showProject: showProject(ports),
    meetTeam: meetTeam(ports),
    manualLinks: ports.manualLinks,
    planRun: planRun(ports),
    addRunItem: addRunItem(ports),
    steerRun: steerRun({ ...ports, lockTrack: finishTrack(ports) }),
    ...resultVerbs(ports, writeNotice(ports)),
    ...judgeVerbs(ports),
    ...paperVerbs(ports),
    ...voteVerbs(ports),
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
    noticeFigures: noticeFigures(ports),
    openDecks: openDecks(ports),
    recentNotices: recentNotices(ports),
    runNotices: runNotices(ports),
    stopBadNotice: stopBadNotice(ports),
    buildManuals: buildManuals(ports),
    openPublicManual: openPublicManual(ports),
    openProof: openProof(ports),
    tellOwners: tellOwners(ports),
    tellProjects: tellProjects(ports),
    tickRuns: tickRuns(ports),
    joinPanel: joinPanel(ports),
    showNow: showNow(ports),
    settleSeats: settle,
    moveAccount: moveAccount(ports),
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
