import { castVote, showVote } from './cast-vote.ts';
import type { VoteVerbs } from './perform-vote.ts';
import { closeVote, openVote, publishVote, type RunVotePorts, voteStand } from './run-vote.ts';

/** Everything about the vote of the audience. */
export function voteVerbs(ports: RunVotePorts): VoteVerbs {
  return {
    showVote: showVote(ports),
    castVote: castVote(ports),
    openVote: openVote(ports),
    closeVote: closeVote(ports),
    voteStand: voteStand(ports),
    publishVote: publishVote(ports),
  };
}
