import { basename } from 'node:path';
import { vi } from 'vitest';
import type { Lang } from '../../src/text/text.ts';
import type { OpenHouse } from '../support/house.ts';
import type { OfficialAccountApi, Seen } from '../support/official-account-api.ts';
import { Follower, type FollowerParts } from '../support/official-account-api-follower.ts';
import type { Heard, Replay } from './dialogue.ts';
import { inOneBreath, readNumbered } from './numbered.ts';
import { happen, type SceneName, setScene } from './scenes.ts';
import type { SceneClock } from './web-replay.ts';

/** Longer than anything waits before it is sent. */
const PATIENCE_MS = 60_000;

export interface OfficialAccountReplayParts {
  readonly api: OfficialAccountApi;
  /** `settled` resolves when nothing is being answered or sent. It needs a public address, for links to files. */
  readonly house: OpenHouse & { readonly app: { settled(): Promise<void> } };
  readonly clock: SceneClock;
  readonly lang: Lang;
  /** The account that is written to. */
  readonly account: Pick<FollowerParts, 'appId' | 'token' | 'aesKey'> & { readonly path: string };
}

/** The chat as a follower of an official account has it in WeChat: choices are numbers, links are QR codes. */
export class OfficialAccountReplay implements Replay {
  private readonly parts: OfficialAccountReplayParts;
  private readonly follower: Follower;
  private read = 0;

  private constructor(parts: OfficialAccountReplayParts) {
    const { api, house, clock, account } = parts;
    const { path, ...own } = account;
    this.parts = parts;
    this.follower = new Follower({ api, url: `${house.url}${path}`, now: clock.now, ...own });
  }

  /** Empties the house, sets the scene and lets a new follower come. */
  static async in(parts: OfficialAccountReplayParts, scene: SceneName): Promise<OfficialAccountReplay> {
    await parts.house.clear();
    parts.clock.reset();
    await setScene(parts.house.app, scene);
    const replay = new OfficialAccountReplay(parts);
    const account = { channel: 'official-account', bot: parts.account.appId, id: replay.follower.openid };
    // WeChat does not tell a person's language: the house knows it from before.
    await parts.house.app.stores.people.ensure(account, parts.lang, parts.clock.now());
    return replay;
  }

  say(text: string): Promise<Heard[]> {
    return this.after(() => this.follower.says(text));
  }

  /** A choice is made by its words; numbers are what the dialogues type. */
  press(label: string): Promise<Heard[]> {
    return this.say(label);
  }

  open(payload: string): Promise<Heard[]> {
    return this.after(() => (payload === '' ? this.follower.follows() : this.follower.scans(payload)));
  }

  sendFile(name: string): Promise<Heard[]> {
    return this.after(() => this.follower.sendsFile(name));
  }

  async meanwhile(what: string): Promise<Heard[]> {
    if (!(await happen(this.parts.house.app, what))) return [];
    return this.after(async () => {
      this.parts.clock.pass(PATIENCE_MS);
      await vi.waitUntil(() => this.follower.chat.length > this.read, { timeout: 30_000 });
    });
  }

  private async after(deed: () => Promise<unknown>): Promise<Heard[]> {
    await deed();
    await this.parts.house.app.settled();
    const heard = heardOf(this.follower.chat.slice(this.read));
    this.read = this.follower.chat.length;
    return heard;
  }
}

/**
 * What a person makes of a chat. Texts that were joined cannot be told apart again but by a menu or a link that
 * one of them ends with: compare both sides as `normalize` writes them.
 */
export function heardOf(chat: readonly Seen[]): Heard[] {
  const heard: Heard[] = [];
  for (const { text, image } of chat) {
    if (text !== undefined) heard.push(...partsOf(text).map(readPart));
    const last = heard.at(-1);
    if (!image) continue;
    if (last && last.choices.length === 0 && last.file === undefined)
      heard[heard.length - 1] = { ...last, file: image.name };
    else heard.push({ text: '', choices: [], file: image.name });
  }
  return heard;
}

/** A chat with joined texts on either side of a comparison. */
export const normalize = inOneBreath;

const LINK = /^https?:\/\/\S+\/files\/\S+\/[^/\s]+\.(?:ics|xlsx|pdf)$/u;

/** A text, cut after every menu and every link to a file. */
function partsOf(text: string): string[] {
  const parts: string[] = [];
  let part: string[] = [];
  const lines = text.split('\n');
  for (const [i, line] of lines.entries()) {
    if (line === '' && part.length === 0) continue;
    part.push(line);
    const next = lines[i + 1] ?? '';
    const ends = LINK.test(line) || (next === '' && readNumbered(part.join('\n')).choices.length > 0);
    if (!ends && i < lines.length - 1) continue;
    parts.push(part.join('\n'));
    part = [];
  }
  return parts;
}

function readPart(part: string): Heard {
  const lines = part.split('\n');
  const link = lines.at(-1) ?? '';
  if (!LINK.test(link)) return readNumbered(part);
  const file = decodeURIComponent(basename(new URL(link).pathname));
  return { text: lines.slice(0, -1).join('\n'), choices: [], file };
}
