import type { Lang } from '../../src/text/text.ts';
import type { Guest, Message } from '../support/guest.ts';
import type { OpenHouse } from '../support/house.ts';
import type { Heard, Replay } from './dialogue.ts';
import { happen, NOW, type SceneName, setScene } from './scenes.ts';

/** Longer than anything waits before it is sent. */
const PATIENCE_MS = 60_000;

/** A clock that a house is opened with, so that a dialogue takes place when it says. */
export class SceneClock {
  private at = NOW;

  readonly now = (): Date => this.at;

  pass(ms: number): void {
    this.at = new Date(this.at.getTime() + ms);
  }

  reset(): void {
    this.at = NOW;
  }
}

/** The chat as a visitor of the web channel has it: over HTTP, with everything behind it as it really is. */
export class WebReplay implements Replay {
  private readonly house: OpenHouse;
  private readonly clock: SceneClock;
  private readonly guest: Guest;

  private constructor(house: OpenHouse, clock: SceneClock, guest: Guest) {
    this.house = house;
    this.clock = clock;
    this.guest = guest;
  }

  /** Empties the house, sets the scene and lets a guest in. */
  static async in(house: OpenHouse, clock: SceneClock, scene: SceneName, lang: Lang): Promise<WebReplay> {
    await house.clear();
    clock.reset();
    await setScene(house.app, scene);
    return new WebReplay(house, clock, await house.arrive(lang));
  }

  async say(text: string): Promise<Heard[]> {
    return this.all(await this.guest.say(text));
  }

  async press(label: string): Promise<Heard[]> {
    return this.all(await this.guest.pressLabel(label));
  }

  async open(payload: string): Promise<Heard[]> {
    return this.all(await this.guest.start(payload));
  }

  async sendFile(name: string): Promise<Heard[]> {
    return this.all(await this.guest.sendFile(name));
  }

  /** What was heard, and what was said after that while the house still had something to do. */
  private async all(first: readonly Message[]): Promise<Heard[]> {
    await this.house.app.settled();
    return heard([...first, ...(await this.guest.listen(0))]);
  }

  async meanwhile(what: string): Promise<Heard[]> {
    if (!(await happen(this.house.app, what))) return [];
    this.clock.pass(PATIENCE_MS);
    return heard(await this.guest.listen(25));
  }
}

function heard(messages: readonly Message[]): Heard[] {
  return messages.map(({ text, choices, file }) => ({
    text,
    choices: choices?.map(({ label }) => label) ?? [],
    ...(file && { file: file.name }),
  }));
}
