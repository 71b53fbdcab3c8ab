import { z } from 'zod';
import { defineJob, KEEP } from './job.ts';

/** Sends every row that is due. One more of these than needed finds nothing and ends. */
export const send = defineJob({
  name: 'send',
  queue: 'send',
  data: z.strictObject({}),
  options: { ...KEEP, attempts: 3, backoff: { type: 'exponential', delay: 1_000 } },
  async run(_, { sendDue }) {
    await sendDue();
  },
});
