import { z } from 'zod';
import type { castVote, showVote } from './cast-vote.ts';
import type { Performing } from './perform-notice.ts';
import type { closeVote, openVote, publishVote, voteStand } from './run-vote.ts';

/** What can be done about the vote of the audience. */
export interface VoteVerbs {
  readonly showVote: ReturnType<typeof showVote>;
  readonly castVote: ReturnType<typeof castVote>;
  readonly openVote: ReturnType<typeof openVote>;
  readonly closeVote: ReturnType<typeof closeVote>;
  readonly voteStand: ReturnType<typeof voteStand>;
  readonly publishVote: ReturnType<typeof publishVote>;
}

const event = z.string().min(1).max(128);
const inputs = {
  event: z.strictObject({ event }),
  vote: z.strictObject({ event, numbers: z.array(z.int().min(1).max(99_999)).max(100) }),
};

/** The effects about the vote of the audience, by kind. */
export function voteEffects(verbs: VoteVerbs): Readonly<Record<string, Performing>> {
  return {
    'show-vote': async (input, person) => verbs.showVote({ ...inputs.event.parse(input), person }),
    vote: async (input, person, effect) => verbs.castVote({ ...inputs.vote.parse(input), person, effect }),
    'open-vote': async (input, person) => verbs.openVote({ ...inputs.event.parse(input), person }),
    'close-vote': async (input, person) => verbs.closeVote({ ...inputs.event.parse(input), person }),
    'vote-result': async (input, person) => verbs.voteStand({ ...inputs.event.parse(input), person }),
    'publish-vote': async (input, person) => verbs.publishVote({ ...inputs.event.parse(input), person }),
  };
}
