import type { Event } from '../../src/domain/event.ts';
import type { Project, ProjectState } from '../../src/domain/project.ts';
import type { Lang } from '../../src/text/text.ts';
import { digestOf } from '../../src/usecases/codes.ts';
import { eventId } from '../../src/usecases/import-event.ts';
import type { Grants, Invite, Invites, People, Projects } from '../../src/usecases/ports.ts';
import type { Runs, Sheets } from '../../src/usecases/roadshow-ports.ts';
import type { makeVerbs } from '../../src/usecases/verbs.ts';
import { anEvent } from '../support/events.ts';
import { accepted } from '../support/manual.ts';
import { aCall, aProject, WRITTEN } from '../support/projects.ts';
import { dayProjects } from '../support/roadshow-day.ts';
import { inviteToTrack, JUDGED, ROADSHOW } from './judged.ts';
import { PROJECTS, PROJECTS_CALL, SHOWN } from './projects.ts';
import { ROADSHOW_CALL, ROADSHOW_PROJECTS, roadshowRun } from './roadshow.ts';
import { SCORED, SCORED_RUN, SCORED_SHEETS } from './scoring.ts';

export type Verbs = ReturnType<typeof makeVerbs>;
type Content = Omit<Event, 'id'>;

/** When every dialogue takes place: a Friday morning in Chengdu. */
export const NOW = new Date('2026-11-20T10:00:00+08:00');
const at = (clock: string, day = 27) => new Date(`2026-11-${day}T${clock}:00+08:00`);

const session = (
  code: string,
  zh: string,
  en: string,
  from: string,
  to: string,
  capacity: number | null,
) => ({
  code,
  title: { zh, en },
  venue: { zh: '主会场', en: 'Main hall' },
  startsAt: at(from),
  endsAt: at(to),
  capacity,
});

const fair: Content = anEvent({
  code: 'fair',
  title: { zh: '科技成果对接大会', en: 'Technology matchmaking conference' },
  place: { zh: '成都会议中心', en: 'Chengdu Convention Centre' },
  startsAt: at('09:00'),
  endsAt: at('17:30'),
  attendance: ['onsite', 'online'],
  onlineLink: 'https://live.example.org/fair',
  kinds: ['guest', 'team', 'enterprise', 'investor'],
  maxParty: 3,
  phone: 'required',
  email: 'optional',
  sessions: [
    session('opening', '开幕式', 'Opening ceremony', '09:00', '09:40', null),
    session('keynotes', '主旨报告', 'Keynotes', '10:00', '12:00', null),
    session('roadshow', '项目路演', 'Project roadshow', '14:00', '17:00', 2),
  ],
  questions: [
    {
      id: 'fields',
      kind: 'multi',
      ask: { zh: '您关注哪些领域？可多选。', en: 'Which fields interest you? Choose one or more.' },
      label: { zh: '关注领域', en: 'Fields of interest' },
      optional: true,
      choices: [
        { value: 'information', label: { zh: '电子信息', en: 'Electronic information' } },
        { value: 'energy', label: { zh: '能源环境', en: 'Energy and environment' } },
      ],
    },
  ],
  reminders: [{ id: 'eve', kind: 'at', of: 'event', daysBefore: 1, time: '18:00' }],
});

const salon: Content = anEvent({
  code: 'salon',
  title: { zh: '产学研合作沙龙', en: 'University–industry salon' },
  place: { zh: '成果展厅', en: 'Exhibition hall' },
  languages: ['zh', 'en'],
  startsAt: at('14:00', 28),
  endsAt: at('16:00', 28),
  kinds: ['guest'],
  capacity: 1,
});

/** A conference that takes projects, and asks for no files: not every channel passes them on. */
const forum: Content = {
  ...fair,
  code: 'forum',
  title: { zh: '成果路演', en: 'Technology roadshow' },
  takesGuests: false,
  sessions: [],
  questions: [],
  reminders: [],
  call: aCall({
    closesAt: new Date('2026-11-25T18:00:00+08:00'),
    asked: {
      industrialization: 'required',
      market: 'off',
      capital: 'required',
      cooperation: 'off',
      patents: 'optional',
      deck: 'off',
      images: 'off',
    },
    limits: { ...aCall().limits, summary: 30 },
    applicants: ['department', 'alumni-enterprise'],
  }),
};
const reviewed: Content = { ...fair, takesGuests: false, call: PROJECTS_CALL };

/** The same on the day of the dialogues: its roadshow begins half an hour from now, for 50 minutes. */
const today: Content = {
  ...reviewed,
  startsAt: at('09:00', 20),
  endsAt: at('17:30', 20),
  reminders: [],
  sessions: [
    {
      ...session('roadshow', '项目路演', 'Project roadshow', '14:00', '17:00', 2),
      startsAt: at('10:30', 20),
      endsAt: at('11:20', 20),
    },
  ],
};

const SCENES = {
  /** A conference that takes projects. */
  'call for projects': { events: [forum], others: [] },
  /** The same, where somebody has begun a project and made a code for a team mate. */
  'project of a team': { events: [forum], others: [], team: { code: 'TEAM-CODE-01' } },
  /** A conference with everything that can be asked, and nothing full. */
  conference: { events: [fair], others: [] },
  /** A conference of a house that has no owner yet, but a code for one. */
  'no owner': { events: [fair], others: [], ownerCode: 'FIRST-OWNER-CODE' },
  /** A conference and a salon. */
  'two events': { events: [fair, { ...salon, capacity: 20 }], others: [] },
  /** A conference of a house that has no owner yet, and two guests who can be written to. */
  'with guests': {
    events: [{ ...fair, phone: 'off' }],
    ownerCode: 'FIRST-OWNER-CODE',
    others: (['zh', 'en'] as const).map((lang) => ({
      event: 'fair',
      person: `guest-${lang}`,
      lang,
      sessions: ['opening'],
    })),
  },
  /** A conference that calls for projects, of a house that has no owner yet: one team has a draft, one lacks its deck. */
  'with teams': {
    events: [{ ...fair, call: aCall({ closesAt: at('18:00', 25) }) }],
    ownerCode: 'FIRST-OWNER-CODE',
    others: [],
    teams: [
      { person: 'team-zh', lang: 'zh', state: 'draft', without: ['phone', 'deck'] },
      { person: 'team-en', lang: 'en', state: 'submitted', without: ['deck'] },
    ],
  },
  /** A conference of a house that has no owner yet, whose call for projects has brought three. */
  'with projects': { events: [reviewed], others: [], ownerCode: 'FIRST-OWNER-CODE', projects: PROJECTS },
  /** The day of a roadshow with an audience vote, of a house that has no owner yet: two of three projects were on stage. */
  'voting day': {
    events: [
      { ...fair, phone: 'off', email: 'off', questions: [], sessions: [], maxParty: 1, call: ROADSHOW_CALL },
    ],
    ownerCode: 'FIRST-OWNER-CODE',
    others: [],
    projects: ROADSHOW_PROJECTS,
    onStage: true,
  },
  /** A conference that has accepted two projects, of a house that has no owner yet. */
  'accepted projects': {
    events: [{ ...fair, call: aCall({ closesAt: at('09:00', 10) }) }],
    ownerCode: 'FIRST-OWNER-CODE',
    others: [],
    accepted: [1, 2],
  },
  /** The day of a roadshow, of a house that has no owner yet: four projects are placed, nothing is planned. */
  'roadshow day': { events: [today], others: [], ownerCode: 'FIRST-OWNER-CODE', projects: SHOWN },
  /** The same on its day: the track has been shown, and one sheet is still missing. */
  'scored track': {
    events: [reviewed],
    others: [],
    ownerCode: 'FIRST-OWNER-CODE',
    projects: SCORED,
    scored: true,
  },
  /** A roadshow with two tracks, and a code for a judge of the first. */
  'judge invited': {
    events: [ROADSHOW],
    others: [],
    projects: dayProjects(eventId('office', 'fair')),
    judgeCode: 'JUDGE-CODE-01',
  },
  /** The same on its day, with a code for a host of that track too. */
  'judge and host invited': {
    events: [{ ...ROADSHOW, startsAt: at('09:00', 20), endsAt: at('17:30', 20) }],
    others: [],
    projects: dayProjects(eventId('office', 'fair')),
    judgeCode: 'JUDGE-CODE-01',
    hostCode: 'HOST-CODE-001',
  },
  /** A salon with one seat, and somebody has it. */
  'full salon': { events: [salon], others: [{ event: 'salon', person: 'ana', sessions: [] }] },
  /** A conference whose roadshow is full. */
  'full roadshow': {
    events: [{ ...fair, phone: 'off', email: 'off', questions: [], maxParty: 1, languages: ['zh'] }],
    others: ['ana', 'bo'].map((person) => ({ event: 'fair', person, sessions: ['roadshow'] })),
  },
} as const satisfies Record<string, Scene>;

interface Scene {
  readonly events: readonly Content[];
  readonly projects?: readonly Project[];
  /** Whether the main track is being scored. */
  readonly scored?: true;
  readonly ownerCode?: string;
  readonly judgeCode?: string;
  readonly hostCode?: string;
  /** The first two projects were on stage in their track, which has two judges and takes scores. */
  readonly onStage?: boolean;
  /** A team with a project, and the code that it gave away. */
  readonly team?: { readonly code: string };
  /** Numbers of projects that were accepted for the conference. */
  readonly accepted?: readonly number[];
  /** Who has registered; with a language they also have an account that can be written to, in the web chat. */
  readonly others: readonly {
    event: string;
    person: string;
    sessions: readonly string[];
    lang?: Lang;
  }[];
  /** Projects of the first event, each with the one who leads it and an account of theirs in the web chat. */
  readonly teams?: readonly {
    readonly person: string;
    readonly lang: Lang;
    readonly state: ProjectState;
    /** Parts that it lacks. */
    readonly without: readonly string[];
  }[];
}

/** What a scene is set in. */
interface Ground {
  readonly verbs: Verbs;
  readonly stores: {
    readonly people: Pick<People, 'ensure'>;
    readonly invites: Pick<Invites, 'add'>;
    readonly projects: Pick<Projects, 'save' | 'byId'>;
    readonly grants: Pick<Grants, 'standing'>;
    readonly runs: Pick<Runs, 'byId' | 'save'>;
    readonly sheets: Pick<Sheets, 'save'>;
  };
}

export type SceneName = keyof typeof SCENES;

export function isScene(name: string): name is SceneName {
  return Object.hasOwn(SCENES, name);
}

/** Brings about a scene in a house. */
export async function setScene(ground: Ground, name: SceneName): Promise<void> {
  const { verbs, stores } = ground;
  const {
    events,
    others,
    ownerCode,
    judgeCode,
    hostCode,
    team,
    teams = [],
    projects = [],
    onStage,
    accepted: numbers = [],
    scored,
  }: Scene = SCENES[name];
  if (ownerCode) await verbs.offerOwnership(ownerCode);
  for (const event of events) await verbs.importEvent(event);
  await verbs.planChangedEvents();
  if (judgeCode) await inviteToTrack(stores, 'judge', judgeCode);
  if (hostCode) await inviteToTrack(stores, 'host', hostCode);
  if (team) await setTeam(ground, team.code);
  await setTeams(ground, teams);
  for (const project of projects) await stores.projects.save(project);
  if (scored) await stores.runs.save(SCORED_RUN);
  for (const sheet of scored ? SCORED_SHEETS : []) await stores.sheets.save(sheet);
  if (onStage) await stores.runs.save(roadshowRun(NOW));
  for (const number of numbers) {
    const account = { channel: 'web', bot: 'main', id: 'team' };
    const { id: person } = await stores.people.ensure(account, 'zh', NOW);
    const members = [{ person, lead: true, at: NOW }];
    await stores.projects.save(accepted(number, {}, { event: eventId('office', 'fair'), members }));
  }
  for (const { event, person: who, sessions, lang } of others) {
    const account = { channel: 'web', bot: 'main', id: who };
    const person = lang ? (await stores.people.ensure(account, lang, NOW)).id : who;
    const details = {
      lang: lang ?? 'en',
      name: who,
      organization: 'Some University',
      kind: 'guest',
      attendance: 'onsite',
      sessions,
      party: 1,
      phone: null,
      email: null,
      extra: {},
    };
    const registering = {
      event: eventId('office', event),
      person,
      run: `run of ${who}`,
      details,
      waitlist: { hall: false, sessions: false },
    };
    const done = await verbs.registerGuest(registering);
    if (!done.ok) throw new Error(`expected to register ${who}, received ${done.reason}`);
  }
}

const FORUM = eventId('office', 'forum');
const MATE = { person: 'mate', project: 'project-of-a-team', event: FORUM };

async function setTeam({ verbs, stores }: Ground, code: string): Promise<void> {
  const { cooperation: _c, market: _m, ...written } = WRITTEN;
  for (const [part, value] of Object.entries(written)) {
    const done = await verbs.writePart({ ...MATE, part, value, version: 0 });
    if (!done.ok && part !== 'public') throw new Error(`expected to write ${part}, received ${done.reason}`);
  }
  await stores.invites.add({
    id: digestOf('claim', code),
    role: 'member',
    office: 'office',
    event: FORUM,
    part: null,
    project: MATE.project,
    note: null,
    by: MATE.person,
    expiresAt: null,
    slot: null,
    use: undefined,
  });
}

async function setTeams({ stores }: Ground, teams: NonNullable<Scene['teams']>): Promise<void> {
  for (const [i, { person, lang, state, without }] of teams.entries()) {
    const account = { channel: 'web', bot: 'main', id: person };
    const { id } = await stores.people.ensure(account, lang, NOW);
    const yesterday = new Date(NOW.getTime() - 24 * 3_600_000);
    const written = Object.entries(WRITTEN).filter(([part]) => !without.includes(part));
    const project = aProject({
      id: `project-${i + 1}`,
      event: eventId('office', 'fair'),
      number: i + 1,
      state,
      members: [{ person: id, lead: true, at: yesterday }],
      parts: Object.fromEntries(
        written.map(([part, value]) => [part, { value, version: 1, by: id, at: yesterday }]),
      ),
      createdAt: yesterday,
    });
    if (!(await stores.projects.save(project)))
      throw new Error(`expected to store the project of ${person}, received false`);
  }
}

const SALON = eventId('office', 'salon');

/** What can happen elsewhere in a house while a guest chats, by the words of the dialogues. */
const DEEDS: Readonly<Record<string, (ground: Ground) => Promise<unknown>>> = {
  'the guest joins the team of P01, and the schedule is published': (ground) => joinTeam(ground),
  'ana cancels': ({ verbs }) => verbs.cancelRegistration({ person: 'ana', event: SALON }),
  'the salon moves to the library': ({ verbs }) =>
    verbs.importEvent({ ...salon, capacity: 20, place: { zh: '图书馆报告厅', en: 'Library hall' } }),
};

const judgeInvited = (code: string, note: string): Invite => ({
  id: digestOf('claim', code),
  role: 'judge',
  office: 'office',
  event: eventId('office', 'fair'),
  part: 'main',
  project: null,
  note,
  by: null,
  expiresAt: at('17:30'),
  slot: null,
  use: undefined,
});

/** What brings no letter to the guest. */
const QUIET: Readonly<Record<string, (ground: Ground) => Promise<unknown>>> = {
  ...JUDGED,
  'judges are invited by the codes JUDGE001 and JUDGE002': async ({ stores: { invites } }) => {
    await invites.add(judgeInvited('JUDGE001', '产业评委'));
    await invites.add(judgeInvited('JUDGE002', '投资评委'));
  },
  'a team mate changes the phone': ({ verbs }) =>
    verbs.writePart({ ...MATE, part: 'phone', value: '+8613900139000', version: 1 }),
  'a team mate changes the contact': ({ verbs }) =>
    verbs.writePart({ ...MATE, part: 'contact', value: '技术负责人', version: 1 }),
};

/** The guest, who owns this house, belongs to a team as well when it is told of its slot. */
async function joinTeam({ verbs, stores }: Ground): Promise<void> {
  const [owner] = await stores.grants.standing();
  const [project] = await stores.projects.byId([PROJECTS[0]?.id ?? '']);
  if (!owner || !project) throw new Error('expected an owner and a project, received none');
  const members = [...project.members, { person: owner.person, lead: false, at: NOW }];
  await stores.projects.save({ ...project, members, rev: project.rev + 1 });
  const { event } = project;
  await verbs.publishSchedule({ person: owner.person, event, counted: 1, effect: 'web:main:office.1' });
}

/** Lets something happen. False: no letter comes of it. */
export async function happen(ground: Ground, what: string): Promise<boolean> {
  const quiet = QUIET[what];
  if (quiet) {
    await quiet(ground);
    return false;
  }
  const deed = DEEDS[what];
  if (!deed) throw new Error(`expected something that can happen here, received "${what}"`);
  await deed(ground);
  return true;
}
