import { describe, expect, it } from 'vitest';
import { fitting, type LaneKinds } from '../../src/domain/lane.ts';
import type { Account } from '../../src/domain/person.ts';

const official = (bot: string): Account => ({ channel: 'official-account', bot, id: 'open-id' });
const [plain, forGuests, forInvestors] = [official('plain'), official('guests'), official('investors')];
const telegram: Account = { channel: 'telegram', bot: '4242', id: '1' };
const KINDS: LaneKinds = new Map([
  ['official-account:plain', []],
  ['official-account:guests', ['guest', 'team']],
  ['official-account:investors', ['enterprise', 'investor']],
]);

describe('the accounts of a person', () => {
  it('stand in the order of how well they suit a kind of guest, the best last', () => {
    const all = [forInvestors, forGuests, plain, telegram];
    expect(fitting(all, 'team', KINDS)).toEqual([forInvestors, plain, telegram, forGuests]);
    expect(fitting(all, 'investor', KINDS)).toEqual([forGuests, plain, telegram, forInvestors]);
  });

  it('stay in their order where nothing speaks for one of them', () => {
    const all = [forInvestors, forGuests, telegram, plain];
    expect(fitting(all, undefined, KINDS)).toEqual(all);
    expect(fitting(all, 'team')).toEqual(all);
    expect(fitting([telegram, plain], 'team', KINDS)).toEqual([telegram, plain]);
  });

  it('are all kept: one that is for others is better than none', () => {
    expect(fitting([forInvestors], 'guest', KINDS)).toEqual([forInvestors]);
  });
});
