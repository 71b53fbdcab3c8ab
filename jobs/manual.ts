import { z } from 'zod';
import { defineJob, KEEP } from './job.ts';

/** Builds the editions of manuals that were asked for. One that a process died over is found by the sweep. */
export const manuals = defineJob({
  name: 'manuals',
  queue: 'schedule',
  data: z.strictObject({}),
  options: { ...KEEP, attempts: 1 },
  async run(_, { buildManuals }) {
    await buildManuals();
  },
});
