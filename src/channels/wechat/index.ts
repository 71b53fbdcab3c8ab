import QRCode from 'qrcode';
import { fill, type Text } from '../../text/text.ts';
import type { Channel, Front, Inbound, Input, Lang, Pace, Reply, Sending } from '../channel.ts';
import { readFile } from '../download.ts';
import { Acquaintances } from './acquaintances.ts';
import { buildBot } from './bot.ts';
import { Connection } from './connection.ts';
import { Friends } from './friends.ts';
import { Intake } from './intake.ts';
import { Login } from './login.ts';
import { loginPage } from './page.ts';
import { BOT, conversationOf, NAME, type Puppet, type WechatOptions } from './ports.ts';
import { type Read, type Reader, readMessage } from './reading.ts';
import { send } from './sending.ts';
import { backoff, LATE, realWait, type Wait, within } from './time.ts';
import { type Outgoing, write } from './writing.ts';

export type { Outgoing, WechatOptions };

/** As a busy person types, about 40 messages a minute: an account that is faster gets blocked. */
export /** A person's own account that writes to more people than this at once is soon shut. */
const MASS_LIMIT = 200;
const PACE: Pace = { burst: 3, everyMs: 1_500, chatBurst: 3, chatEveryMs: 1_000, jitterMs: 700 };

/** How long a stop waits for messages that are being stored. */
const DRAIN_MS = 4_500;
const READ_ATTEMPTS = 4;
/** How long the bytes of a file may take, while the messages after it wait. */
const FILE_MS = 8_000;

/** The WeChat account of a person, driven through wechaty and whatever puppet is named. */
export function wechatChannel(options: WechatOptions, front: Front): Channel<Outgoing> {
  return new WechatChannel(options, front);
}

class WechatChannel implements Channel<Outgoing> {
  readonly name = NAME;
  readonly bot = BOT;
  readonly pace = PACE;
  readonly massLimit = MASS_LIMIT;
  readonly routes;
  private readonly options: WechatOptions;
  private readonly front: Front;
  private readonly wait: Wait;
  private readonly intake: Intake;
  private readonly acquaintances: Acquaintances;
  private readonly login: Login;
  private puppet: Puppet | undefined;
  private connection: Connection | undefined;
  private stopped = false;
  /** Why it never starts. */
  private hopeless: unknown;

  constructor(options: WechatOptions, front: Front) {
    this.options = options;
    this.front = front;
    this.wait = options.wait ?? realWait;
    this.intake = new Intake(front, this.wait);
    this.acquaintances = new Acquaintances({ front, aliases: options.aliases, wait: this.wait });
    this.login = new Login((news) => this.tellOwners(news));
    this.routes = loginPage(options.secretPath, () => this.login.state);
  }

  write(replies: readonly Reply[], lang: Lang): readonly Outgoing[] {
    return write(replies, lang);
  }

  send(account: string, message: Outgoing): Promise<Sending> {
    return send(account, message, { puppet: this.puppet, front: this.front, wait: this.wait });
  }

  async start(): Promise<void> {
    const { bot, puppet, kinds } = await buildBot(this.options.puppet, this.options.name).catch(
      (cause: unknown) => {
        this.hopeless = cause;
        throw cause;
      },
    );
    if (this.stopped) return;
    const { front, login, wait } = this;
    const reader = { kinds, wait, puppet };
    const friends = new Friends({
      front,
      kinds,
      wait,
      keywords: () => this.options.keywords(),
      tellOwners: (text) => this.tellOwners(text),
      take: (inbound) => this.intake.add(Promise.resolve(inbound)),
    });
    // From the puppet itself, since wechaty hands messages on in the order in which their details were fetched.
    puppet.on('message', ({ messageId }) =>
      this.intake.add(this.receive(() => bot.Message.find({ id: messageId }), reader)),
    );
    puppet.on('room-join', ({ roomId }) => this.guard(this.greet(puppet, roomId)));
    bot.on('friendship', (friendship) => this.guard(friends.meet(friendship, puppet)));
    puppet.on('login', () => this.guard(this.acquaintances.meetAll(puppet)));
    // Some puppets learn of their contacts after the login.
    puppet.on('ready', () => this.guard(this.acquaintances.meetAll(puppet)));
    this.puppet = puppet;
    this.connection = new Connection({ bot, puppet, kinds, login, front, wait, show: (qr) => this.show(qr) });
    await this.connection.start();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.intake.close();
    this.acquaintances.close();
    const drained = within(DRAIN_MS, this.wait, this.intake.idle()).then((end) => {
      if (end === LATE) this.front.fault('WeChat messages that could not be stored are lost', undefined);
    });
    await Promise.all([this.connection?.stop(), drained]);
  }

  async check(): Promise<void> {
    if (this.hopeless) throw this.hopeless;
    this.login.check();
  }

  /** A message as the house takes it; undefined when it is met with silence. */
  private async receive(
    find: () => Promise<Parameters<typeof readMessage>[0] | undefined>,
    reader: Reader & { readonly puppet: Puppet },
  ): Promise<Inbound | undefined> {
    const arrivedAt = this.front.now();
    for (let attempt = 1; ; attempt++) {
      try {
        const message = await find();
        if (!message) throw new Error('expected the message that WeChat announced, received none');
        const read = await readMessage(message, reader);
        if (!read) return undefined;
        if (!isInRoom(read.input)) await this.acquaintances.meet(read.account, reader.puppet);
        const conversation = conversationOf(read.account);
        const input = await this.kept(read, conversation, message.id);
        return { id: `${conversation}/${message.id}`, conversation, lang: 'zh', input, arrivedAt };
      } catch (cause) {
        if (attempt === READ_ATTEMPTS) throw cause;
        await this.wait(backoff(attempt, 250, 5_000));
      }
    }
  }

  /** What is said, its file in the house. WeChat tells of nothing twice, so an outage of the store must not lose it. */
  private async kept({ input, box }: Read, conversation: string, key: string): Promise<Input> {
    if (!box || input.kind !== 'file') return input;
    const { name, type, size } = input;
    const announced = { conversation, key, name, type, withinMs: FILE_MS, ...(size > 0 && { size }) };
    try {
      return await this.front.keep(announced, async () => readFile(await box.toStream()));
    } catch (cause) {
      this.front.fault('a WeChat file could not be stored; its person is asked to send it again', cause);
      return { ...input, problem: 'unavailable' };
    }
  }

  private async greet(puppet: Puppet, room: string): Promise<void> {
    await puppet.messageSendText(room, fill(this.options.roomGreeting, 'zh'));
  }

  private show(qr: string): void {
    const print = this.options.print ?? ((lines: string) => process.stderr.write(lines));
    this.guard(
      QRCode.toString(qr, { type: 'terminal', small: true }).then((picture) =>
        print(`\nScan with the bot's WeChat to log in:\n${picture}\n`),
      ),
    );
  }

  private tellOwners(text: Text): void {
    this.guard((async () => this.options.notifyOwners(text))());
  }

  /** No throw leaves an event's handler: it would end the process. */
  private guard(task: Promise<void>): void {
    task.catch((cause) => this.front.fault('WeChat: something asked for by an event was not done', cause));
  }
}

const isInRoom = (input: Inbound['input']): boolean => input.kind === 'text' && input.room === true;
