import { type ChannelHouse, openChannelHouse, Platforms, WECHATY } from '../channel-house.ts';
import type { Guest } from '../guest.ts';
import type { Engine } from '../house.ts';
import { aFair, fairProjects, SHOWN, TRACKS } from './fair.ts';
import { Letters } from './letters.ts';
import { HOST_A, HOST_B, judgesOf, type Line, ON_TELEGRAM, ON_WECHAT, SCORER } from './script.ts';
import { telegramVoice, type Voice, webVoice, wechatVoice } from './voices.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const OWNER_CODE = 'first-owner-code';

/** A clock that stands still until it is put forward. */
class StandingClock {
  private at: number;
  constructor(at: number) {
    this.at = at;
  }
  readonly now = (): Date => new Date(this.at);
  set(at: number): void {
    this.at = at;
  }
  pass(ms: number): void {
    this.at += ms;
  }
}

/** Whoever has an account and no role: each team has one or two of them. */
const teamNames = (code: string): readonly string[] =>
  Number(code.slice(1)) % 3 === 1 ? [`lead of ${code}`, `member of ${code}`] : [`lead of ${code}`];

/** A house with everybody of the day in it. */
export class RoadshowDay {
  readonly house: ChannelHouse;
  readonly letters: Letters;
  readonly voices = new Map<string, Voice>();
  readonly teams = new Map(TRACKS.flatMap((track) => SHOWN[track].map((code) => [code, teamNames(code)])));
  private readonly guests = new Map<string, Guest>();
  private readonly names = new Map<string, string>();
  private readonly clock: StandingClock;
  private readonly begins: number;

  private constructor(house: ChannelHouse, letters: Letters, clock: StandingClock, begins: number) {
    this.house = house;
    this.letters = letters;
    this.clock = clock;
    this.begins = begins;
  }

  static async open(engine: Engine): Promise<RoadshowDay> {
    const platforms = await Platforms.open();
    const begins = Math.ceil(Date.now() / DAY) * DAY + 2 * 60 * MINUTE;
    const clock = new StandingClock(begins - 60 * MINUTE);
    const env = { ...platforms.polling(), ...WECHATY, OWNER_CODE };
    // Nothing happens by itself: the script says when the house looks after what is due.
    const house = await openChannelHouse(engine, platforms, env, { clock, sweepEveryMs: DAY });
    const day = new RoadshowDay(house, await Letters.of(house.env), clock, begins);
    await day.gather();
    return day;
  }

  async close(): Promise<void> {
    await this.letters.close();
    await this.house.close();
    await this.house.platforms.close();
  }

  nameOf = (person: string): string => this.names.get(person) ?? person;

  async say(who: string, text: string): Promise<string> {
    const voice = this.voices.get(who);
    if (!voice) throw new Error(`expected ${who} among those of the day, received none`);
    return voice.say(text);
  }

  /** Presses a choice of the latest asking in the web chat. */
  async press(who: string, label: string): Promise<string> {
    const guest = this.guests.get(who);
    if (!guest) throw new Error(`expected ${who} in the web chat, received nobody`);
    const replies = await guest.pressLabel(label);
    await this.house.app.settled();
    return replies.map(({ text }) => text).join('\n');
  }

  /** The house looks after what is due, and every letter of it arrives. */
  async look(): Promise<void> {
    const { verbs } = this.house.app;
    await Promise.all([verbs.tickRuns(), verbs.settleRuns(), verbs.chaseJudges()]);
    await this.letters.gone();
  }

  /** Goes to a minute of the day; what is said at it is said then, and read. Returns what was not as expected. */
  async minute(minute: number, lines: readonly Line[], together: readonly Line[]): Promise<string[]> {
    this.clock.set(this.begins + minute * MINUTE);
    const wrong: string[] = [];
    const speak = async ({ who, says, reads }: Line) => {
      const read = await this.say(who, says);
      if (!read.includes(reads)) wrong.push(`${minute} ${who}: ${says}\nexpected ${reads}\nreceived ${read}`);
    };
    for (const line of lines) {
      await speak(line);
      await this.letters.gone();
    }
    await Promise.all(together.map(speak));
    await this.look();
    return wrong;
  }

  /** Everybody arrives, roles are handed out and claimed by message, and the tracks are planned. */
  private async gather(): Promise<void> {
    const { house } = this;
    await house.addEvent(aFair(new Date(this.begins)));
    await Promise.all(['the owner', 'the organizer', 'a guest'].map((name) => this.arrives(name)));
    await this.claims('the owner', OWNER_CODE);
    await this.invites('the owner', '邀请 主办方 office the organizer', ['the organizer']);
    for (const track of TRACKS) {
      const names = judgesOf(track);
      await this.invites('the organizer', `邀请 评委 fair ${track}：${names.join('、')}`, names);
    }
    await this.invites('the organizer', `invite host fair main: ${HOST_A}`, [HOST_A]);
    await this.invites('the organizer', `invite host fair all: ${HOST_B}`, [HOST_B]);
    await this.invites('the organizer', `invite scorer fair all: ${SCORER}`, [SCORER]);
    await this.stage();
  }

  private async stage(): Promise<void> {
    const { stores } = this.house.app;
    const [event] = await stores.events.live();
    if (!event) throw new Error('expected an event, received none');
    const people = new Map<string, string[]>();
    for (const [code, names] of this.teams)
      people.set(code, await Promise.all(names.map((name) => this.arrives(name))));
    for (const project of fairProjects(event.id, people, this.clock.now()))
      await stores.projects.save(project);
    for (const grant of await stores.grants.inOffice(
      'office',
      ['judge', 'host', 'scorer', 'organizer'],
      '',
      100,
    ))
      this.names.set(grant.person, grant.note ?? grant.person);
  }

  private async arrives(name: string): Promise<string> {
    const guest = await this.house.arrive('zh');
    this.voices.set(name, webVoice(this.house, guest));
    this.guests.set(name, guest);
    this.names.set(guest.person, name);
    return guest.person;
  }

  private async claims(name: string, code: string): Promise<string> {
    this.clock.pass(1_000);
    return this.say(name, `认领 ${code}`);
  }

  private async invites(by: string, words: string, names: readonly string[]): Promise<void> {
    const read = await this.say(by, words);
    const codes = [...read.matchAll(/认领 (?<code>[0-9A-Z]{4}-[0-9A-Z]{4})/gu)].map(
      ({ groups }) => groups?.code ?? '',
    );
    if (codes.length !== names.length) throw new Error(`expected ${names.length} codes, received: ${read}`);
    for (const [i, name] of names.entries()) {
      if (!this.voices.has(name)) await this.enters(name);
      const told = await this.claims(name, codes[i] ?? '');
      if (!told.includes('您')) throw new Error(`expected a role for ${name}, received: ${told}`);
    }
  }

  private async enters(name: string): Promise<void> {
    const { telegram, wechat } = this.house.platforms;
    if (ON_TELEGRAM.includes(name))
      this.voices.set(name, telegramVoice(this.house, telegram.person('zh-hans')));
    else if (ON_WECHAT.includes(name)) this.voices.set(name, wechatVoice(this.house, wechat.friend(name)));
    else await this.arrives(name);
  }
}
