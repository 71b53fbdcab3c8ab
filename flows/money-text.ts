import type { Currency, Money } from '../src/domain/money.ts';
import { fill, type Lang, type Text } from '../src/text/text.ts';

const NAMES: Readonly<Record<Currency, string>> = {
  CNY: '元',
  USD: '美元',
  EUR: '欧元',
  HKD: '港元',
  GBP: '英镑',
  JPY: '日元',
  SGD: '新元',
};

type Scale = readonly [size: number, name: string];
const SCALES: Readonly<Record<Lang, readonly Scale[]>> = {
  zh: [
    [1e8, '亿'],
    [1e4, '万'],
  ],
  en: [
    [1e9, ' billion'],
    [1e6, ' million'],
  ],
};

const SUM = {
  zh: '{count, number, ::.####}{scale}{currency}',
  en: '{currency} {count, number, ::.####}{scale}',
} as const satisfies Text;

/** A sum as people write it: `500万元`, `CNY 5 million`, `USD 300,000`. It is read again as the same one. */
export function moneyText({ amount, currency }: Money, lang: Lang): string {
  // A scale is used only where nothing is rounded away by it.
  const fits = ([size]: Scale) => amount >= size && Number.isInteger((amount * 1e4) / size);
  const [size, scale] = SCALES[lang].find(fits) ?? [1, ''];
  const named = lang === 'zh' ? NAMES[currency] : currency;
  return fill(SUM, lang, { count: amount / size, scale, currency: named });
}
