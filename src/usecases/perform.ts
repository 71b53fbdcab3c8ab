import { z } from 'zod';
import { langSchema } from '../text/text.ts';
import type { answerOffer } from './answer-offer.ts';
import type { bringForms } from './bring-forms.ts';
import type { cancelRegistration } from './cancel-registration.ts';
import { conversationOf } from './effect-id.ts';
import type { checkLink, Joining, joinByCode, offerLink } from './link-accounts.ts';
import type { checkTicket, joinByTicket } from './link-by-ticket.ts';
import { type DeadlineVerbs, deadlineEffects } from './perform-deadline.ts';
import { type ExportVerbs, exportEffects } from './perform-export.ts';
import { type JudgeVerbs, judgeEffects } from './perform-judge.ts';
import { type ManualVerbs, manualEffects } from './perform-manual.ts';
import { type NoticeVerbs, noticeEffects, type Outcome, type Performing } from './perform-notice.ts';
import { type PaperVerbs, paperEffects } from './perform-paper.ts';
import { type ResultVerbs, resultEffects } from './perform-results.ts';
import { type ReviewVerbs, reviewEffects } from './perform-review.ts';
import { type RoleVerbs, roleEffects } from './perform-roles.ts';
import { type RunVerbs, runEffects } from './perform-run.ts';
import { type TeamVerbs, teamEffects } from './perform-team.ts';
import { type VoteVerbs, voteEffects } from './perform-vote.ts';
import type { registerGuest } from './register-guest.ts';
import type { setLanguage, setNotices } from './set-preference.ts';
import type { bringOver } from './unite-people.ts';
import type { unlinkAccount, unlinkOthers } from './unlink-accounts.ts';

export interface Verbs
  extends NoticeVerbs,
    TeamVerbs,
    ExportVerbs,
    DeadlineVerbs,
    ReviewVerbs,
    ManualVerbs,
    RoleVerbs,
    RunVerbs,
    ResultVerbs,
    JudgeVerbs,
    PaperVerbs,
    VoteVerbs {
  readonly registerGuest: ReturnType<typeof registerGuest>;
  readonly cancelRegistration: ReturnType<typeof cancelRegistration>;
  readonly answerOffer: ReturnType<typeof answerOffer>;
  readonly setLanguage: ReturnType<typeof setLanguage>;
  readonly setNotices: ReturnType<typeof setNotices>;
  readonly offerLink: ReturnType<typeof offerLink>;
  readonly bringOver: ReturnType<typeof bringOver>;
  readonly checkLink: ReturnType<typeof checkLink>;
  readonly joinByCode: ReturnType<typeof joinByCode>;
  readonly checkTicket: ReturnType<typeof checkTicket>;
  readonly joinByTicket: ReturnType<typeof joinByTicket>;
  readonly unlinkAccount: ReturnType<typeof unlinkAccount>;
  readonly unlinkOthers: ReturnType<typeof unlinkOthers>;
  readonly bringForms: ReturnType<typeof bringForms>;
}

const inputs = {
  register: z.strictObject({
    event: z.string(),
    details: z.looseObject({ lang: langSchema }),
    waitlist: z.strictObject({ hall: z.boolean(), sessions: z.boolean() }),
  }),
  'cancel-registration': z.strictObject({ event: z.string() }),
  'answer-offer': z.strictObject({
    ticket: z.string().max(64),
    session: z.string().max(64).nullable(),
    accepted: z.boolean(),
  }),
  'set-language': z.strictObject({ lang: langSchema }),
  'set-notices': z.strictObject({ wanted: z.boolean() }),
  'link-code': z.strictObject({}),
  code: z.strictObject({ code: z.string().max(64) }),
  unlink: z.strictObject({ from: z.string() }),
  'unlink-others': z.strictObject({}),
  'bring-forms': z.strictObject({}),
};

/** A code that was sent, with by whom and where. */
function sentCode(input: unknown, person: string, effect: string): Joining {
  return { ...inputs.code.parse(input), person, effect, conversation: conversationOf(effect) };
}

/**
 * Carries out what a conversation decided, for the person who decided it. `id` is the idempotency key. Throws on
 * an outage, and on an effect that no flow could have made.
 */
export function performEffect(verbs: Verbs) {
  const by: Record<string, Performing> = {
    async register(input, person, id) {
      const { event, details, waitlist } = inputs.register.parse(input);
      const done = await verbs.registerGuest({ event, details, waitlist, person, run: id });
      if (done.ok) await verbs.setLanguage({ person: await verbs.bringOver({ person }), lang: details.lang });
      return done;
    },
    'cancel-registration': async (input, person) =>
      verbs.cancelRegistration({ ...inputs['cancel-registration'].parse(input), person }),
    'answer-offer': async (input, person) =>
      verbs.answerOffer({ ...inputs['answer-offer'].parse(input), person }),
    async 'set-language'(input, person) {
      await verbs.setLanguage({ ...inputs['set-language'].parse(input), person });
      return { ok: true, data: null };
    },
    async 'set-notices'(input, person) {
      await verbs.setNotices({ ...inputs['set-notices'].parse(input), person });
      return { ok: true, data: null };
    },
    async 'link-code'(input, person) {
      inputs['link-code'].parse(input);
      return { ok: true, data: await verbs.offerLink({ person }) };
    },
    'check-link': async (input, person, effect) => verbs.checkLink(sentCode(input, person, effect)),
    link: async (input, person, effect) => verbs.joinByCode(sentCode(input, person, effect)),
    'check-ticket': async (input, person, effect) => verbs.checkTicket(sentCode(input, person, effect)),
    'link-ticket': async (input, person, effect) => verbs.joinByTicket(sentCode(input, person, effect)),
    unlink: async (input, _, effect) =>
      verbs.unlinkAccount({ ...inputs.unlink.parse(input), conversation: conversationOf(effect) }),
    async 'unlink-others'(input, _, effect) {
      inputs['unlink-others'].parse(input);
      return verbs.unlinkOthers({ conversation: conversationOf(effect) });
    },
    async 'bring-forms'(input, _, effect) {
      inputs['bring-forms'].parse(input);
      return verbs.bringForms({ conversation: conversationOf(effect) });
    },
    ...noticeEffects(verbs),
    ...teamEffects(verbs),
    ...exportEffects(verbs),
    ...deadlineEffects(verbs),
    ...reviewEffects(verbs),
    ...manualEffects(verbs),
    ...roleEffects(verbs),
    ...runEffects(verbs),
    ...resultEffects(verbs),
    ...judgeEffects(verbs),
    ...paperEffects(verbs),
    ...voteEffects(verbs),
  };
  return async (effect: { id: string; kind: string; input: unknown }, person: string): Promise<Outcome> => {
    const verb = Object.hasOwn(by, effect.kind) ? by[effect.kind] : undefined;
    if (!verb) throw new Error(`expected an effect that the house knows, received "${effect.kind}"`);
    return verb(effect.input, person, effect.id);
  };
}
