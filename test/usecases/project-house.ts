import type { Call } from '../../src/domain/call.ts';
import type { PartValue, Project } from '../../src/domain/project.ts';
import { at } from '../domain/examples.ts';
import { aCall, WRITTEN } from '../support/projects.ts';
import { type Content, FAIR, House } from './house.ts';

/** When the call of these tests closes: five days after the clock begins. */
export const CLOSES = at('2026-05-15T18:00+08:00');

/** A house with an event that takes projects, asking for no files. */
export async function houseWithCall(call: Partial<Call> = {}, given: Partial<Content> = {}): Promise<House> {
  const asked = { ...aCall().asked, deck: 'optional' as const };
  return House.with({ call: aCall({ closesAt: CLOSES, asked, ...call }), ...given });
}

type Written = Awaited<ReturnType<House['verbs']['writePart']>>;

/** Writes over the version that stands, as somebody who sees it. */
export async function write(
  { verbs, stores }: Pick<House, 'verbs' | 'stores'>,
  person: string,
  part: string,
  value: PartValue,
  given: { readonly project?: string; readonly version?: number } = {},
): Promise<Written> {
  const { project = 'run.1' } = given;
  const [stored] = await stores.projects.byId([project]);
  const version = given.version ?? stored?.parts[part]?.version ?? 0;
  return verbs.writePart({ person, project, event: FAIR, part, value, version });
}

/** A project that lacks nothing, of `lead`. */
export async function filled(house: House, project = 'run.1', person = 'lead'): Promise<Project> {
  for (const [part, value] of Object.entries(WRITTEN)) {
    const done = await write(house, person, part, value, { project });
    if (!done.ok) throw new Error(`expected to write ${part}, received ${done.reason}`);
  }
  return stored(house, project);
}

export async function stored({ stores }: Pick<House, 'stores'>, id = 'run.1'): Promise<Project> {
  const [project] = await stores.projects.byId([id]);
  if (!project) throw new Error(`expected the project ${id}, received none`);
  return project;
}

/** Lets somebody into a team by a code. */
export async function join(house: House, person: string, project = 'run.1', by = 'lead'): Promise<void> {
  const invited = await house.verbs.inviteMate({ person: by, project });
  if (!invited.ok) throw new Error(`expected a code, received ${invited.reason}`);
  const done = await house.verbs.joinTeam({
    person,
    code: invited.data.code,
    conversation: `web:main:${person}`,
    effect: `web:main:${person}.${crypto.randomUUID()}`,
  });
  if (!done.ok) throw new Error(`expected ${person} to join, received ${done.reason}`);
}
