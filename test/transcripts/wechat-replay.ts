import type { Lang } from '../../src/text/text.ts';
import type { OpenHouse } from '../support/house.ts';
import type { WechatFriend, WechatWorld } from '../support/wechat-world.ts';
import type { Heard, Replay } from './dialogue.ts';
import { readNumbered } from './numbered.ts';
import { happen, type SceneName, setScene } from './scenes.ts';
import type { SceneClock } from './web-replay.ts';

/** Longer than anything waits before it is sent. */
const PATIENCE_MS = 60_000;

export interface WechatReplayParts {
  readonly friend: WechatFriend;
  /** `settled` resolves when nothing is being answered or sent. */
  readonly house: Pick<OpenHouse, 'app'>;
  readonly clock: Pick<SceneClock, 'pass'>;
  readonly lang: Lang;
  /** What the printed codes of events say. */
  readonly codes: readonly string[];
}

interface Setting {
  readonly world: WechatWorld;
  readonly house: OpenHouse;
  readonly clock: SceneClock;
  readonly lang: Lang;
}

/** The chat as somebody has it in WeChat: choices are numbers, and a link is a friend request or a command. */
export class WechatReplay implements Replay {
  private readonly parts: WechatReplayParts;
  private read = 0;

  constructor(parts: WechatReplayParts) {
    this.parts = parts;
  }

  /** Empties the house, sets the scene and lets somebody new write. */
  static async in({ world, house, clock, lang }: Setting, scene: SceneName): Promise<WechatReplay> {
    await house.clear();
    clock.reset();
    await setScene(house.app, scene);
    const friend = world.friend(world.nextId('friend'));
    const account = { channel: 'wechat', bot: 'main', id: friend.contact.id };
    // WeChat does not tell a person's language: the house knows it from before.
    await house.app.stores.people.ensure(account, lang, clock.now());
    const codes = (await house.app.stores.events.live()).map(({ code }) => code);
    return new WechatReplay({ friend, house, clock, lang, codes });
  }

  say(text: string): Promise<Heard[]> {
    return this.after(async () => this.parts.friend.say(text));
  }

  /** A choice is made by its words; numbers are what the dialogues type. */
  press(label: string): Promise<Heard[]> {
    return this.say(label);
  }

  /**
   * The code of an event leads there by adding the bot as a friend. Nobody becomes a friend by a code that is none:
   * that one is said to the bot.
   */
  open(payload: string): Promise<Heard[]> {
    const { friend, codes, lang } = this.parts;
    if (codes.includes(payload)) return this.after(() => friend.befriend(payload));
    return this.say(`${lang === 'zh' ? '报名' : 'register'} ${payload}`);
  }

  sendFile(name: string): Promise<Heard[]> {
    return this.after(async () => this.parts.friend.sendFile(name));
  }

  async meanwhile(what: string): Promise<Heard[]> {
    if (!(await happen(this.parts.house.app, what))) return [];
    return this.after(async () => {
      this.parts.clock.pass(PATIENCE_MS);
    });
  }

  private async after(deed: () => Promise<unknown>): Promise<Heard[]> {
    const { friend, house } = this.parts;
    const answered = friend.next();
    await deed();
    await answered;
    await house.app.settled();
    const fresh = friend.heard.slice(this.read);
    this.read = friend.heard.length;
    const heard = fresh.reduce(withFile, []);
    return heard;
  }
}

/** A file comes as a message of its own, after the words that belong to it. */
function withFile(heard: readonly Heard[], { text, file }: WechatFriend['heard'][number]): Heard[] {
  if (file === undefined) return [...heard, readNumbered(text)];
  const last = heard.at(-1);
  if (!last || last.file !== undefined || last.choices.length > 0)
    return [...heard, { text, choices: [], file }];
  return [...heard.slice(0, -1), { ...last, file }];
}
