import type { ChannelHouse } from '../channel-house.ts';
import type { Guest } from '../guest.ts';
import type { TelegramPerson } from '../telegram-api-person.ts';
import type { WechatFriend } from '../wechat-world.ts';

/** Somebody of the day, wherever they write from. */
export interface Voice {
  /** Says something; resolves to everything that came since they spoke before, letters too. */
  say(text: string): Promise<string>;
  /** All that they ever read. */
  heard(): readonly string[];
}

const together = (texts: readonly string[]): string => texts.join('\n');

export function webVoice(house: ChannelHouse, guest: Guest): Voice {
  return {
    async say(text) {
      const before = guest.heard.length;
      const response = await guest.post({ id: guest.nextId(), text });
      if (response.status !== 202) throw new Error(`expected 202, received ${response.status}: ${text}`);
      await house.app.settled();
      await guest.listen(0);
      return together(guest.heard.slice(before).map((message) => message.text));
    },
    heard: () => guest.heard.map(({ text }) => text),
  };
}

export function telegramVoice(house: ChannelHouse, person: TelegramPerson): Voice {
  const { telegram } = house.platforms;
  return {
    async say(text) {
      const before = person.seen.length;
      person.says(text);
      await telegram.until(() => person.seen.length > before);
      await house.app.settled();
      return together(person.seen.slice(before).map((shown) => shown.text));
    },
    heard: () => person.seen.map(({ text }) => text),
  };
}

export function wechatVoice(house: ChannelHouse, friend: WechatFriend): Voice {
  return {
    async say(text) {
      const before = friend.heard.length;
      const answered = friend.next();
      friend.say(text);
      await answered;
      await house.app.settled();
      return together(friend.heard.slice(before).map((shown) => shown.text));
    },
    heard: () => friend.heard.map(({ text }) => text),
  };
}
