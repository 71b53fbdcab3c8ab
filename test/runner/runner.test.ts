import { describe, expect, it } from 'vitest';
import { dice, interleaving } from '../support/memory-faults.ts';
import { Setting } from '../support/memory-runner.ts';
import { TOY_FACTS, toy } from '../support/toy.ts';
import { echo } from './echo.ts';

const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

describe('messages of a conversation', () => {
  it('are answered in order, with what waits for an effect behind it', async () => {
    const setting = new Setting(echo, null);
    const runner = setting.runner();
    const said = numbers(60).map((n) => (n % 7 === 0 ? `do ${n}` : `echo ${n}`));
    await runner.accept(said.flatMap((text) => ['a', 'b'].map((id) => setting.message(text, id))));
    await runner.settled();
    const told = numbers(60).map((n) => (n % 7 === 0 ? `did ${n}` : `${n}`));
    expect(setting.world.texts('a')).toEqual(told);
    expect(setting.world.texts('b')).toEqual(told);
    expect(setting.world.repeats).toBe(0);
    expect(setting.world.faults).toEqual([]);
  });

  it('sent in a flood get one reply each', async () => {
    const setting = new Setting(echo, null);
    const runner = setting.runner();
    await runner.accept(numbers(1_500).map((n) => setting.message(`echo ${n}`)));
    await runner.accept(numbers(100).map((n) => setting.message(`echo ${n}`, 'b')));
    await runner.settled();
    expect(setting.world.texts('a')).toEqual(numbers(1_500).map(String));
    expect(setting.world.texts('b')).toEqual(numbers(100).map(String));
    expect(setting.world.repeats).toBe(0);
  });

  it('are one when their id is the same, however often they come', async () => {
    const setting = new Setting(echo, null);
    const runner = setting.runner();
    const one = setting.message('do it');
    await Promise.all(numbers(5).map(() => runner.accept([one])));
    await runner.settled();
    await runner.accept([one, one]);
    await runner.settled();
    expect(setting.world.texts()).toEqual(['did it']);
    expect(setting.world.ledger.size).toBe(1);
    expect(setting.world.repeats).toBe(0);
  });

  it('are answers only to what was seen when they came in', async () => {
    const setting = new Setting(toy, TOY_FACTS);
    const runner = setting.runner();
    await setting.say(runner, 'trip', 'English');
    await runner.accept(['Ann', 'Ann'].map((name) => setting.message(name)));
    await runner.settled();
    expect(setting.world.texts().at(-1)).toContain('before you could see the question below');
    expect(setting.sessions.all()[0]?.session.active?.raw).not.toHaveProperty('travel');
  });
});

describe('20 taps at once', () => {
  const REVIEWED = ['trip', 'English', 'Ann', 'bus', 'rice', 'skip'] as const;

  const tap = async (upTo: number, index: number) => {
    const setting = new Setting(toy, TOY_FACTS);
    const runner = setting.runner();
    await setting.say(runner, ...REVIEWED.slice(0, upTo));
    const prompt = setting.world.heard().at(-1)?.prompt ?? '';
    const before = setting.world.heard().length;
    const taps = numbers(20).map(() => setting.message({ kind: 'pick', prompt, index }));
    await Promise.all(taps.map((message) => runner.accept([message])));
    await runner.settled();
    return { setting, replies: setting.world.texts().slice(before) };
  };

  it('on a choice are one answer, with one reply each', async () => {
    const { setting, replies } = await tap(3, 1);
    expect(replies).toHaveLength(20);
    expect(replies.filter((text) => text.includes('“Travel” is already answered: By car'))).toHaveLength(19);
    expect(setting.sessions.all()[0]?.session.active?.raw.travel).toEqual({
      kind: 'picked',
      values: ['car'],
    });
  });

  it('on “confirm” are one effect, told once, with one reply each', async () => {
    const { setting, replies } = await tap(6, 0);
    expect(setting.world.ledger.size).toBe(1);
    expect(replies).toHaveLength(20);
    expect(replies[0]).toBe('Done: book-trip.');
    expect(replies.slice(1).every((text) => text.includes('That button has expired'))).toBe(true);
  });
});

describe('two runners on one store', () => {
  let conflicts = 0;

  it.each(numbers(60))('give each message one effect and one reply (order %i)', async (seed) => {
    const setting = new Setting(echo, null);
    const runners = [seed, seed + 1_000].map((one) => setting.runner(interleaving(setting.ports, one)));
    const roll = dice(seed);
    const conversations = ['a', 'b', 'c'];
    const said = conversations.flatMap((id) =>
      numbers(8).map((n) => setting.message(roll(3) === 0 ? `do ${n}` : `echo ${n}`, id)),
    );
    // Both get every message, as a channel that delivers twice would do it.
    await Promise.all(
      said.map(async (message) => {
        for (const runner of roll(2) === 0 ? runners : [...runners].reverse()) await runner.accept([message]);
      }),
    );
    for (const runner of [...runners, ...runners]) await runner.settled();
    for (const id of conversations) {
      const mine = said.filter(({ conversation }) => conversation === id);
      const told = setting.world
        .texts(id)
        .map((text) => text.replace('did ', ''))
        .sort();
      expect(told).toEqual(mine.map((_, i) => String(i + 1)).sort());
    }
    const wanted = said.filter(({ input }) => input.kind === 'text' && input.text.startsWith('do'));
    expect(setting.world.ledger.size).toBe(wanted.length);
    expect(setting.world.repeats).toBe(0);
    expect(setting.world.faults).toEqual([]);
    conflicts += setting.sessions.conflicts();
  });

  it('met in these tests, and one of them lost the race', () => expect(conflicts).toBeGreaterThan(50));

  it.each(numbers(20))('never lose or double an answer of a form (order %i)', async (seed) => {
    const setting = new Setting(toy, TOY_FACTS);
    const runners = [seed, seed + 1_000].map((one) => setting.runner(interleaving(setting.ports, one)));
    for (const text of ['trip', 'English', 'Ann', 'bus', '1 3', 'Without', 'skip', 'confirm']) {
      const message = setting.message(text);
      await Promise.all(runners.map((runner) => runner.accept([message])));
      for (const runner of [...runners, ...runners]) await runner.settled();
    }
    expect([...setting.world.ledger.values()].map(({ effect }) => effect.input)).toEqual([
      expect.objectContaining({
        name: 'Ann',
        travel: 'bus',
        meals: ['rice', 'cake'],
        sugar: 'no',
        note: null,
      }),
    ]);
    expect(setting.world.heard()).toHaveLength(8);
  });
});

describe('a turn that throws', () => {
  it('is told to the person, and what came before and after it is answered', async () => {
    const setting = new Setting(echo, null);
    const runner = setting.runner();
    const said = ['echo 1', 'echo 2', 'fail', 'echo 3', 'fail', 'do 4', 'fail', 'echo 5'];
    await runner.accept(said.map((text) => setting.message(text)));
    await runner.settled();
    const sorry = expect.stringContaining('could not be processed');
    expect(setting.world.texts()).toEqual(['1', '2', sorry, '3', sorry, 'did 4', sorry, '5']);
    expect(setting.world.faults).toHaveLength(3);
    expect(setting.world.faults[0]).toBe('a turn of conversation a failed: this is a bug');
  });

  it('does not hold up others', async () => {
    const setting = new Setting(echo, null);
    const runner = setting.runner();
    await runner.accept([
      setting.message('fail', 'a'),
      setting.message('do 1', 'b'),
      setting.message('echo 2', 'c'),
    ]);
    await runner.settled();
    expect([setting.world.texts('b'), setting.world.texts('c')]).toEqual([['did 1'], ['2']]);
  });

  it('when an outcome is told is owned up to, once, and holds up nobody', async () => {
    const setting = new Setting(echo, null);
    const runner = setting.runner();
    await runner.accept([
      setting.message('do what cannot be told', 'a'),
      setting.message('echo 1', 'a'),
      setting.message('do 2', 'b'),
    ]);
    await runner.settled();
    expect(setting.world.texts('a')).toEqual([expect.stringContaining('could not be processed'), '1']);
    expect(setting.world.texts('b')).toEqual(['did 2']);
    setting.world.pass(60);
    expect(await runner.recover()).toBe(0);
  });

  it('when the outcome of a form is told leaves the form open to be sent again', async () => {
    const tell = () => {
      throw new Error('this teller is a bug');
    };
    const setting = new Setting({ ...toy, tell }, TOY_FACTS);
    const runner = setting.runner();
    await setting.say(runner, 'trip', 'English', 'Ann', 'bus', 'rice', 'skip', 'confirm', 'help');
    expect(setting.world.texts().at(-1)).toContain('Please check:');
  });
});
