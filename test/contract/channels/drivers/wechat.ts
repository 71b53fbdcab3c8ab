import { FileBox } from 'file-box';
import { types } from 'wechaty-puppet';
import type { ChannelHouse } from '../../../support/channel-house.ts';
import type { WechatFriend, WechatWorld } from '../../../support/wechat-world.ts';
import { readNumbered } from '../../../transcripts/numbered.ts';
import type { ChannelGuest, ChannelKind, Failures, Oddity, Room, Traits } from '../chat.ts';

const TYPE: Readonly<Record<Oddity, types.Message>> = {
  sticker: types.Message.Emoticon,
  voice: types.Message.Audio,
  video: types.Message.Video,
  location: types.Message.Location,
  card: types.Message.Contact,
  'red packet': types.Message.RedEnvelope,
};

const traits: Traits = {
  oddities: Object.keys(TYPE) as Oddity[],
  isNumbered: true,
  hasRooms: true,
  canFail: true,
  acknowledges: false,
  fits: (text) => text.length <= 2_000,
};

/** WeChat through wechaty, on its mock puppet. */
export const wechat: ChannelKind = {
  traits,
  open: (house) => {
    const world = house.platforms.wechat;
    return {
      ...traits,
      guest: () => arrive(house, world.friend(`friend-${crypto.randomUUID()}`)),
      room: () => roomOf(world),
      failures: failuresOf(world),
    };
  },
};

async function arrive({ platforms, app, clock }: ChannelHouse, friend: WechatFriend): Promise<ChannelGuest> {
  const account = { channel: 'wechat', bot: 'main', id: friend.contact.id };
  // WeChat does not tell a person's language: the house knows it from before.
  await app.stores.people.ensure(account, 'en', clock.now());
  let last = '';
  return {
    account,
    async says(text) {
      last = friend.say(text);
    },
    async sendsFile(name, bytes) {
      const content = Buffer.alloc(bytes).toString('base64');
      friend.send(types.Message.Attachment, { file: FileBox.fromBase64(content, name) as FileBox });
    },
    async sendsPhoto(bytes) {
      const content = Buffer.from(bytes).toString('base64');
      friend.send(types.Message.Image, { file: FileBox.fromBase64(content, 'photo.png') as FileBox });
    },
    async sends(oddity) {
      last = friend.send(TYPE[oddity]);
    },
    async repeats() {
      platforms.wechat.puppet.emit('message', { messageId: last });
    },
    heard: async () =>
      friend.heard.map(({ text, file }) =>
        file === undefined ? readNumbered(text) : { text, choices: [], file },
      ),
  };
}

function roomOf(world: WechatWorld): Room {
  const friend = world.friend(`friend-${crypto.randomUUID()}`);
  const room = world.room(friend);
  const said: string[] = [];
  return {
    async says(text, toBot) {
      said.push(text);
      room.say(friend, text, ...(toBot ? [world.self] : []));
    },
    // Everybody in a room reads everything.
    heard: () => room.heard.map(({ text }) => text).filter((text) => !said.some((own) => text.endsWith(own))),
  };
}

function failuresOf({ puppet, mocker }: WechatWorld): Failures {
  const { contactList, contactPayload, messageSendText } = puppet;
  return {
    // The mock forgets somebody who has never written, as a phone does that removed them.
    lost: [{ cause: 'not_found', strike: ({ account }) => mocker.cacheContactPayload.delete(account.id) }],
    unsure: {
      seen: 1,
      strike() {
        puppet.messageSendText = async (...given) => {
          puppet.messageSendText = messageSendText;
          await messageSendText.apply(puppet, given);
          throw new Error('the connection broke after it had left');
        };
      },
    },
    refuse() {
      const away = async () => {
        throw new Error('WeChat does not answer');
      };
      puppet.contactPayload = away;
      puppet.contactList = away;
      return () => Object.assign(puppet, { contactPayload, contactList });
    },
  };
}
