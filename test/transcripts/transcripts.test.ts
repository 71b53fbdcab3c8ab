import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENGINES, type OpenHouse, openHouse } from '../support/house.ts';
import { parseDialogue, perform } from './dialogue.ts';
import { dialogues } from './dialogues.ts';
import { MemoryReplay } from './memory-replay.ts';
import { SceneClock, WebReplay } from './web-replay.ts';

describe('a chat reads', () => {
  it.each(dialogues)('as in $name', async ({ dialogue }) => {
    const replay = await MemoryReplay.in(dialogue.scene, dialogue.lang);
    expect(await perform(dialogue, replay)).toBe(dialogue.chat);
  });

  it('in both languages', () => {
    const titles = (lang: string) =>
      dialogues.filter(({ dialogue }) => dialogue.lang === lang).map(({ name }) => name.split('.')[0]);
    expect(titles('zh')).toEqual(titles('en'));
    for (const { name, dialogue } of dialogues) expect(name).toContain(`.${dialogue.lang}.txt`);
  });
});

describe.each(ENGINES)('a chat over the web, on $name, reads', (engine) => {
  const clock = new SceneClock();
  let house: OpenHouse;
  beforeAll(async () => {
    house = await openHouse(engine, { clock });
  });
  afterAll(() => house.close());

  it.each(dialogues)('as in $name', { timeout: 60_000 }, async ({ dialogue }) => {
    const replay = await WebReplay.in(house, clock, dialogue.scene, dialogue.lang);
    expect(await perform(dialogue, replay)).toBe(dialogue.chat);
  });
});

describe('a dialogue', () => {
  const HEAD = '# Title\nlanguage: zh\nscene: conference\n\n';

  it('is read as who does what', () => {
    const { turns, title } = parseDialogue(
      `${HEAD}guest: 你好\nluyan: 您好\n  第二行\n\n  [1] 日程\n-- ana cancels\nguest presses: 日程\nguest opens: fair\nguest sends: a.pdf`,
    );
    expect(title).toBe('Title');
    expect(turns).toEqual([
      { deed: 'says', what: '你好' },
      { deed: 'meanwhile', what: 'ana cancels' },
      { deed: 'presses', what: '日程' },
      { deed: 'opens', what: 'fair' },
      { deed: 'sends', what: 'a.pdf' },
    ]);
  });

  it('with a line of nobody, or without its head, is refused', () => {
    expect(() => parseDialogue(`${HEAD}gust: 你好`)).toThrow('begins with who speaks, received: gust: 你好');
    expect(() => parseDialogue('guest: 你好')).toThrow('expected a head');
  });
});
