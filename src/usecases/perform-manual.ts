import { z } from 'zod';
import { MANUAL_LANGS, MANUAL_ORDERS } from '../domain/manual.ts';
import { conversationOf } from './effect-id.ts';
import type { openEdition, planManual, publishManual, showManual, startManual } from './manual-editions.ts';
import type { ManualLinks } from './manual-ports.ts';
import type { meetTeam, showProject } from './meet-team.ts';
import type { Performing } from './perform-notice.ts';
import type { answerProof, sendProofs } from './proof-manual.ts';

/** What can be done about the manual. */
export interface ManualVerbs {
  readonly showManual: ReturnType<typeof showManual>;
  readonly startManual: ReturnType<typeof startManual>;
  readonly planManual: ReturnType<typeof planManual>;
  readonly publishManual: ReturnType<typeof publishManual>;
  readonly openEdition: ReturnType<typeof openEdition>;
  readonly sendProofs: ReturnType<typeof sendProofs>;
  readonly answerProof: ReturnType<typeof answerProof>;
  readonly showProject: ReturnType<typeof showProject>;
  readonly meetTeam: ReturnType<typeof meetTeam>;
  readonly manualLinks: ManualLinks;
}

const event = z.string().min(1).max(128);
const number = z.int().min(1).max(99_999);
const both = (most: number) => z.strictObject({ zh: z.string().max(most), en: z.string().max(most) });

const inputs = {
  event: z.strictObject({ event }),
  build: z.strictObject({ event, langs: z.enum(MANUAL_LANGS) }),
  plan: z.union([
    z.strictObject({ event, order: z.enum(MANUAL_ORDERS) }),
    z.strictObject({
      event,
      cover: z.strictObject({ title: both(200), subtitle: both(200), text: both(2_000) }),
    }),
  ]),
  publish: z.strictObject({ event, number, published: z.boolean() }),
  edition: z.strictObject({ event, number }),
  proofs: z.strictObject({ event, number: number.nullable() }),
  answer: z.strictObject({ project: z.string().max(128), text: z.string().max(20_000).nullable() }),
  meet: z.strictObject({
    event,
    number,
    visitor: z.strictObject({
      name: z.string().min(1).max(200),
      organization: z.string().min(1).max(200),
      contact: z.string().min(1).max(200),
    }),
  }),
};

/** Where everybody reads the manual of an event; null: the house has no public address. */
export function manualUrl(
  { publicUrl }: ManualLinks,
  { office, code }: { readonly office: string; readonly code: string },
): string | null {
  return publicUrl && new URL(`/manual/${office}/${code}`, publicUrl).href;
}

/** The effects about the manual, by kind. */
export function manualEffects(verbs: ManualVerbs): Readonly<Record<string, Performing>> {
  return {
    'show-manual': async (input, person) => verbs.showManual({ ...inputs.event.parse(input), person }),
    'build-manual': async (input, person, effect) =>
      verbs.startManual({
        ...inputs.build.parse(input),
        person,
        effect,
        conversation: conversationOf(effect),
      }),
    'plan-manual': async (input, person) => verbs.planManual({ ...inputs.plan.parse(input), person }),
    async 'publish-manual'(input, person) {
      const done = await verbs.publishManual({ ...inputs.publish.parse(input), person });
      if (!done.ok) return done;
      return { ok: true, data: { ...done.data, link: manualUrl(verbs.manualLinks, done.data.event) } };
    },
    'open-manual': async (input, person) => verbs.openEdition({ ...inputs.edition.parse(input), person }),
    'show-proofs': async (input, person) => verbs.showManual({ ...inputs.event.parse(input), person }),
    'send-proofs': async (input, person, effect) =>
      verbs.sendProofs({ ...inputs.proofs.parse(input), person, effect }),
    'answer-proof': async (input, person) => verbs.answerProof({ ...inputs.answer.parse(input), person }),
    'show-project': async (input) => verbs.showProject(inputs.edition.parse(input)),
    'meet-team': async (input, person, effect) =>
      verbs.meetTeam({ ...inputs.meet.parse(input), person, effect }),
  };
}
