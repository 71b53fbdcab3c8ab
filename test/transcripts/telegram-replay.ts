import type { Lang } from '../../src/text/text.ts';
import type { OpenHouse } from '../support/house.ts';
import type { TelegramApi } from '../support/telegram-api.ts';
import type { Shown } from '../support/telegram-api-chats.ts';
import type { TelegramPerson } from '../support/telegram-api-person.ts';
import type { Heard, Replay } from './dialogue.ts';
import { happen, type SceneName, setScene } from './scenes.ts';
import type { SceneClock } from './web-replay.ts';

/** Longer than anything waits before it is sent. */
const PATIENCE_MS = 60_000;

const CODE_OF: Readonly<Record<Lang, string>> = { zh: 'zh-hans', en: 'en' };

/** A house with a Telegram bot. `settled` resolves when nothing is being answered or sent. */
export type TelegramHouse = Pick<OpenHouse, 'clear'> & {
  readonly app: Pick<OpenHouse['app'], 'verbs' | 'stores'> & { settled(): Promise<void> };
};

/** The chat as somebody has it in Telegram: texts, the labels of buttons, the names of files. */
export class TelegramReplay implements Replay {
  private readonly house: TelegramHouse;
  private readonly api: TelegramApi;
  private readonly clock: SceneClock;
  private readonly person: TelegramPerson;
  private read = 0;

  private constructor(house: TelegramHouse, api: TelegramApi, clock: SceneClock, person: TelegramPerson) {
    this.house = house;
    this.api = api;
    this.clock = clock;
    this.person = person;
  }

  /** Empties the house, sets the scene and lets somebody new open the chat. */
  static async in(
    house: TelegramHouse,
    api: TelegramApi,
    clock: SceneClock,
    scene: SceneName,
    lang: Lang,
  ): Promise<TelegramReplay> {
    await house.app.settled();
    await house.clear();
    clock.reset();
    await setScene(house.app, scene);
    return new TelegramReplay(house, api, clock, api.person(CODE_OF[lang]));
  }

  say(text: string): Promise<Heard[]> {
    return this.after(() => this.person.says(text));
  }

  press(label: string): Promise<Heard[]> {
    return this.after(() => this.person.presses(label));
  }

  open(payload: string): Promise<Heard[]> {
    return this.after(() => this.person.opens(payload));
  }

  sendFile(name: string): Promise<Heard[]> {
    return this.after(() => this.person.sendsDocument(name));
  }

  /** Waits for the letter that what happens brings. */
  async meanwhile(what: string): Promise<Heard[]> {
    if (!(await happen(this.house.app, what))) return [];
    this.clock.pass(PATIENCE_MS);
    await this.api.until(() => this.person.seen.length > this.read);
    await this.house.app.settled();
    return this.fresh();
  }

  private async after(deed: () => void): Promise<Heard[]> {
    deed();
    // What the bot has confirmed, it has stored: from then on the house knows that there is something to answer.
    await this.api.taken();
    await this.house.app.settled();
    return this.fresh();
  }

  private fresh(): Heard[] {
    const fresh = this.person.seen.slice(this.read);
    this.read = this.person.seen.length;
    return fresh.map(heard);
  }
}

function heard({ text, buttons, file }: Shown): Heard {
  return {
    text,
    choices: buttons.flat().map(({ label }) => label),
    ...(file && { file: file.name }),
  };
}
