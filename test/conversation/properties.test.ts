import { describe, expect, it } from 'vitest';
import type { Incoming } from '../../src/conversation/types.ts';
import fc from '../support/any.ts';
import { plain, TOY_FACTS, type ToyFacts } from '../support/toy.ts';
import { Witness } from './witness.ts';

const WORDS = [
  ['trip', 'trip lake', 'trip hill', '/trip', 'rate', '/rate lake', 'rate hill', 'weather', '天气'],
  ['language zh', 'language en', '/language', 'cancel', '取消', '/cancel yes', 'help', '帮助', '返回'],
  [
    'back',
    'skip',
    '跳过',
    'continue',
    '继续',
    'confirm',
    '确认',
    'yes',
    'change',
    'change name',
    '修改：姓名',
  ],
  ['1', '2', '3', '４', '第1个', '1 3', '1、2', 'all', 'done', 'Done', '选好了', '7', '99', '0'],
  ['English', '中文', 'Ann', 'AB1234', 'bus', 'car', 'By car', 'cake', 'rice, cake', 'With sugar', '5', 'hi'],
  ['', '😀', '{"$ne":1}', '<b>', '__proto__', 'constructor', 'x'.repeat(300)],
].flat();

type Act =
  | { readonly does: 'say'; readonly text: string; readonly behind: number | null }
  | { readonly does: 'press'; readonly prompt: number; readonly index: number }
  | { readonly does: 'menu'; readonly index: number }
  | { readonly does: 'repeat'; readonly nth: number }
  | { readonly does: 'take'; readonly incoming: Incoming }
  | { readonly does: 'end'; readonly reason: string | null }
  | { readonly does: 'facts'; readonly facts: ToyFacts };

const facts: fc.Arbitrary<ToyFacts> = fc.record({
  trips: fc.subarray(['lake', 'hill']),
  meals: fc.shuffledSubarray(['rice', 'soup', 'cake'], { minLength: 1 }),
  extra: fc.constantFrom([], [plain('shoes')], [plain('shoes', { optional: true }), plain('hat')]),
});

const say = fc.record({
  does: fc.constant('say' as const),
  text: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...WORDS) }, { weight: 1, arbitrary: fc.string() }),
  /** How many replies the person had not seen yet; null: nobody knows. */
  behind: fc.oneof(fc.constant(0), fc.constant(null), fc.nat(6)),
});
const press = fc.record({
  does: fc.constant('press' as const),
  prompt: fc.oneof(fc.nat(1), fc.nat(8)),
  index: fc.oneof(fc.nat(1), fc.nat(9)),
});
const news = fc.constantFrom<Incoming>(
  { kind: 'notice', drafts: [{ kind: 'say', text: 'News.' }] },
  {
    kind: 'notice',
    drafts: [{ kind: 'card', text: 'Seat!', choices: [{ value: 'cancel yes', label: 'No' }] }],
  },
  { kind: 'notice', drafts: [{ kind: 'card', text: 'Old.', choices: [{ value: 'dance', label: 'Dance' }] }] },
  { kind: 'nudge' },
  { kind: 'fault' },
  { kind: 'file', name: 'plan.pdf', type: 'application/pdf', size: 1 },
  { kind: 'start', payload: '' },
  { kind: 'start', payload: 'hill' },
  { kind: 'start', payload: 'moon' },
  { kind: 'pick', prompt: 'p999', index: 0 },
);
const acts: fc.Arbitrary<Act> = fc.oneof(
  { weight: 12, arbitrary: say },
  { weight: 8, arbitrary: press },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('menu' as const), index: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('repeat' as const), nth: fc.nat(4) }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('take' as const), incoming: news }) },
  { weight: 1, arbitrary: fc.constant<Act>({ does: 'take', incoming: { kind: 'expire' } }) },
  {
    weight: 4,
    arbitrary: fc.record({ does: fc.constant('end' as const), reason: fc.constantFrom(null, 'full', 'no') }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('facts' as const), facts }) },
);

/** What people do about a review: change, change their mind, confirm, and all of it late or twice. */
const atReview: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('say' as const),
      text: fc.constantFrom(
        '1',
        'confirm',
        '3',
        'change name',
        'Ben',
        'Cy',
        'back',
        'continue',
        '4',
        '2',
        'bus',
      ),
      behind: fc.oneof(fc.constant(0), fc.nat(6)),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ does: fc.constant('press' as const), prompt: fc.nat(4), index: fc.nat(4) }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('end' as const), reason: fc.constant('full') }) },
  {
    weight: 1,
    arbitrary: fc.subarray(['lake', 'hill']).map((trips) => ({
      does: 'facts' as const,
      facts: { ...TOY_FACTS, trips },
    })),
  },
  { weight: 1, arbitrary: fc.constant<Act>({ does: 'take', incoming: { kind: 'start', payload: 'hill' } }) },
);

/** A person and their circumstances, whatever they do. */
class Player {
  readonly witness = new Witness();
  facts: ToyFacts = TOY_FACTS;
  private readonly sent: Incoming[] = [];

  private send(incoming: Incoming): void {
    this.sent.push(incoming);
    this.witness.take(incoming, this.facts);
  }

  play(act: Act): void {
    const { session, prompts, menus, pending } = this.witness;
    if (act.does === 'facts') this.facts = act.facts;
    else if (act.does === 'take') this.send(act.incoming);
    else if (act.does === 'say') {
      const seen = act.behind === null ? {} : { seen: Math.max(0, session.seq - act.behind) };
      this.send({ kind: 'text', text: act.text, ...seen });
    } else if (act.does === 'press') {
      const prompt = prompts.at(-1 - act.prompt) ?? 'p0';
      this.send({ kind: 'pick', prompt, index: act.index });
    } else if (act.does === 'menu') {
      this.send({ kind: 'pick', prompt: menus.at(-1) ?? 'p0', index: act.index });
    } else if (act.does === 'repeat') {
      const again = this.sent.at(-1 - act.nth);
      if (again && again.kind !== 'outcome') this.send(again);
    } else this.end(act.reason, pending.shift());
  }

  end(reason: string | null, effect = this.witness.pending.shift()): void {
    if (!effect) return;
    const outcome = reason === null ? { ok: true as const, data: null } : { ok: false as const, reason };
    this.send({ kind: 'outcome', effect, outcome });
  }
}

const plays = (numRuns: number, check: (all: readonly Act[]) => void) =>
  fc.assert(fc.property(fc.array(acts, { maxLength: 40 }), check), { numRuns });

describe('whatever is sent, repeated, reordered or late', () => {
  it('no answer lands on a question that was not seen; turns are bounded and repeatable; each gets a reply', () => {
    plays(600, (all) => {
      const player = new Player();
      for (const act of all) player.play(act);
    });
  });

  it('a form that has been begun well is no exception', () => {
    const begun = ['trip', 'English', 'Ann', 'car', 'AB1234', '1 3', 'skip'];
    fc.assert(
      fc.property(fc.nat(begun.length), fc.array(acts, { maxLength: 25 }), (count, all) => {
        const player = new Player();
        for (const text of begun.slice(0, count)) player.play({ does: 'say', text, behind: 0 });
        for (const act of all) player.play(act);
      }),
      { numRuns: 600 },
    );
  });

  it('nothing is confirmed but what was seen', () => {
    fc.assert(
      fc.property(fc.array(atReview, { maxLength: 20 }), (all) => {
        const player = new Player();
        for (const text of ['trip', 'English', 'Ann', 'car', 'AB1234', '1', 'skip'])
          player.play({ does: 'say', text, behind: 0 });
        expect(player.witness.open).toBe('$review');
        for (const act of all) player.play(act);
      }),
      { numRuns: 1_000 },
    );
  });

  it('nobody is ever stuck: the open form can be filled in and confirmed', () => {
    const GOOD: Readonly<Record<string, string>> = {
      where: '1',
      of: '1',
      tongue: 'English',
      name: 'Ann',
      travel: '1',
      plate: 'AB1234',
      meals: '1',
      sugar: '2',
      note: 'Fine',
      stars: '5',
      why: 'Fine',
      shoes: 'Boots',
      hat: 'Cap',
      $review: '1',
    };
    plays(400, (all) => {
      const player = new Player();
      for (const act of all) player.play(act);
      player.facts = TOY_FACTS;
      while (player.witness.pending.length > 0) player.end(null);
      player.play({ does: 'say', text: '/trip', behind: 0 });
      for (let turns = 0; turns < 30 && player.witness.pending.length === 0; turns++) {
        const question = player.witness.open;
        player.play({ does: 'say', text: GOOD[question ?? ''] ?? '/trip', behind: 0 });
      }
      expect(player.witness.pending.map(({ kind }) => kind)).toEqual(['book-trip']);
    });
  });
});
