import { createHash } from 'node:crypto';
import { z } from 'zod';
import { defineJob, type JobParts, KEEP } from './job.ts';
import { send } from './send.ts';

/** Writes the delivery rows of an occasion that fell due, and has them sent. */
export const remind = defineJob({
  name: 'remind',
  queue: 'schedule',
  data: z.strictObject({ occasion: z.string() }),
  // Removed when it failed too: its id must be free for the sweep to queue it again.
  options: { ...KEEP, removeOnFail: true, attempts: 5, backoff: { type: 'exponential', delay: 2_000 } },
  async run({ occasion }, { fireOccasion, add }) {
    if ((await fireOccasion(occasion)) === 'done') await add(send, {});
  },
});

/** Queues an occasion for its moment. The id is derived, so queueing it again changes nothing. */
export async function queueReminder({ add, clock }: JobParts, occasion: string, dueAt: Date): Promise<void> {
  const jobId = `remind-${createHash('sha256').update(occasion).digest('base64url')}`;
  await add(remind, { occasion }, { jobId, delay: Math.max(0, dueAt.getTime() - clock.now().getTime()) });
}
