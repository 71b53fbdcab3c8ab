import { FileBox } from 'file-box';
import { type payloads, types } from 'wechaty-puppet';
import { mock, PuppetMock } from 'wechaty-puppet-mock';
import type { Wait } from '../../src/channels/wechat/time.ts';

/** A message of the bot as a phone shows it. */
export interface Shown {
  readonly text: string;
  readonly file?: string;
}

type Contact = mock.ContactMock;
type Room = mock.RoomMock;

/** What the mock's types leave out: contacts and rooms tell of the messages that they get. */
interface Listening {
  on(event: 'message', listener: (message: mock.MessageMock) => void): unknown;
}
const listening = (one: unknown) => one as Listening;

/** WeChat with a bot's account in it, on wechaty's mock puppet: people write, rooms fill, logins come and go. */
export class WechatWorld {
  readonly mocker = new mock.Mocker();
  puppet = this.newPuppet();
  readonly self = this.mocker.createContact({ id: 'luyan', name: 'Luyan' });
  private count = 0;

  login(): void {
    this.mocker.login(this.self);
  }

  /** Another bot takes the account over: a puppet serves one, and the mock knows one puppet. */
  handOver(): void {
    Object.assign(this.mocker, { _puppet: undefined });
    this.puppet = this.newPuppet();
  }

  logout(): Promise<void> {
    return this.puppet.logout('the phone ended it');
  }

  scan(qr: string, status = types.ScanStatus.Waiting): void {
    this.mocker.scan(qr, status);
  }

  friend(name: string, payload: Partial<payloads.Contact> = {}): WechatFriend {
    return new WechatFriend(this, this.mocker.createContact({ id: name, name, ...payload }));
  }

  room(...members: WechatFriend[]): WechatRoom {
    const memberIdList = [this.self, ...members.map(({ contact }) => contact)].map(({ id }) => id);
    return new WechatRoom(this.mocker.createRoom({ id: `${this.nextId('room')}@chatroom`, memberIdList }));
  }

  nextId(what: string): string {
    return `${what}-${++this.count}`;
  }

  /** The alias that the bot's address book has for somebody. */
  aliasOf(id: string): string | undefined {
    return this.mocker.cacheContactPayload.get(id)?.alias;
  }

  /** Somebody goes on under another id, as after a login with some puppets; the bot's address book knows the new one alone. */
  renumber(friend: WechatFriend, id: string): WechatFriend {
    const { name, alias } = friend.contact.payload;
    this.mocker.cacheContactPayload.delete(friend.contact.id);
    return this.friend(id, { name, ...(alias !== undefined && { alias }) });
  }

  /** The mock sets no aliases by itself. */
  private newPuppet(): PuppetMock {
    const puppet = new PuppetMock({ mocker: this.mocker });
    const setAlias = async (id: string, alias?: string | null): Promise<string> => {
      const payload = this.mocker.cacheContactPayload.get(id);
      if (!payload) throw new Error(`expected a contact ${id}, received none`);
      if (alias !== undefined) payload.alias = alias ?? '';
      return payload.alias ?? '';
    };
    puppet.contactAlias = setAlias as PuppetMock['contactAlias'];
    return puppet;
  }

  /** Puts any kind of message into the world. */
  post(
    from: Contact,
    type: types.Message,
    { text = '', file }: { text?: string; file?: FileBox } = {},
  ): string {
    const id = this.nextId('message');
    if (file) this.mocker.cacheFileBoxPayload.set(id, file.toJSON());
    const timestamp = Date.now();
    this.mocker.MessageMock.create({
      id,
      talkerId: from.id,
      listenerId: this.self.id,
      timestamp,
      type,
      text,
    });
    this.puppet.emit('message', { messageId: id });
    return id;
  }
}

/** Somebody who writes to the bot, and reads what they get. */
export class WechatFriend {
  readonly heard: Shown[] = [];
  readonly contact: Contact;
  private readonly world: WechatWorld;
  private wake = () => {};

  constructor(world: WechatWorld, contact: Contact) {
    this.world = world;
    this.contact = contact;
    listening(contact).on('message', (message) => {
      if (message.talker().id !== world.self.id) return;
      void shownIn(message).then((shown) => {
        this.heard.push(shown);
        this.wake();
      });
    });
  }

  /** Resolves when the next message of the bot is read. */
  next(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }

  say(text: string): string {
    return this.send(types.Message.Text, { text });
  }

  sendFile(name: string): string {
    const file = FileBox.fromBase64(Buffer.from('%PDF-1.7').toString('base64'), name) as FileBox;
    return this.send(types.Message.Attachment, { file });
  }

  send(type: types.Message, what: { text?: string; file?: FileBox } = {}): string {
    return this.world.post(this.contact, type, what);
  }

  /** Asks to be a friend of the bot, or is one by now. */
  async befriend(hello: string, type = types.Friendship.Receive): Promise<string> {
    const id = this.world.nextId('friendship');
    const payload = { id, contactId: this.contact.id, hello, timestamp: Date.now(), type, ticket: 't' };
    await this.world.puppet.friendshipPayload(id, payload as payloads.Friendship);
    this.world.puppet.emit('friendship', { friendshipId: id });
    return id;
  }
}

/** A room with the bot in it. */
export class WechatRoom {
  readonly heard: Shown[] = [];
  readonly room: Room;

  constructor(room: Room) {
    this.room = room;
    listening(room).on('message', (message) => void shownIn(message).then((shown) => this.heard.push(shown)));
  }

  say(by: WechatFriend, text: string, ...mentioned: Contact[]): void {
    by.contact.say(text, mentioned).to(this.room);
  }

  join(...friends: WechatFriend[]): void {
    const [first] = friends;
    this.room.add(...friends.map(({ contact }) => contact)).by(first?.contact);
  }
}

async function shownIn(message: mock.MessageMock): Promise<Shown> {
  if (message.type() === types.Message.Text) return { text: message.text() ?? '' };
  return { text: '', file: (await message.toFileBox()).name };
}

/** Waiting that takes as long as a test wants. */
export class Waits {
  readonly asked: number[] = [];
  private readonly open = new Map<() => void, number>();

  readonly wait: Wait = (ms, signal) => {
    this.asked.push(ms);
    return new Promise((resolve) => {
      const end = () => {
        this.open.delete(end);
        resolve();
      };
      this.open.set(end, ms);
      if (signal?.aborted) end();
      else signal?.addEventListener('abort', end, { once: true });
    });
  };

  /** How long everything that is waited for now takes. */
  get now(): number[] {
    return [...this.open.values()];
  }

  /** Lets time pass for whoever waits. */
  pass(): void {
    for (const end of [...this.open.keys()]) end();
  }
}

const PATIENCE = 20_000;

/** Resolves when something is the case, looking at each turn of the event loop. */
export async function until(isSo: () => boolean): Promise<void> {
  for (let turns = 0; turns < PATIENCE; turns++) {
    if (isSo()) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error(`expected to happen within ${PATIENCE} turns: ${isSo}`);
}

/** Lets everything happen that can happen without time passing. */
export async function quiet(): Promise<void> {
  for (let turns = 0; turns < 50; turns++) await new Promise((resolve) => setImmediate(resolve));
}
