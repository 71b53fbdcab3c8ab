import { z } from 'zod';
import { audienceSchema } from '../domain/audience.ts';
import { NOTICE_BUTTONS } from '../domain/notice.ts';
import { codeSchema } from '../domain/questions.ts';
import { langSchema } from '../text/text.ts';
import { conversationOf } from './effect-id.ts';
import type { escalateNotice } from './escalate-notice.ts';
import type { removeTemplate, saveTemplate } from './keep-template.ts';
import type { leaveOut } from './leave-out.ts';
import type { listNotices } from './list-notices.ts';
import type { openNotice } from './open-notice.ts';
import type { Result } from './ports.ts';
import type { reportNotice } from './report-notice.ts';
import type { showNotice } from './show-notice.ts';
import type { confirmNotice, confirmReceipt, sendAgain, steerNotice, testNotice } from './steer-notice.ts';
import type { writeNotice } from './write-notice.ts';

export type Outcome = Result<unknown, string>;

/** Carries out one kind of effect. `id`: the same again is the same effect. */
export type Performing = (input: unknown, person: string, id: string) => Promise<Outcome>;

/** What can be done about notices. */
export interface NoticeVerbs {
  readonly writeNotice: ReturnType<typeof writeNotice>;
  readonly showNotice: ReturnType<typeof showNotice>;
  readonly listNotices: ReturnType<typeof listNotices>;
  readonly openNotice: ReturnType<typeof openNotice>;
  readonly leaveOut: ReturnType<typeof leaveOut>;
  readonly confirmNotice: ReturnType<typeof confirmNotice>;
  readonly steerNotice: ReturnType<typeof steerNotice>;
  readonly testNotice: ReturnType<typeof testNotice>;
  readonly sendAgain: ReturnType<typeof sendAgain>;
  readonly confirmReceipt: ReturnType<typeof confirmReceipt>;
  readonly reportNotice: ReturnType<typeof reportNotice>;
  readonly escalateNotice: ReturnType<typeof escalateNotice>;
  readonly saveTemplate: ReturnType<typeof saveTemplate>;
  readonly removeTemplate: ReturnType<typeof removeTemplate>;
}

const number = z.int().min(1).max(99_999_999);

const written = z.strictObject({
  edits: number.nullable(),
  event: z.string().max(128),
  audience: audienceSchema,
  text: z.partialRecord(langSchema, z.string().max(20_000)),
  file: z
    .strictObject({
      kind: z.literal('stored'),
      id: z.string().max(64),
      name: z.string().max(255),
      type: z.string().max(255),
    })
    .nullable(),
  buttons: z.array(z.enum(NOTICE_BUTTONS)).max(NOTICE_BUTTONS.length),
  link: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .nullable(),
  critical: z.boolean(),
  without: z.array(codeSchema).max(10),
  startsAt: z.iso
    .datetime()
    .transform((at) => new Date(at))
    .nullable(),
});

/** What is shown of a notice: its teller reads it from the effect. */
export const NOTICE_VIEWS = ['stand', 'post', 'resend-unknown', 'resend-failed'] as const;

const inputs = {
  notices: z.strictObject({}),
  number: z.strictObject({ number }),
  show: z.strictObject({ number, view: z.enum(NOTICE_VIEWS) }),
  send: z.strictObject({ number, counted: z.int().min(0) }),
  steer: z.strictObject({ number, act: z.enum(['pause', 'resume', 'cancel']) }),
  resend: z.strictObject({ number, what: z.enum(['failed', 'unknown']) }),
  leaveOut: z.strictObject({ number, channel: codeSchema }),
  save: z.strictObject({ number, code: z.string().max(64) }),
  remove: z.strictObject({ office: codeSchema, code: codeSchema }),
};

/** The effects about notices, by kind. */
export function noticeEffects(verbs: NoticeVerbs): Readonly<Record<string, Performing>> {
  return {
    'write-notice': async (input, person, id) =>
      verbs.writeNotice({ ...written.parse(input), id, person, conversation: conversationOf(id) }),
    async notices(input, person) {
      inputs.notices.parse(input);
      return verbs.listNotices({ person });
    },
    async 'show-notice'(input, person) {
      const { number: of } = inputs.show.parse(input);
      return verbs.showNotice({ number: of, person });
    },
    'open-notice': async (input, person) => verbs.openNotice({ ...inputs.number.parse(input), person }),
    'send-notice': async (input, person) => verbs.confirmNotice({ ...inputs.send.parse(input), person }),
    'test-notice': async (input, person, effect) =>
      verbs.testNotice({
        ...inputs.number.parse(input),
        person,
        effect,
        conversation: conversationOf(effect),
      }),
    'steer-notice': async (input, person) => verbs.steerNotice({ ...inputs.steer.parse(input), person }),
    'resend-notice': async (input, person) => verbs.sendAgain({ ...inputs.resend.parse(input), person }),
    'report-notice': async (input, person) => verbs.reportNotice({ ...inputs.number.parse(input), person }),
    'escalate-notice': async (input, person) =>
      verbs.escalateNotice({ ...inputs.number.parse(input), person }),
    'leave-out': async (input, person) => verbs.leaveOut({ ...inputs.leaveOut.parse(input), person }),
    'notice-received': async (input, person) =>
      verbs.confirmReceipt({ ...inputs.number.parse(input), person }),
    'save-template': async (input, person) => verbs.saveTemplate({ ...inputs.save.parse(input), person }),
    'remove-template': async (input, person) =>
      verbs.removeTemplate({ ...inputs.remove.parse(input), person }),
  };
}
