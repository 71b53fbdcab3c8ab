import { describe, expect, it } from 'vitest';
import type { Runner } from '../../src/runner/runner.ts';
import { counting, crashAfter, type Mortal } from '../support/memory-faults.ts';
import { type Ports, Setting } from '../support/memory-runner.ts';
import { TOY_FACTS, type ToyFacts, toy } from '../support/toy.ts';

const SAID = [
  'hi',
  'trip',
  'English',
  'Ann',
  'bus',
  '1 3',
  'skip',
  'skip',
  'confirm',
  'weather',
  'cancel yes',
];

/** A conversation whose process dies after a number of port calls; another one takes over and goes on. */
class Frail {
  readonly setting = new Setting(toy, TOY_FACTS);
  private readonly mortal: Mortal<Ports>;
  private runner: Runner<ToyFacts>;
  private readonly last: number;
  private died = false;

  constructor(last: number) {
    this.mortal = crashAfter(this.setting.ports, last);
    this.runner = this.setting.runner(this.mortal.ports);
    this.last = last;
  }

  async say(text: string): Promise<void> {
    const message = this.setting.message(text);
    // A channel sends again what was not acknowledged.
    await this.runner.accept([message]).catch(async () => {
      await this.takeOver();
      await this.runner.accept([message]);
    });
    await this.runner.settled();
    if (this.mortal.calls() >= this.last && !this.died) await this.takeOver();
  }

  /** A new process: it finds what the old one left behind once that is old enough. */
  private async takeOver(): Promise<void> {
    this.died = true;
    await this.runner.close();
    this.runner = this.setting.runner();
    for (let rounds = 0; rounds < 4; rounds++) {
      this.setting.world.pass(11);
      await this.runner.recover();
      await this.runner.settled();
    }
  }
}

/** What is there in the end, whatever happened on the way. */
function end({ setting }: { setting: Setting<ToyFacts> }) {
  const [stored] = setting.sessions.all();
  const { ledger } = setting.world;
  return {
    session: stored?.session,
    left: [stored?.effects, stored?.outbox],
    effects: [...ledger.values()].map(({ effect }) => effect),
    replies: setting.world.heard(),
  };
}

const whole = new Setting(toy, TOY_FACTS);
const counted = counting(whole.ports);
await whole.say(whole.runner(counted.ports), ...SAID);
const CALLS = counted.calls();

describe('a crash', () => {
  it('is tried at every call of a port', () => expect(CALLS).toBeGreaterThan(SAID.length * 5));

  it.each(Array.from({ length: CALLS + 1 }, (_, call) => call))(
    'after call %i changes nothing in the end: the same state, replies and effects',
    async (call) => {
      const frail = new Frail(call);
      for (const text of SAID) await frail.say(text);
      expect(end(frail)).toEqual(end({ setting: whole }));
    },
  );
});

describe('an outage', () => {
  it('of what carries out effects is taken up again, and what waits behind it keeps its order', async () => {
    const setting = new Setting(toy, TOY_FACTS);
    const runner = setting.runner();
    let down = true;
    setting.decide = () => {
      if (down) throw new Error('the database is away');
      return { ok: true, data: null };
    };
    await runner.accept([
      setting.message('cancel yes', 'a'),
      setting.message('weather', 'a'),
      setting.message('weather', 'b'),
    ]);
    await runner.settled();
    expect([setting.world.texts('a'), setting.world.texts('b')]).toEqual([[], ['It will be sunny.']]);
    expect(new Set(setting.world.faults)).toEqual(
      new Set(['an effect could not be carried out; it is left to the sweep: the database is away']),
    );

    setting.world.pass(11);
    expect(await runner.recover()).toBe(1);
    await runner.settled();
    expect(setting.world.texts('a')).toEqual([]);

    down = false;
    setting.world.pass(11);
    await runner.recover();
    await runner.settled();
    expect(setting.world.texts('a')).toEqual(['Done: cancel-trip.', 'It will be sunny.']);
    expect(setting.world.ledger.size).toBe(1);
  });

  it('of what carries out effects does not keep others in the same batch from theirs', async () => {
    const setting = new Setting(toy, TOY_FACTS);
    setting.decide = ({ id }) => {
      if (id.startsWith('a.')) throw new Error('this one is broken');
      return { ok: true, data: null };
    };
    const runner = setting.runner();
    const both = ['cancel yes', 'weather'];
    await runner.accept(['a', 'b'].flatMap((id) => both.map((text) => setting.message(text, id))));
    await runner.settled();
    expect(setting.world.texts('b')).toEqual(['Done: cancel-trip.', 'It will be sunny.']);
    expect(setting.world.texts('a')).toEqual([]);
  });

  it('of the channel leaves replies in the outbox; later they are sent in order, also before newer ones', async () => {
    for (const goesOn of [false, true]) {
      const setting = new Setting(toy, TOY_FACTS);
      const { work, ...stores } = setting.ports;
      let down = true;
      const deliver: typeof work.deliver = async (posts, sent) => {
        if (down) throw new Error('the channel is away');
        await work.deliver(posts, sent);
      };
      const runner = setting.runner({ ...stores, work: { ...work, deliver } });
      await runner.accept([setting.message('weather')]);
      await runner.settled();
      expect(setting.world.delivered).toEqual([]);
      down = false;
      setting.world.pass(11);
      if (goesOn) await runner.accept([setting.message('hi')]);
      else await runner.recover();
      await runner.settled();
      const order = setting.world.delivered.map(({ reply }) => reply.text);
      expect(order).toEqual(goesOn ? ['It will be sunny.', 'Hello'] : ['It will be sunny.']);
      setting.world.pass(60);
      expect(await runner.recover()).toBe(0);
    }
  });

  it('of the store while a message comes in is told to the channel, which sends it again', async () => {
    const setting = new Setting(toy, TOY_FACTS);
    const { inbox, ...rest } = setting.ports;
    let down = true;
    const add: typeof inbox.add = async (messages) => {
      if (down) throw new Error('the store is away');
      await inbox.add(messages);
    };
    const runner = setting.runner({ ...rest, inbox: { ...inbox, add } });
    const message = setting.message('weather');
    await expect(runner.accept([message])).rejects.toThrow('the store is away');
    down = false;
    await runner.accept([message]);
    await runner.settled();
    expect(setting.world.texts()).toEqual(['It will be sunny.']);
  });
});

describe('the start of the only process on a store', () => {
  it('takes up at once what an earlier one left, and opens although an effect goes on failing', async () => {
    const setting = new Setting(toy, TOY_FACTS);
    const closed = setting.runner();
    await closed.close();
    for (const id of ['a', 'b']) await closed.accept([setting.message('cancel yes', id)]);
    await closed.accept([setting.message('weather', 'b')]);
    setting.world.pass(1);
    setting.decide = ({ id }) => {
      if (id.startsWith('a.')) throw new Error('this one is broken');
      return { ok: true, data: null };
    };
    const runner = setting.runner();
    await runner.recoverAll();
    await runner.settled();
    expect(setting.world.texts('b')).toEqual(['Done: cancel-trip.', 'It will be sunny.']);
    expect(setting.world.texts('a')).toEqual([]);
    expect(setting.world.faults.length).toBeLessThan(10);
  });
});
