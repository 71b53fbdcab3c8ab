import { describe } from 'vitest';
import { BACKENDS } from './backends.ts';
import { useBench } from './bench.ts';
import { closesGracefully } from './closing.ts';
import { deduplicatesJobs } from './deduplication.ts';
import { delaysJobs } from './delayed.ts';
import { limitsTheRate } from './limits.ts';
import { pauses } from './pausing.ts';
import { respectsPriorities } from './priorities.ts';
import { survivesReopening } from './reopening.ts';
import { retriesJobs } from './retries.ts';
import { schedulesJobs } from './schedulers.ts';
import { recoversStalledJobs } from './stalled.ts';
import { worksEachJobOnce } from './working.ts';

for (const backend of BACKENDS)
  describe.skipIf(!backend.available)(`BullMQ on ${backend.name}`, () => {
    const bench = useBench(backend);
    describe('jobs', () => worksEachJobOnce(bench));
    describe('delayed jobs', () => delaysJobs(bench));
    describe('schedulers', () => schedulesJobs(bench));
    describe('retries', () => retriesJobs(bench));
    describe('deduplication', () => deduplicatesJobs(bench));
    describe('priorities', () => respectsPriorities(bench));
    describe('pause', () => pauses(bench));
    describe('rate limit', () => limitsTheRate(bench));
    describe('closing', () => closesGracefully(bench));
    describe('stalled jobs', () => recoversStalledJobs(bench));
    describe('reopening', () => survivesReopening(bench));
  });
