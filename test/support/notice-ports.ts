import type { Billboard, Lanes } from '../../src/usecases/ports.ts';

/** Lanes without a pace, and chats whose messages stay as they are. */
export const PLAIN_LANES: { readonly lanes: Lanes; readonly billboard: Billboard } = {
  lanes: { paceOf: () => ({ perSecond: Number.POSITIVE_INFINITY, limit: undefined }) },
  billboard: { canChange: () => false, show: async () => null },
};
