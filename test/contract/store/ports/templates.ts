import { expect } from 'vitest';
import type { Template } from '../../../../src/domain/template.ts';
import type { Templates } from '../../../../src/usecases/ports.ts';
import { atOnce, cases, HARD_TEXT } from '../case.ts';

const template = (office: string, code: string, given: Partial<Template> = {}): Template => ({
  office,
  code,
  title: { zh: '欢迎', en: 'Welcome' },
  text: { zh: HARD_TEXT, en: 'Welcome.' },
  ...given,
});

const codesOf = (found: readonly Template[]): string[] =>
  found.map(({ office, code }) => `${office}/${code}`);

export const templates = cases<Templates>({
  'gives back exactly what was put, by office and code': async ({ port, twin }) => {
    const one = template('b', 'x', { text: { zh: HARD_TEXT } });
    for (const each of [template('c', 'x'), one, template('b', 'a'), template('a', 'x')])
      await port.put(each);
    expect(codesOf(await twin.byOffice(['c', 'b']))).toEqual(['b/a', 'b/x', 'c/x']);
    expect((await twin.byOffice(['b']))[1]).toEqual(one);
    expect(await port.byOffice([])).toEqual([]);
    expect(await port.byOffice(['nobody'])).toEqual([]);
  },
  'replaces one of the same office and code': async ({ port, twin }) => {
    await port.put(template('a', 'x'));
    await twin.put(template('a', 'x', { text: { en: 'New.' } }));
    expect(await port.byOffice(['a'])).toEqual([template('a', 'x', { text: { en: 'New.' } })]);
  },
  'keeps one of twenty that are put at once': async (ground) => {
    await atOnce(ground, 20, (port, i) => port.put(template('a', 'x', { text: { en: `${i}` } })));
    expect(await ground.port.byOffice(['a'])).toHaveLength(1);
  },
  'removes one, once': async ({ port, twin }) => {
    await port.put(template('a', 'x'));
    await port.put(template('b', 'x'));
    expect(await port.remove('a', 'x')).toBe(true);
    expect(await twin.remove('a', 'x')).toBe(false);
    expect(codesOf(await twin.byOffice(['a', 'b']))).toEqual(['b/x']);
  },
});
