import { laneOf } from './delivery.ts';
import type { GuestKind } from './event.ts';
import type { Account } from './person.ts';

/** The kinds of guest that bot accounts are for, by lane. One without a kind is for everybody. */
export type LaneKinds = ReadonlyMap<string, readonly GuestKind[]>;

const NO_KINDS: LaneKinds = new Map();

/**
 * Accounts by how well their bot suits a kind of guest, the best last: those for other kinds, those for everybody,
 * those for this kind. Of a person whose kind is not known every bot is as good. The order is kept otherwise.
 */
export function fitting(
  accounts: readonly Account[],
  kind: GuestKind | undefined,
  laneKinds: LaneKinds = NO_KINDS,
): readonly Account[] {
  const fitOf = (account: Account): number => {
    const kinds = laneKinds.get(laneOf(account)) ?? [];
    if (kinds.length === 0 || kind === undefined) return 0;
    return kinds.includes(kind) ? 1 : -1;
  };
  return accounts.toSorted((a, b) => fitOf(a) - fitOf(b));
}
