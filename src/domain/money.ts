/** Currencies that teams ask for, by ISO 4217. */
export const CURRENCIES = ['CNY', 'USD', 'EUR', 'HKD', 'GBP', 'JPY', 'SGD'] as const;
export type Currency = (typeof CURRENCIES)[number];

/** A sum in whole units of its currency. */
export interface Money {
  readonly amount: number;
  readonly currency: Currency;
}

/** Why an amount was not understood. `no-unit`: it is a bare number, so yuan and ten thousand yuan both fit. */
export type MoneyProblem = 'unreadable' | 'no-unit' | 'ambiguous' | 'out-of-range';

const MOST = 1_000_000_000_000;

const SIGNS: readonly (readonly [RegExp, Currency])[] = [
  [/人民币|rmb|cny/giu, 'CNY'],
  [/港币|港元|hk\$|hkd/giu, 'HKD'],
  [/新元|新加坡元|s\$|sgd/giu, 'SGD'],
  [/美元|美金|us\$|usd|dollars?/giu, 'USD'],
  [/欧元|€|euros?|eur/giu, 'EUR'],
  [/英镑|£|pounds?|gbp/giu, 'GBP'],
  [/日元|jpy/giu, 'JPY'],
  [/\$/gu, 'USD'],
  [/[¥元]|yuan/giu, 'CNY'],
];

const UNITS: Readonly<Record<string, number>> = {
  千: 1e3,
  k: 1e3,
  thousand: 1e3,
  万: 1e4,
  w: 1e4,
  百万: 1e6,
  m: 1e6,
  mio: 1e6,
  million: 1e6,
  millions: 1e6,
  千万: 1e7,
  亿: 1e8,
  bn: 1e9,
  b: 1e9,
  billion: 1e9,
};
const CHINESE_UNIT = /[千万亿]/u;

const NUMBER = /^(?<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(?<unit>[a-z]+|[百千万亿]+)?$/u;

/**
 * Reads a sum as people write it: `500万`, `¥5m`, `5,000,000 CNY`, `1.2亿元`, `$300k`. A Chinese unit without a
 * currency is yuan. A number without any unit or currency is not guessed at.
 */
export function readMoney(written: string): Money | MoneyProblem {
  let rest = written.normalize('NFKC').replace(/，/gu, ',').toLowerCase().trim();
  const found = new Set<Currency>();
  for (const [sign, currency] of SIGNS) {
    const left = rest.replace(sign, ' ');
    if (left !== rest) found.add(currency);
    rest = left;
  }
  const match = NUMBER.exec(rest.replace(/\s+/gu, ' ').trim())?.groups;
  const scale = match?.unit === undefined ? 1 : UNITS[match.unit];
  if (!match?.number || scale === undefined) return 'unreadable';
  if (found.size > 1) return 'ambiguous';
  const [named] = found;
  const currency = named ?? (CHINESE_UNIT.test(match.unit ?? '') ? 'CNY' : undefined);
  if (!currency) return 'no-unit';
  const amount = Math.round(Number(match.number.replace(/,/gu, '')) * scale);
  return amount >= 1 && amount <= MOST ? { amount, currency } : 'out-of-range';
}

/** How a sum is stored: `5000000 CNY`. It is read again as the same one. */
export function moneyCode({ amount, currency }: Money): string {
  return `${amount} ${currency}`;
}

/** A stored sum; undefined: it is none. */
export function moneyOf(code: string): Money | undefined {
  const read = readMoney(code);
  return typeof read === 'string' ? undefined : read;
}
