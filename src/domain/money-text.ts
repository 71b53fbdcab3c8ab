import { type Lang, LOCALE } from '../text/text.ts';
import type { Currency, Money } from './money.ts';

const NAMES: Readonly<Record<Currency, string>> = {
  CNY: '元',
  USD: '美元',
  EUR: '欧元',
  HKD: '港元',
  GBP: '英镑',
  JPY: '日元',
  SGD: '新加坡元',
};

/** Units that sums are told in, the largest first, with what stands between number and unit. */
const UNITS: Readonly<Record<Lang, readonly (readonly [number, string])[]>> = {
  zh: [
    [1e8, '亿'],
    [1e4, '万'],
  ],
  en: [
    [1e9, ' billion'],
    [1e6, ' million'],
  ],
};

/** `500万元`, `CNY 5 million`: a sum as it is printed. No digit of it is lost: `12,345元`. */
export function formatMoney({ amount, currency }: Money, lang: Lang): string {
  const fits = (size: number) => amount >= size && (amount * 100) % size === 0;
  const [size, unit] = UNITS[lang].find(([one]) => fits(one)) ?? [1, ''];
  const number = (amount / size).toLocaleString(LOCALE[lang], { maximumFractionDigits: 2 });
  return lang === 'zh' ? `${number}${unit}${NAMES[currency]}` : `${currency} ${number}${unit}`;
}
