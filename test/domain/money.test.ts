import { describe, expect, it } from 'vitest';
import { CURRENCIES, moneyCode, moneyOf, readMoney } from '../../src/domain/money.ts';
import { formatMoney } from '../../src/domain/money-text.ts';
import fc from '../support/any.ts';

const money = fc.record({
  amount: fc.oneof(
    fc.integer({ min: 1, max: 1e12 }),
    fc.integer({ min: 1, max: 9_999 }).map((n) => n * 1e6),
  ),
  currency: fc.constantFrom(...CURRENCIES),
});

describe('a sum', () => {
  it.each([
    ['500万', 5_000_000, 'CNY'],
    ['５００万元', 5_000_000, 'CNY'],
    ['¥5m', 5_000_000, 'CNY'],
    ['5,000,000 CNY', 5_000_000, 'CNY'],
    ['1.2亿元', 120_000_000, 'CNY'],
    ['$300k', 300_000, 'USD'],
    ['30万美元', 300_000, 'USD'],
    ['CNY 5 million', 5_000_000, 'CNY'],
    ['2 million euros', 2_000_000, 'EUR'],
    ['HK$ 1.5m', 1_500_000, 'HKD'],
  ])('is read from %s', (written, amount, currency) =>
    expect(readMoney(written)).toEqual({ amount, currency }),
  );

  it.each([
    ['500', 'no-unit'],
    ['5m', 'no-unit'],
    ['a lot', 'unreadable'],
    ['', 'unreadable'],
    ['500 apples', 'unreadable'],
    ['-5 CNY', 'unreadable'],
    ['5 USD CNY', 'ambiguous'],
    ['0 CNY', 'out-of-range'],
    ['9999999999999 CNY', 'out-of-range'],
  ])('is not guessed from %j', (written, problem) => expect(readMoney(written)).toBe(problem));

  it('is stored so that it is read again as the same', () =>
    fc.assert(
      fc.property(money, (one) => {
        expect(moneyOf(moneyCode(one))).toEqual(one);
      }),
    ));

  it('is shown as people write it, and read again as the same in either language', () => {
    const five = { amount: 5_000_000, currency: 'CNY' } as const;
    expect([formatMoney(five, 'zh'), formatMoney(five, 'en')]).toEqual(['500万元', 'CNY 5 million']);
    expect(formatMoney({ amount: 300_000, currency: 'USD' }, 'en')).toBe('USD 300,000');
    fc.assert(
      fc.property(money, fc.constantFrom('zh' as const, 'en' as const), (one, lang) => {
        expect(readMoney(formatMoney(one, lang))).toEqual(one);
      }),
    );
  });

  it('never makes a reader of any words fall', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (said) => {
        expect(readMoney(said)).toBeDefined();
      }),
    ));
});
