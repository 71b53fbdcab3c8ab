import { changed, isMember, type Project } from '../domain/project.ts';
import { heardBy, isLead, joined, parted } from '../domain/project-team.ts';
import { DAY } from '../domain/time.ts';
import { alterProject, type OfMember, type ProjectPorts, projectOf, type Stored } from './alter-project.ts';
import { digestOf, newCode } from './codes.ts';
import { countTry, type Trying } from './count-try.ts';
import {
  type Invite,
  type Invites,
  type Links,
  type People,
  type Registrations,
  type Result,
  refused,
} from './ports.ts';

interface Ports extends ProjectPorts {
  readonly invites: Invites;
  readonly links: Links;
  readonly people: People;
  readonly registrations: Registrations;
}

/** How long the code for a team mate can be used. */
const LIVES = 7 * DAY;

export interface TeamMate {
  readonly person: string;
  /** As they registered for the event; null: they did not. */
  readonly name: string | null;
  readonly lead: boolean;
  readonly since: Date;
}

export interface Team extends Stored {
  readonly mates: readonly TeamMate[];
}

/** Who is of a project's team, for its members. */
export function showTeam(ports: Ports) {
  return async (of: OfMember): Promise<Result<Team, 'unknown-project'>> => {
    const found = await projectOf(ports, of);
    return found ? { ok: true, data: await teamOf(ports, found) } : refused('unknown-project');
  };
}

async function teamOf({ registrations }: Ports, { project, event }: Stored): Promise<Team> {
  const registered = await registrations.byPerson(project.members.map(({ person }) => person));
  const mates = project.members.map(({ person, lead, at }): TeamMate => {
    const mine = registered.find((one) => one.person === person && one.event === event.id);
    return { person, name: mine?.details.name ?? null, lead, since: at };
  });
  return { project, event, mates };
}

export interface MateInvited extends Stored {
  readonly code: string;
  readonly until: Date;
}

/** Makes a code that lets whoever sends it first join a project's team, once they have said so. */
export function inviteMate(ports: Ports) {
  return async (of: OfMember): Promise<Result<MateInvited, 'unknown-project' | 'withdrawn'>> => {
    const found = await projectOf(ports, of);
    if (!found) return refused('unknown-project');
    const { project, event, now } = found;
    if (project.state === 'withdrawn') return refused('withdrawn', { project, event });
    const until = new Date(now.getTime() + LIVES);
    for (;;) {
      const code = newCode();
      const fresh: Invite = {
        id: digestOf('claim', code),
        role: 'member',
        office: event.office,
        event: event.id,
        part: null,
        project: project.id,
        note: null,
        by: of.person,
        expiresAt: until,
        slot: null,
        use: undefined,
      };
      if (await ports.invites.add(fresh)) return { ok: true, data: { project, event, code, until } };
    }
  };
}

/** `effect`: the same again is the same claim. */
export interface Joining extends Trying {
  readonly person: string;
  readonly code: string;
}

export type JoinRefusal = 'bad-code' | 'too-many-tries' | 'is-member' | 'withdrawn';

/** Looks where a code leads, so that nobody joins a team unawares. Nothing is changed but the count of wrong tries. */
export function checkTeamCode(ports: Ports) {
  return async (input: Joining): Promise<Result<Stored, JoinRefusal>> => {
    const found = await find(ports, input);
    return found.ok ? { ok: true, data: found.data } : found;
  };
}

/** Makes whoever sends a code a member, once. Interrupted, the same effect goes on from the code that it took. */
export function joinTeam(ports: Ports) {
  return async (input: Joining): Promise<Result<Stored, JoinRefusal>> => {
    const invite = await ports.invites.byId(digestOf('claim', input.code));
    if (invite?.use?.by === input.effect) return enter(ports, invite, invite.use);
    const found = await find(ports, input);
    if (!found.ok) return found;
    const now = ports.clock.now();
    const use = { by: input.effect, person: await ports.people.host(input.person), at: now };
    const { invite: fresh } = found.data;
    return (await ports.invites.take(fresh.id, use, now)) ? enter(ports, fresh, use) : refused('bad-code');
  };
}

async function find(ports: Ports, input: Joining): Promise<Result<Stored & { invite: Invite }, JoinRefusal>> {
  const counted = await countTry(ports, input);
  if (!counted.ok) return counted;
  const invite = await ports.invites.byId(digestOf('claim', input.code));
  const now = ports.clock.now();
  if (invite?.role !== 'member' || invite.use || (invite.expiresAt && invite.expiresAt <= now))
    return refused('bad-code');
  const stored = await stands(ports, invite);
  if (!stored) return refused('bad-code');
  await ports.links.forgiveTry(input.conversation, input.effect);
  if (stored.project.state === 'withdrawn') return refused('withdrawn', stored);
  if (isMember(stored.project, await ports.people.host(input.person))) return refused('is-member', stored);
  return { ok: true, data: { ...stored, invite } };
}

/** What a code leads to, while whoever gave it away is of that team. */
async function stands({ projects, events }: Ports, { project: id, by }: Invite): Promise<Stored | undefined> {
  const [project] = id === null ? [] : await projects.byId([id]);
  if (!project || by === null || !isMember(project, by)) return undefined;
  const [event] = await events.byId([project.event]);
  return event && { project, event };
}

async function enter(
  ports: Ports,
  { project: id }: Invite,
  { person, at }: NonNullable<Invite['use']>,
): Promise<Result<Stored, JoinRefusal>> {
  for (;;) {
    const [project] = id === null ? [] : await ports.projects.byId([id]);
    const [event] = project ? await ports.events.byId([project.event]) : [];
    if (!project || !event) return refused('bad-code');
    if (isMember(project, person)) return { ok: true, data: { project, event } };
    const change = {
      members: joined(project, person, at),
      seen: heardBy(project, person, project.history.length + 1),
    };
    const next = changed(project, change, { at, by: person, what: 'joined', detail: null });
    if (await ports.projects.save(next)) return { ok: true, data: { project: next, event } };
  }
}

export type PartRefusal = 'unknown-project' | 'not-lead' | 'last-member' | 'no-member';

/** Takes a member out of a team: the lead anybody, everybody themselves. The last one stays. */
export function removeMember(ports: ProjectPorts) {
  return ({
    person,
    project: id,
    member,
  }: OfMember & { readonly member: string }): Promise<Result<Stored, PartRefusal>> =>
    alterProject<PartRefusal>(ports, { person, project: id }, ({ project, event, now }) => {
      if (member !== person && !isLead(project, person)) return refused('not-lead', { project, event });
      if (!isMember(project, member)) return refused('no-member', { project, event });
      if (project.members.length === 1) return refused('last-member', { project, event });
      return left(project, person, member, now);
    });
}

function left(project: Project, by: string, member: string, at: Date): Project {
  return changed(project, { members: parted(project, member) }, { at, by, what: 'left', detail: member });
}
