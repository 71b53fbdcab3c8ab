import type { ChannelHouse } from '../../../support/channel-house.ts';
import type { Guest } from '../../../support/guest.ts';
import type { ChannelGuest, ChannelKind, Traits } from '../chat.ts';

const traits: Traits = {
  oddities: [],
  isNumbered: false,
  hasRooms: false,
  canFail: false,
  acknowledges: true,
  fits: () => true,
};

/** The web chat, over its protocol. What is stored is sent, so nothing can fail on the way. */
export const web: ChannelKind = {
  traits,
  open: (house) => ({ ...traits, guest: async () => visitor(await house.arrive('en'), house) }),
};

async function visitor(guest: Guest, { app }: ChannelHouse): Promise<ChannelGuest> {
  const [person] = await app.stores.people.byId([guest.person]);
  const [account] = person?.accounts ?? [];
  if (!account) throw new Error('expected a visitor to have an account, received none');
  let last: object = {};
  const post = async (body: object) => {
    last = body;
    await taken(guest.post(body));
  };
  // One look at a time, or two would fetch the same.
  let looking: Promise<unknown> = Promise.resolve();
  const heard = async () => {
    looking = looking.then(() => guest.listen(0));
    await looking;
    return guest.heard.map(({ text, choices, file }) => ({
      text,
      choices: choices?.map(({ label }) => label) ?? [],
      ...(file && { file: file.name }),
    }));
  };
  return {
    account,
    heard,
    says: (text) => post({ id: guest.nextId(), text }),
    async presses(label) {
      await heard();
      const asking = guest.heard.findLast(({ choices }) => choices?.some((one) => one.label === label));
      const index = asking?.choices?.findIndex((one) => one.label === label);
      await post({ id: guest.nextId(), pick: { prompt: asking?.prompt, index } });
    },
    sendsFile: (name, bytes) => taken(upload(guest, name, new Uint8Array(bytes))),
    sendsPhoto: (bytes) => taken(upload(guest, 'photo.png', bytes)),
    sends: (oddity) => Promise.reject(new Error(`expected what the protocol has, received a ${oddity}`)),
    repeats: () => taken(guest.post(last)),
  };
}

/** A file as a browser sends it. */
export function upload(guest: Guest, name: string, bytes: Uint8Array): Promise<Response> {
  const form = new FormData();
  form.set('id', guest.nextId());
  form.set('file', new File([new Uint8Array(bytes)], name, { type: 'application/pdf' }));
  const headers = { authorization: `Bearer ${guest.token}`, 'accept-language': guest.lang };
  return fetch(`${guest.url}/api/chat/messages`, { method: 'POST', headers, body: form });
}

async function taken(answer: Promise<Response>): Promise<void> {
  const { status } = await answer;
  if (status !== 202) throw new Error(`expected 202, received ${status}`);
}
