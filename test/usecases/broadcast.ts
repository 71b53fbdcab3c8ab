import type { Lane } from '../../src/delivery/lane.ts';
import { Sender } from '../../src/delivery/sender.ts';
import type { Delivery, Letter, Sending } from '../../src/domain/delivery.ts';
import type { Notice } from '../../src/domain/notice.ts';
import { type Account, conversationOf as addressOf } from '../../src/domain/person.ts';
import type { Preview, Writing } from '../../src/usecases/write-notice.ts';
import type { MemoryStores } from '../support/memory-ports.ts';
import { type Content, FAIR, House, type Verbs } from './house.ts';
import { arrive, conversationOf, idOf } from './linking.ts';

export const TELEGRAM = 'telegram:1';
const WEB = 'web:main';

interface Sent {
  readonly to: string;
  readonly text: string;
}

/** What a platform does with a letter. */
export type Answer = (account: Account, letter: Letter) => Promise<Sending> | Sending;

/** A house whose office sends notices by the web chat and by Telegram. */
export class Broadcast {
  readonly house: House;
  /** Letters as they left, in order. */
  readonly sent: Sent[] = [];
  answer: Answer = () => ({ result: 'sent', messageId: '1' });
  /** What is done before a letter may leave. */
  turn: (account: Account) => Promise<boolean> = async () => true;

  private constructor(house: House) {
    this.house = house;
  }

  /** With an organizer, and guests who are registered. */
  static async open(guests: readonly string[] = ['ana', 'bo', 'cy'], content: Partial<Content> = {}) {
    const house = await House.with(content);
    await arrive(house, 'author', ...guests);
    const now = house.clock.now();
    const grant = { id: 'grant', person: idOf('author'), role: 'organizer' as const, office: 'office' };
    await house.stores.grants.add({
      ...grant,
      event: null,
      part: null,
      note: null,
      by: null,
      at: now,
      ended: null,
    });
    for (const guest of guests) await house.register(idOf(guest), { lang: 'zh', name: guest });
    return new Broadcast(house);
  }

  get stores(): MemoryStores {
    return this.house.stores;
  }

  get verbs(): Verbs {
    return this.house.verbs;
  }

  async write(given: Partial<Writing> = {}): Promise<Preview> {
    const done = await this.verbs.writeNotice({ ...this.writing, ...given });
    if (!done.ok) throw new Error(`expected a draft, received ${done.reason}`);
    return done.data;
  }

  /** A notice to everybody registered. */
  get writing(): Writing {
    return {
      id: 'form',
      person: idOf('author'),
      conversation: conversationOf('author'),
      edits: null,
      event: FAIR,
      audience: { source: { kind: 'event', event: FAIR }, where: { all: [] } },
      text: { zh: '{姓名}，请走东门。', en: '{name}, please use the east gate.' },
      file: null,
      buttons: [],
      link: null,
      critical: false,
      without: [],
      startsAt: null,
    };
  }

  async confirm(counted: number, number = 1) {
    return this.verbs.confirmNotice({ person: idOf('author'), number, counted });
  }

  /** Writes a notice and lets it go out. */
  async announce(given: Partial<Writing> = {}): Promise<void> {
    const { reach, notice } = await this.write(given);
    const done = await this.confirm(reach, notice.number);
    if (!done.ok) throw new Error(`expected a confirmed notice, received ${done.reason}`);
  }

  async steer(act: 'pause' | 'resume' | 'cancel') {
    return this.verbs.steerNotice({ person: idOf('author'), number: 1, act });
  }

  sender(stores: MemoryStores = this.stores, verbs: Verbs = this.verbs, perSecond = 250): Sender {
    const lane = (name: string): Lane => ({
      name,
      perSecond,
      turn: (account) => this.turn(account),
      compose: async (all) => all.map(({ letter }) => letter),
      send: async (account, post) => {
        const letter = post as Letter;
        this.sent.push({ to: addressOf(account), text: letter.text });
        return this.answer(account, letter);
      },
    });
    return new Sender({
      ...stores,
      clock: this.house.clock,
      name: crypto.randomUUID(),
      lanes: [lane(WEB), lane(TELEGRAM)],
      stopBad: verbs.stopBadNotice,
      wait: async () => {},
    });
  }

  /** Does what the jobs do, until nothing more happens by itself at this time. */
  async run(sender = this.sender()): Promise<void> {
    for (let before = ''; ; ) {
      await this.verbs.runNotices();
      await sender.sendDue();
      const after = JSON.stringify([await this.notice(), this.rows(), this.toldAuthor()]);
      if (after === before) return;
      before = after;
    }
  }

  async notice(number = 1): Promise<Notice> {
    const notice = await this.stores.notices.byNumber(number);
    if (!notice) throw new Error(`expected notice N${number}, received none`);
    return notice;
  }

  /** The readers' rows. */
  rows(): Delivery[] {
    return this.stores.deliveries.all().filter(({ notice }) => notice !== null);
  }

  /** `ana: sent`, `bo: skipped (unsubscribed)`, in order of name. */
  ends(): string[] {
    const nameOf = ({ person }: Delivery) => person.replace(idOf(''), '');
    return this.rows()
      .map((row) => `${nameOf(row)}: ${row.state}${row.cause ? ` (${row.cause})` : ''}`)
      .sort();
  }

  /** What readers heard, by conversation. */
  heard(): string[] {
    const author = conversationOf('author');
    return this.sent.filter(({ to }) => to !== author).map(({ to }) => to);
  }

  /** What is told to whoever wrote the notice: the first line of each. */
  toldAuthor(): string[] {
    const rows = this.stores.deliveries.all().filter(({ id }) => id.startsWith('progress/'));
    return rows.map(({ letter }) => letter.text.split('\n')[0] ?? '');
  }
}
