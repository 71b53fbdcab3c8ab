import type { ChannelHouse } from '../../../support/channel-house.ts';
import type { TelegramApi } from '../../../support/telegram-api.ts';
import { CONTENTS, type TelegramPerson } from '../../../support/telegram-api-person.ts';
import type { Update } from '../../../support/telegram-api-updates.ts';
import type { ChannelGuest, ChannelKind, Driver, Failures, Oddity, Room, Traits } from '../chat.ts';

const CONTENT = {
  sticker: CONTENTS.sticker,
  voice: CONTENTS.voice,
  video: CONTENTS.video,
  location: CONTENTS.location,
  card: CONTENTS.contact,
} as const satisfies Partial<Record<Oddity, object>>;

const traits: Traits = {
  oddities: Object.keys(CONTENT) as Oddity[],
  isNumbered: false,
  hasRooms: true,
  canFail: true,
  acknowledges: true,
  fits: (text) => text.length <= 4_096,
};

/** Telegram, on the stub of its Bot API, whether the bot polls or is called. */
export const telegram = {
  traits,
  open: ({ platforms: { telegram: api } }: Pick<ChannelHouse, 'platforms'>): Driver => ({
    ...traits,
    guest: async () => guestOf(api, api.person('en')),
    room: () => roomOf(api),
    failures: failuresOf(api),
  }),
} satisfies ChannelKind;

function guestOf(api: TelegramApi, person: TelegramPerson): ChannelGuest {
  const deed = async (update: () => unknown) => {
    update();
    await api.taken();
  };
  let last: Update | undefined;
  // The same way as any other update, and kept to be sent again.
  const content = (what: object) =>
    deed(() => {
      last = api.updates.add({ message: person.message(person.privateChat, what) });
    });
  return {
    account: { channel: 'telegram', bot: String(api.user.id), id: person.chat },
    says: (text) => content({ text }),
    presses: (label) => deed(() => person.presses(label)),
    sendsFile: (name, bytes) => deed(() => person.sendsDocument(name, bytes)),
    sendsPhoto: (bytes) => deed(() => person.sendsPhoto(bytes)),
    sends: (oddity) => content(CONTENT[oddity as keyof typeof CONTENT]),
    repeats: () => deed(() => api.updates.repeat(last as Update)),
    heard: async () =>
      person.seen.map(({ text, buttons, file }) => ({
        text,
        choices: buttons.flat().map(({ label }) => label),
        ...(file && { file: file.name }),
      })),
  };
}

function roomOf(api: TelegramApi): Room {
  const group = api.group();
  const person = api.person('en');
  return {
    async says(text, toBot) {
      person.saysIn(group, toBot ? `@${api.user.username} ${text}` : text);
      await api.taken();
    },
    heard: () => api.shownIn(group).map(({ text }) => text),
  };
}

function failuresOf(api: TelegramApi): Failures {
  const next = (guest: ChannelGuest) => ({ method: 'sendMessage', chat: guest.account.id });
  const refused = (code: number, description: string) => (guest: ChannelGuest) =>
    api.fail({ is: 'refused', code, description }, next(guest));
  return {
    lost: [
      { cause: 'blocked', strike: ({ account }) => api.setBlocked(account.id, true) },
      { cause: 'deactivated', strike: refused(403, 'Forbidden: user is deactivated') },
      { cause: 'not_found', strike: refused(400, 'Bad Request: chat not found') },
    ],
    unsure: { seen: 1, strike: (guest) => api.fail({ is: 'reset', counted: true }, next(guest)) },
    refuse(guest) {
      const parameters = { retry_after: 1 };
      api.fail({ is: 'refused', code: 429, parameters }, next(guest));
      return () => {};
    },
  };
}
