import type { ChannelHouse, PLAIN, SEALED } from '../../../support/channel-house.ts';
import type { OfficialAccountApi } from '../../../support/official-account-api.ts';
import { Follower } from '../../../support/official-account-api-follower.ts';
import { heardOf } from '../../../transcripts/official-account-replay.ts';
import type { ChannelGuest, ChannelKind, Failures, Oddity, Traits } from '../chat.ts';

const SEND = '/cgi-bin/message/custom/send';

const MESSAGE = {
  voice: ['voice', { MediaId: 'm', Format: 'amr' }],
  video: ['video', { MediaId: 'm', ThumbMediaId: 't' }],
  location: ['location', { Location_X: '30.6', Location_Y: '104', Scale: 15, Label: 'Hall' }],
  // The platform passes neither stickers nor red packets on; a card comes as a link.
  card: ['link', { Title: 'A card', Url: 'https://example.org' }],
} as const satisfies Partial<Record<Oddity, readonly [string, Record<string, string | number>]>>;

const traits: Traits = {
  oddities: Object.keys(MESSAGE) as Oddity[],
  isNumbered: true,
  hasRooms: false,
  canFail: true,
  acknowledges: true,
  fits: (text) => Buffer.byteLength(text) <= 2_048,
};

/** An official account, on the stub of the platform's API and with signed posts. */
export const officialAccount = (account: typeof SEALED | typeof PLAIN): ChannelKind => ({
  traits,
  open: (house) => ({
    ...traits,
    guest: () => arrive(house, account),
    failures: failuresOf(house.platforms.official),
  }),
});

async function arrive(
  { platforms, url, clock, app }: ChannelHouse,
  given: typeof SEALED | typeof PLAIN,
): Promise<ChannelGuest> {
  const { path, ...own } = given;
  const follower = new Follower({
    api: platforms.official,
    url: `${url}${path}`,
    now: clock.now,
    // Their numbers stay apart although several suites count from one.
    openid: `oGuest_${crypto.randomUUID()}`,
    ...own,
  });
  const account = { channel: 'official-account', bot: own.appId, id: follower.openid };
  // WeChat does not tell a person's language: the house knows it from before.
  await app.stores.people.ensure(account, 'en', clock.now());
  let last: Parameters<Follower['call']>[0] = '';
  const post = async (message: typeof last) => {
    last = message;
    const { status } = await follower.post(follower.call(message));
    if (status !== 200) throw new Error(`expected 200, received ${status}`);
  };
  let said = 0;
  const send = (type: string, fields: Record<string, string | number>) =>
    post(follower.message(type, { ...fields, MsgId: 24_000_000_000_000 + ++said }));
  return {
    account,
    says: (text) => send('text', { Content: text }),
    sendsFile: (name, bytes) => send('file', { Title: name, FileTotalLen: bytes }),
    sendsPhoto: (bytes) => send('image', { PicUrl: 'http://x/', MediaId: platforms.official.receive(bytes) }),
    sends(oddity) {
      const [type, fields] = MESSAGE[oddity as keyof typeof MESSAGE];
      return send(type, fields);
    },
    repeats: () => post(last),
    heard: async () => heardOf(follower.chat),
  };
}

/** Whatever is sent next fails: the stub does not tell people apart, so it is for one letter at a time. */
function failuresOf(api: OfficialAccountApi): Failures {
  const code = (errcode: number) => () => api.fail(SEND, errcode);
  return {
    lost: [
      { cause: 'blocked', strike: code(43_004) },
      { cause: 'not_found', strike: code(40_003) },
      { cause: 'window_closed', strike: code(45_015) },
      { cause: 'window_closed', strike: code(45_047) },
    ],
    unsure: { seen: 0, strike: () => api.fail(SEND, 'reset') },
    refuse() {
      api.fail(SEND, -1);
      return () => {};
    },
  };
}
