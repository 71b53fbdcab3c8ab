import type { Billboard, Forms, Lanes } from '../../src/usecases/ports.ts';

/** Lanes without a pace, chats whose messages stay as they are, and no form left open anywhere. */
export const PLAIN_LANES: { readonly lanes: Lanes; readonly billboard: Billboard; readonly forms: Forms } = {
  forms: { leftOpen: async () => [] },
  lanes: { paceOf: () => ({ perSecond: Number.POSITIVE_INFINITY, limit: undefined }) },
  billboard: { canChange: () => false, show: async () => null },
};
