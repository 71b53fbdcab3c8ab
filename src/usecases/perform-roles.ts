import { z } from 'zod';
import { ROLES } from '../domain/access.ts';
import { INVITED_AT_MOST } from '../domain/event-role.ts';
import { codeSchema } from '../domain/questions.ts';
import { conversationOf } from './effect-id.ts';
import type { endRole, listRoles, weighRole } from './end-role.ts';
import type { checkClaim } from './grant-roles.ts';
import type { inviteToRole } from './invite-to-role.ts';
import type { listInvitations, revokeInvitation } from './list-invitations.ts';
import type { Outcome, Performing } from './perform-notice.ts';
import type { TeamVerbs } from './perform-team.ts';
import type { welcomeReviewer } from './welcome-reviewer.ts';

/** How roles are given, listed and taken back. */
export interface RoleVerbs {
  readonly checkClaim: ReturnType<typeof checkClaim>;
  readonly claimRole: ReturnType<typeof welcomeReviewer>;
  readonly inviteToRole: ReturnType<typeof inviteToRole>;
  readonly listInvitations: ReturnType<typeof listInvitations>;
  readonly revokeInvitation: ReturnType<typeof revokeInvitation>;
  readonly listRoles: ReturnType<typeof listRoles>;
  readonly weighRole: ReturnType<typeof weighRole>;
  readonly endRole: ReturnType<typeof endRole>;
}

const eventId = z.string().max(64).nullable();
const listed = z.strictObject({ event: eventId, page: z.int().min(0).max(1_000) });

const inputs = {
  code: z.strictObject({ code: z.string().max(64) }),
  invite: z.strictObject({
    role: z.enum(ROLES),
    office: codeSchema.nullable(),
    event: eventId,
    part: codeSchema.nullable(),
    notes: z.array(z.string().max(60).nullable()).min(1).max(INVITED_AT_MOST),
  }),
  revoke: z.strictObject({ mark: z.string().max(64) }),
  grant: z.strictObject({ grant: z.string().max(64) }),
};

/** The effects about roles, by kind. A code may lead to a team instead: that is looked at as well. */
export function roleEffects(
  verbs: RoleVerbs & Pick<TeamVerbs, 'checkTeamCode'>,
): Readonly<Record<string, Performing>> {
  const code =
    (look: 'checkClaim' | 'claimRole'): Performing =>
    async (input, person, effect): Promise<Outcome> => {
      const sent = { ...inputs.code.parse(input), person, effect, conversation: conversationOf(effect) };
      const done = await verbs[look](sent);
      const isForTeam = !done.ok && done.reason === 'for-team';
      return isForTeam ? verbs.checkTeamCode(sent) : done;
    };
  return {
    claim: code('claimRole'),
    'check-claim': code('checkClaim'),
    invite: async (input, person, effect) =>
      verbs.inviteToRole({ ...inputs.invite.parse(input), person, effect }),
    invitations: async (input, person) => verbs.listInvitations({ person, event: listed.parse(input).event }),
    'revoke-invitation': async (input, person) =>
      verbs.revokeInvitation({ ...inputs.revoke.parse(input), person }),
    roles: async (input, person) => verbs.listRoles({ person, event: listed.parse(input).event }),
    'weigh-role': async (input, person) => verbs.weighRole({ ...inputs.grant.parse(input), person }),
    'end-role': async (input, person) => verbs.endRole({ ...inputs.grant.parse(input), person }),
  };
}
