import { describe, expect, it } from 'vitest';
import type { Input } from '../../src/conversation/types.ts';
import type { Inbound, Stored } from '../../src/runner/ports.ts';
import {
  HANDLED_KEPT,
  newStored,
  TAKEN_AT_ONCE,
  takeFault,
  takeMessages,
  takeNews,
} from '../../src/runner/turns.ts';
import fc from '../support/any.ts';
import { TOY_FACTS, toy } from '../support/toy.ts';
import { echo } from './echo.ts';

const NOW = new Date('2026-05-10T02:00:00Z');
const LATER = new Date('2026-05-10T03:00:00Z');

const fresh = (): Stored => newStored('a', 'person', 'en', NOW);
const inbound = (input: Input | string, id: number | string): Inbound => ({
  id: `a/${id}`,
  conversation: 'a',
  lang: 'en',
  input: typeof input === 'string' ? { kind: 'text', text: input } : input,
  arrivedAt: NOW,
});
const echoes = (count: number) => Array.from({ length: count }, (_, i) => inbound(`echo ${i}`, i));

describe('taking messages', () => {
  it('makes one state of many, with the replies that are new', () => {
    const step = takeMessages(echo, fresh(), echoes(3), null, LATER);
    expect(step?.replies.map(({ text, seq }) => [seq, text])).toEqual([
      [1, '0'],
      [2, '1'],
      [3, '2'],
    ]);
    expect(step?.next).toMatchObject({ rev: 1, handled: ['a/0', 'a/1', 'a/2'], touchedAt: LATER });
    expect(step?.next.outbox).toEqual(step?.replies);
  });

  it('stops behind an effect, and takes nothing while one is under way', () => {
    const messages = ['echo 1', 'do 2', 'echo 3'].map((text, i) => inbound(text, i));
    const step = takeMessages(echo, fresh(), messages, null, NOW);
    expect(step?.handled).toEqual(['a/0', 'a/1']);
    expect(step?.next.effects).toHaveLength(1);
    if (!step) return;
    expect(takeMessages(echo, step.next, messages, null, NOW)).toBeUndefined();
    const [effect] = step.next.effects;
    if (!effect) return;
    const told = takeNews(
      echo,
      step.next,
      { kind: 'outcome', effect, outcome: { ok: true, data: 0 } },
      null,
      NOW,
    );
    expect(told.next.effects).toEqual([]);
    expect(takeMessages(echo, told.next, messages, null, NOW)?.replies.map(({ text }) => text)).toEqual([
      '3',
    ]);
  });

  it('takes what comes before one that throws, and throws when that comes first', () => {
    const messages = ['echo 1', 'fail', 'echo 3'].map((text, i) => inbound(text, i));
    const step = takeMessages(echo, fresh(), messages, null, NOW);
    expect(step?.handled).toEqual(['a/0']);
    const next = step?.next ?? fresh();
    expect(() => takeMessages(echo, next, messages, null, NOW)).toThrow('this is a bug');
    const owned = takeFault(echo, next, messages[1] ?? inbound('', 9), null, NOW);
    expect(owned.replies[0]?.text).toContain('could not be processed');
    expect(takeMessages(echo, owned.next, messages, null, NOW)?.replies.map(({ text }) => text)).toEqual([
      '3',
    ]);
  });

  it('takes a flood in parts, and no more than it can remember until some are marked', () => {
    const flood = echoes(HANDLED_KEPT + TAKEN_AT_ONCE);
    let state = fresh();
    for (let parts = 0; parts < HANDLED_KEPT / TAKEN_AT_ONCE; parts++) {
      const step = takeMessages(echo, state, flood, null, NOW);
      expect(step?.replies).toHaveLength(TAKEN_AT_ONCE);
      state = step?.next ?? state;
    }
    expect(takeMessages(echo, state, flood, null, NOW)).toBeUndefined();
    const marked = { ...state, handled: [] };
    const rest = takeMessages(echo, marked, flood.slice(HANDLED_KEPT), null, NOW);
    expect(rest?.replies).toHaveLength(TAKEN_AT_ONCE);
  });
});

describe('the same messages again', () => {
  const words = fc.constantFrom(
    'trip',
    'English',
    'Ann',
    'bus',
    '1 3',
    'skip',
    'weather',
    'back',
    'hi',
    'rate',
    '5',
  );
  const input: fc.Arbitrary<Input> = fc.oneof(
    fc.record({ kind: fc.constant('text' as const), text: words }),
    fc.record({ kind: fc.constant('text' as const), text: words, seen: fc.nat(20) }),
    fc.record({
      kind: fc.constant('pick' as const),
      prompt: fc.nat(12).map((n) => `p${n.toString(36)}`),
      index: fc.nat(4),
    }),
    fc.record({ kind: fc.constant('start' as const), payload: fc.constantFrom('', 'lake', 'moon') }),
  );
  const inputs = fc.array(input, { minLength: 1, maxLength: 25 });

  /** Takes all there is, as the runner does, with every effect done at once. */
  const takeAll = (before: Stored, messages: readonly Inbound[]): Stored => {
    let state = before;
    for (;;) {
      const step = takeMessages(toy, state, messages, TOY_FACTS, NOW);
      if (!step) return state;
      state = step.next;
      for (const effect of state.effects)
        state = takeNews(
          toy,
          state,
          { kind: 'outcome', effect, outcome: { ok: true, data: null } },
          TOY_FACTS,
          NOW,
        ).next;
    }
  };

  it('change nothing, whichever of them and in whatever order', () => {
    fc.assert(
      fc.property(inputs, fc.array(fc.nat(24), { maxLength: 40 }), (all, order) => {
        const messages = all.map(inbound);
        const state = takeAll(fresh(), messages);
        const again = order.flatMap((i) => messages[i] ?? []);
        expect(takeMessages(toy, state, again, TOY_FACTS, LATER)).toBeUndefined();
        expect(takeMessages(toy, state, messages, TOY_FACTS, LATER)).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });

  it('make the same conversation in one part or in many, with repeats in between', () => {
    fc.assert(
      fc.property(inputs, fc.array(fc.nat(24), { maxLength: 10 }), (all, cuts) => {
        const messages = all.map(inbound);
        const whole = takeAll(fresh(), messages);
        let parts = fresh();
        for (const cut of [...cuts.sort((a, b) => a - b), messages.length])
          parts = takeAll(parts, messages.slice(0, cut));
        expect(parts.session).toEqual(whole.session);
        expect(parts.outbox).toEqual(whole.outbox);
        expect(whole.outbox.map(({ seq }) => seq)).toEqual(whole.outbox.map((_, i) => i + 1));
      }),
      { numRuns: 300 },
    );
  });
});
