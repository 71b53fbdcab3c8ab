import { z } from 'zod';
import { VERDICTS } from '../domain/project.ts';
import { codeSchema } from '../domain/questions.ts';
import type { decideProject, noteProject, standBack, undecideProject } from './decide-project.ts';
import type { Performing } from './perform-notice.ts';
import type { placeProjects, unplaceProject } from './place-projects.ts';
import type { listDecisions, publishDecision, publishDecisions } from './publish-decisions.ts';
import type { listReviews, showReview } from './review-projects.ts';
import type { answerSlot, publishSchedule, showSchedule } from './schedule-projects.ts';

/** What can be done about projects by those who review them, and about where they are shown. */
export interface ReviewVerbs {
  readonly listReviews: ReturnType<typeof listReviews>;
  readonly showReview: ReturnType<typeof showReview>;
  readonly decideProject: ReturnType<typeof decideProject>;
  readonly undecideProject: ReturnType<typeof undecideProject>;
  readonly noteProject: ReturnType<typeof noteProject>;
  readonly standBack: ReturnType<typeof standBack>;
  readonly listDecisions: ReturnType<typeof listDecisions>;
  readonly publishDecisions: ReturnType<typeof publishDecisions>;
  readonly publishDecision: ReturnType<typeof publishDecision>;
  readonly placeProjects: ReturnType<typeof placeProjects>;
  readonly unplaceProject: ReturnType<typeof unplaceProject>;
  readonly showSchedule: ReturnType<typeof showSchedule>;
  readonly publishSchedule: ReturnType<typeof publishSchedule>;
  readonly answerSlot: ReturnType<typeof answerSlot>;
}

/** What a reviewer may write in a message or a note. */
export const MESSAGE_MAX = 1_000;
/** Projects that are placed at once. */
export const PLACED_AT_ONCE = 50;

const event = z.string().max(128).nullable();
const number = z.int().min(1).max(99_999);
const page = z.int().min(0).max(1_000);
const place = z.int().min(1).max(500);
const part = z.string().max(64);
const message = z.string().min(1).max(MESSAGE_MAX);
const named = z.strictObject({ event, number });
/** What a project is opened for: its teller reads it from the effect. */
export const REVIEW_VIEWS = ['whole', 'reject', 'changes', 'conflict', 'publish'] as const;

const inputs = {
  list: z.strictObject({ event, part: codeSchema.nullable(), page }),
  open: z.strictObject({ event, number, view: z.enum(REVIEW_VIEWS) }),
  decide: z.strictObject({
    event,
    number,
    verdict: z.enum(VERDICTS),
    messages: z.array(z.strictObject({ part: part.nullable(), text: message })).max(60),
    until: z.iso
      .datetime()
      .transform((at) => new Date(at))
      .nullable(),
  }),
  note: z.strictObject({ event, number, text: message }),
  pending: z.strictObject({ event }),
  publish: z.strictObject({ event: z.string().max(128), counted: z.int().min(0) }),
  place: z.strictObject({
    event,
    track: part,
    numbers: z.array(number).min(1).max(PLACED_AT_ONCE),
    place: place.nullable(),
    how: z.enum(['keep', 'insert', 'swap']),
    anyway: z.boolean(),
  }),
  schedule: z.strictObject({ event, track: part.nullable(), page }),
  answer: z.strictObject({
    project: z.string().max(128),
    accepted: z.boolean(),
    seen: z.strictObject({ track: part, place }).nullable(),
  }),
};

/** The effects about reviewing and placing projects, by kind. */
export function reviewEffects(verbs: ReviewVerbs): Readonly<Record<string, Performing>> {
  return {
    review: async (input, person) => verbs.listReviews({ ...inputs.list.parse(input), person }),
    'review-project': async (input, person) => {
      const { view: _, ...naming } = inputs.open.parse(input);
      return verbs.showReview({ ...naming, person });
    },
    'decide-project': async (input, person, effect) =>
      verbs.decideProject({ ...inputs.decide.parse(input), person, effect }),
    'undecide-project': async (input, person, effect) =>
      verbs.undecideProject({ ...named.parse(input), person, effect }),
    'note-project': async (input, person, effect) =>
      verbs.noteProject({ ...inputs.note.parse(input), person, effect }),
    'stand-back': async (input, person, effect) => verbs.standBack({ ...named.parse(input), person, effect }),
    decisions: async (input, person) => verbs.listDecisions({ ...inputs.pending.parse(input), person }),
    'publish-decisions': async (input, person, effect) =>
      verbs.publishDecisions({ ...inputs.publish.parse(input), person, effect }),
    'publish-decision': async (input, person, effect) =>
      verbs.publishDecision({ ...named.parse(input), person, effect }),
    place: async (input, person) => verbs.placeProjects({ ...inputs.place.parse(input), person }),
    unplace: async (input, person) => verbs.unplaceProject({ ...named.parse(input), person }),
    schedule: async (input, person) => verbs.showSchedule({ ...inputs.schedule.parse(input), person }),
    'publish-schedule': async (input, person, effect) =>
      verbs.publishSchedule({ ...inputs.publish.parse(input), person, effect }),
    'answer-slot': async (input, person) => verbs.answerSlot({ ...inputs.answer.parse(input), person }),
  };
}
