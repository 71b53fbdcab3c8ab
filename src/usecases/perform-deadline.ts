import { z } from 'zod';
import type { chaseTeams, countChased } from './chase-teams.ts';
import type { extendCall } from './extend-call.ts';
import type { extendProject } from './extend-deadline.ts';
import type { listLate } from './list-late.ts';
import type { Performing } from './perform-notice.ts';
import type { reopenProject } from './reopen-project.ts';

/** What organizers can do about deadlines. */
export interface DeadlineVerbs {
  readonly listLate: ReturnType<typeof listLate>;
  readonly countChased: ReturnType<typeof countChased>;
  readonly chaseTeams: ReturnType<typeof chaseTeams>;
  readonly extendProject: ReturnType<typeof extendProject>;
  readonly extendCall: ReturnType<typeof extendCall>;
  readonly reopenProject: ReturnType<typeof reopenProject>;
}

const event = z.string().max(64);
const number = z.int().min(1).max(99_999);
const moment = z.iso.datetime().transform((at) => new Date(at));

const inputs = {
  late: z.strictObject({ event, from: number }),
  event: z.strictObject({ event }),
  chase: z.strictObject({ event, counted: z.int().min(0) }),
  extend: z.strictObject({
    event,
    number,
    to: z
      .union([
        z.strictObject({ until: moment }),
        z.strictObject({
          by: z.strictObject({ days: z.int().min(0).max(999), minutes: z.int().min(0).max(99_999) }),
        }),
      ])
      .nullable(),
  }),
  extendAll: z.strictObject({ event, from: moment, until: moment }),
  reopen: z.strictObject({ event, number, until: moment.nullable() }),
};

/** The effects about deadlines, by kind. */
export function deadlineEffects(verbs: DeadlineVerbs): Readonly<Record<string, Performing>> {
  return {
    late: async (input, person) => verbs.listLate({ ...inputs.late.parse(input), person }),
    'count-chased': async (input, person, effect) =>
      verbs.countChased({ ...inputs.event.parse(input), person, effect }),
    chase: async (input, person, effect) =>
      verbs.chaseTeams({ ...inputs.chase.parse(input), person, effect }),
    'extend-project': async (input, person, effect) =>
      verbs.extendProject({ ...inputs.extend.parse(input), person, effect }),
    'extend-call': async (input, person) => verbs.extendCall({ ...inputs.extendAll.parse(input), person }),
    'reopen-project': async (input, person, effect) =>
      verbs.reopenProject({ ...inputs.reopen.parse(input), person, effect }),
  };
}
