import { z } from 'zod';
import { codeSchema } from '../domain/questions.ts';
import { conversationOf } from './effect-id.ts';
import type { openProject } from './open-project.ts';
import type { Performing } from './perform-notice.ts';
import type { checkTeamCode, inviteMate, joinTeam, removeMember, showTeam } from './project-team.ts';
import type { restoreProject, submitProject, withdrawProject } from './submit-project.ts';
import type { bringOver } from './unite-people.ts';
import type { writePart } from './write-part.ts';

/** What a team can do about its project, and what others can see of it. */
export interface TeamVerbs {
  readonly bringOver: ReturnType<typeof bringOver>;
  readonly writePart: ReturnType<typeof writePart>;
  readonly submitProject: ReturnType<typeof submitProject>;
  readonly withdrawProject: ReturnType<typeof withdrawProject>;
  readonly restoreProject: ReturnType<typeof restoreProject>;
  readonly openProject: ReturnType<typeof openProject>;
  readonly showTeam: ReturnType<typeof showTeam>;
  readonly inviteMate: ReturnType<typeof inviteMate>;
  readonly checkTeamCode: ReturnType<typeof checkTeamCode>;
  readonly joinTeam: ReturnType<typeof joinTeam>;
  readonly removeMember: ReturnType<typeof removeMember>;
}

const id = z.string().min(1).max(128);

const file = z.strictObject({
  ref: z.string().min(1).max(64),
  name: z.string().max(255),
  type: z.string().max(255),
  size: z.int().min(0),
});

const inputs = {
  part: z.strictObject({
    project: id,
    event: z.string().max(128),
    part: codeSchema.or(z.string().regex(/^own-[a-z0-9-]{1,32}$/)),
    value: z.union([z.string().max(8_000), z.array(z.string().max(64)).max(40), file, z.null()]),
    version: z.int().min(0),
  }),
  project: z.strictObject({ project: id }),
  member: z.strictObject({ project: id, member: id }),
  open: z.strictObject({ number: z.int().min(1).max(99_999), event: codeSchema.nullable() }),
  code: z.strictObject({ code: z.string().max(64) }),
};

/** The effects about a team and its project, by kind. */
export function teamEffects(verbs: TeamVerbs): Readonly<Record<string, Performing>> {
  /** Whoever was joined with somebody meanwhile takes along what is theirs since. */
  const after = async <T extends { readonly ok: boolean }>(done: T, person: string): Promise<T> => {
    if (done.ok) await verbs.bringOver({ person });
    return done;
  };
  const of = (input: unknown, person: string) => ({ ...inputs.project.parse(input), person });
  return {
    'write-part': async (input, person) =>
      after(await verbs.writePart({ ...inputs.part.parse(input), person }), person),
    'submit-project': async (input, person) => verbs.submitProject(of(input, person)),
    'withdraw-project': async (input, person) => verbs.withdrawProject(of(input, person)),
    'restore-project': async (input, person) => verbs.restoreProject(of(input, person)),
    'open-project': async (input, person) => verbs.openProject({ ...inputs.open.parse(input), person }),
    team: async (input, person) => verbs.showTeam(of(input, person)),
    'invite-mate': async (input, person) => verbs.inviteMate(of(input, person)),
    'remove-member': async (input, person) => verbs.removeMember({ ...inputs.member.parse(input), person }),
    'join-team': async (input, person, effect) => {
      const code = inputs.code.parse(input);
      const joining = { ...code, person, effect, conversation: conversationOf(effect) };
      return after(await verbs.joinTeam(joining), person);
    },
  };
}
