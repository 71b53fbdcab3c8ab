import type { Tally } from '../../src/usecases/ports.ts';

/** How one notice went to all its readers. */
export interface Sent {
  readonly tally: readonly Tally[];
  readonly previewMs: number;
  readonly snapshotMs: number;
  readonly sendMs: number;
  readonly heapMb: number;
  readonly rssMb: number;
}
