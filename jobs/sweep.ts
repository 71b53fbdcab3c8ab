import { z } from 'zod';
import { MINUTE } from '../src/domain/time.ts';
import { defineJob, type JobParts, KEEP } from './job.ts';
import { manuals } from './manual.ts';
import { notices } from './notices.ts';
import { queueReminder } from './remind.ts';
import { send } from './send.ts';

/** How often the house is swept: the longest that anything waits after a crash or an emptied queue. */
export const SWEEP_EVERY_MS = 10_000;
const AHEAD_MS = 2 * MINUTE;
const AT_ONCE = 500;

/**
 * Brings about everything that MongoDB says is due, whatever became of the queue: plans, offers, reminders,
 * sending, and what a crash left undone. Every part is idempotent.
 */
export const sweep = defineJob({
  name: 'sweep',
  queue: 'schedule',
  data: z.strictObject({}),
  options: { ...KEEP, attempts: 1 },
  async run(_, parts) {
    await parts.planChangedEvents();
    await Promise.all([
      settleAll(parts),
      queueReminders(parts),
      parts.tellProjects(),
      parts.tickRuns(),
      parts.settleRuns(),
      parts.chaseJudges(),
      parts.recover(),
      parts.tendForms(),
    ]);
    await parts.deliveries.recover(parts.clock.now());
    await parts.add(notices, {});
    await parts.add(manuals, {});
    if (await parts.deliveries.anyDue(parts.clock.now())) await parts.add(send, {});
  },
});

async function settleAll({ seats, settleSeats }: JobParts): Promise<void> {
  for (const event of await seats.needingAttention(AT_ONCE)) await settleSeats(event);
}

async function queueReminders(parts: JobParts): Promise<void> {
  const until = new Date(parts.clock.now().getTime() + AHEAD_MS);
  for (const { id, dueAt } of await parts.occasions.due(until, AT_ONCE))
    await queueReminder(parts, id, dueAt);
}
