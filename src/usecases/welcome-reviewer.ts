import type { Grant } from '../domain/access.ts';
import type { CallingEvent } from '../domain/event.ts';
import type { Briefing } from './brief-judge.ts';
import type { Claiming, ClaimRefusal } from './grant-roles.ts';
import type { Result } from './ports.ts';
import { listReviews, type ReviewPorts } from './review-projects.ts';

/** A role that was just given, with what its holder is told at once: what waits for a reviewer, a judge's briefing. */
export interface Claimed extends Grant {
  readonly review?: { readonly event: CallingEvent; readonly waiting: number };
  readonly briefing?: readonly Briefing[];
}

/** Claims a role, and looks at what waits for who is a reviewer now. */
export function welcomeReviewer(
  ports: ReviewPorts,
  claim: (input: Claiming) => Promise<Result<Grant, ClaimRefusal>>,
) {
  return async (input: Claiming): Promise<Result<Claimed, ClaimRefusal>> => {
    const claimed = await claim(input);
    if (!claimed.ok || claimed.data.role !== 'reviewer' || claimed.data.event === null) return claimed;
    const { person, event, part } = claimed.data;
    const listed = await listReviews(ports)({ person, event, part, page: 0 });
    const [one] = listed.ok ? listed.data : [];
    if (!one) return claimed;
    return { ok: true, data: { ...claimed.data, review: { event: one.event, waiting: one.waiting.length } } };
  };
}
