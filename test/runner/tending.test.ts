import { describe, expect, it } from 'vitest';
import { EXPIRE_AFTER, NUDGE_AFTER } from '../../src/runner/turns.ts';
import { Setting } from '../support/memory-runner.ts';
import { TOY_FACTS, type ToyFacts, toy } from '../support/toy.ts';

const DAY = 24 * 3_600;

async function leftAt(...said: string[]): Promise<Setting<ToyFacts>> {
  const setting = new Setting(toy, TOY_FACTS);
  await setting.say(setting.runner(), ...said);
  return setting;
}

/** What is said by itself after so many days. */
async function daysLater(setting: Setting<ToyFacts>, days: number): Promise<string[]> {
  const before = setting.world.heard().length;
  setting.world.pass(days * DAY);
  await setting.runner().tendForms();
  return setting.world.texts().slice(before);
}

describe('a form that is left open', () => {
  it('is reminded of after a day, once, and dropped after a week', async () => {
    const setting = await leftAt('trip', 'English');
    expect([NUDGE_AFTER, EXPIRE_AFTER]).toEqual([DAY * 1_000, 7 * DAY * 1_000]);
    expect(await daysLater(setting, 0.9)).toEqual([]);
    expect(await daysLater(setting, 0.1)).toEqual([expect.stringContaining('You have not finished: Trip')]);
    expect(await daysLater(setting, 1)).toEqual([]);
    expect(await daysLater(setting, 4.9)).toEqual([]);
    expect(await daysLater(setting, 0.1)).toEqual([expect.stringContaining('Not finished for 7 days')]);
    expect(await daysLater(setting, 30)).toEqual([]);
  });

  it('is counted from the last message', async () => {
    const setting = await leftAt('trip', 'English');
    setting.world.pass(0.9 * DAY);
    await setting.say(setting.runner(), 'Ann');
    expect(await daysLater(setting, 0.9)).toEqual([]);
    expect(await daysLater(setting, 0.1)).toHaveLength(1);
  });

  it('is not reminded of when it was stopped, but forgotten in the end', async () => {
    const setting = await leftAt('trip', 'English', 'cancel');
    expect(await daysLater(setting, 2)).toEqual([]);
    expect(await daysLater(setting, 5)).toEqual([]);
    await setting.say(setting.runner(), 'continue');
    expect(setting.world.texts().at(-1)).toContain('There is nothing to go on with.');
  });

  it('is not touched while its effect is under way', async () => {
    const setting = new Setting(toy, TOY_FACTS);
    const runner = setting.runner();
    setting.decide = () => {
      throw new Error('the database is away');
    };
    await setting.say(runner, 'trip', 'English', 'Ann', 'bus', 'rice', 'skip', 'confirm');
    expect(await daysLater(setting, 8)).toEqual([]);
    setting.decide = () => ({ ok: true, data: null });
    await runner.recover();
    await runner.settled();
    expect(setting.world.texts().at(-1)).toBe('Done: book-trip.');
  });

  it('that cannot be tended to does not hold up the others', async () => {
    const setting = new Setting<ToyFacts>(toy, TOY_FACTS);
    const runner = setting.runner();
    for (const id of ['a', 'b'])
      for (const text of ['trip', 'English']) {
        await runner.accept([setting.message(text, id)]);
        await runner.settled();
      }
    const { work, ...stores } = setting.ports;
    const people: typeof work.people = async (wanted) => {
      if (wanted.some(({ id }) => id === 'a')) throw new Error('this one is broken');
      return work.people(wanted);
    };
    setting.world.pass(DAY);
    await setting.runner({ ...stores, work: { ...work, people } }).tendForms();
    expect(setting.world.texts('b').at(-1)).toContain('You have not finished');
    expect(setting.world.faults).toEqual([
      'the open form of conversation a was left to the next sweep: this one is broken',
    ]);
  });
});

describe('a notice', () => {
  it('is put into the conversation, with its buttons, and its sending is left to who asked for it', async () => {
    const setting = await leftAt('trip', 'English');
    const runner = setting.runner();
    const heard = setting.world.heard().length;
    const choices = [{ value: 'weather', label: 'Weather' }];
    const drafts = [{ kind: 'card' as const, text: 'The bus leaves at 9.', choices }];
    const [post] = await runner.compose([{ conversation: 'a', drafts }]);
    const reply = post?.replies[0];
    expect(post).toMatchObject({ conversation: 'a', lang: 'en', replies: [{ kind: 'card', choices }] });
    expect(setting.world.heard()).toHaveLength(heard);
    setting.world.pass(60);
    expect(await runner.recover()).toBe(0);
    await setting.say(runner, { kind: 'pick', prompt: reply?.prompt ?? '', index: 0 });
    expect(setting.world.texts().at(-1)).toContain('It will be sunny.');
  });

  it('opens a conversation with somebody who never wrote', async () => {
    const setting = new Setting(toy, TOY_FACTS);
    const drafts = [{ kind: 'say' as const, text: 'Welcome.' }];
    expect(await setting.runner().compose([{ conversation: 'z', drafts }])).toMatchObject([
      { conversation: 'z', replies: [{ seq: 1, kind: 'say', text: 'Welcome.' }] },
    ]);
  });

  it('does not keep a form from being reminded of and dropped in time', async () => {
    const setting = await leftAt('trip', 'English');
    setting.world.pass(0.9 * DAY);
    await setting.runner().compose([{ conversation: 'a', drafts: [{ kind: 'say', text: 'News.' }] }]);
    expect(await daysLater(setting, 0.1)).toEqual([expect.stringContaining('You have not finished')]);
  });

  it('comes through while the person is writing, each once', async () => {
    const setting = await leftAt('hi');
    const runner = setting.runner();
    const notices = Array.from({ length: 10 }, (_, i) =>
      runner.compose([{ conversation: 'a', drafts: [{ kind: 'say', text: `News ${i}` }] }]),
    );
    const messages = Array.from({ length: 10 }, () => runner.accept([setting.message('weather')]));
    const composed = (await Promise.all(notices)).flat().flatMap(({ replies }) => replies);
    await Promise.all(messages);
    await runner.settled();
    expect(composed.map(({ text }) => text).sort()).toEqual(notices.map((_, i) => `News ${i}`));
    const heard = setting.world.heard();
    expect(new Set([...heard, ...composed].map(({ seq }) => seq)).size).toBe(heard.length + 10);
    expect(setting.world.texts().filter((text) => text === 'It will be sunny.')).toHaveLength(10);
  });
});
