import { z } from 'zod';
import { defineJob, KEEP } from './job.ts';
import { send } from './send.ts';

/** How soon a notice that is on its way is looked at again, for its progress and its end. */
const AGAIN_MS = 1_000;

/** Brings every notice on its way a step further, and comes again while there are any. */
export const notices = defineJob({
  name: 'notices',
  queue: 'schedule',
  data: z.strictObject({}),
  options: { ...KEEP, attempts: 3, backoff: { type: 'exponential', delay: 1_000 } },
  async run(_, { runNotices, add }) {
    if ((await runNotices()) === 0) return;
    await add(send, {});
    // However many come to this, one of them comes again.
    await add(notices, {}, { delay: AGAIN_MS, deduplication: { id: 'notices', ttl: AGAIN_MS } });
  },
});
