import type { types } from 'wechaty';
import type { Front } from '../channel.ts';
import type { Login } from './login.ts';
import type { Bot, Puppet } from './ports.ts';
import { backoff, LATE, type Wait, within } from './time.ts';

const START_MS = 20_000;
const STOP_MS = 4_500;
const RESTART_STOP_MS = 20_000;
const FIRST_RESTART_MS = 5_000;
const MOST_RESTART_MS = 300_000;

export interface ConnectionParts {
  readonly bot: Bot;
  readonly puppet: Puppet;
  readonly kinds: typeof types;
  readonly login: Login;
  readonly front: Pick<Front, 'fault'>;
  readonly wait: Wait;
  /** A code to scan that was not shown before. */
  show(qr: string): void;
}

/** Keeps the bot connected: follows its login, and starts it again when it was logged out or failed. */
export class Connection {
  private readonly parts: ConnectionParts;
  private readonly closing = new AbortController();
  private recovering = false;
  private restarts = 0;

  constructor(parts: ConnectionParts) {
    this.parts = parts;
    const { bot, puppet } = parts;
    // Without a listener for errors, Node ends the process at the first one.
    bot.on('error', (error) => this.failed('WeChat reported an error', error));
    puppet.on('scan', ({ qrcode, status }) => this.guard(() => this.scan(qrcode, status)));
    puppet.on('login', ({ contactId }) => this.guard(() => this.loggedIn(contactId)));
    puppet.on('logout', () => this.guard(() => this.loggedOut()));
  }

  /** Starts the bot; when that fails it is tried again for as long as it takes. */
  async start(): Promise<void> {
    const { bot, wait } = this.parts;
    try {
      // Resolves although the puppet failed: errors and logins come as events.
      const started = await within(START_MS, wait, bot.start());
      if (started === LATE) throw new Error(`expected a start within ${START_MS / 1000} s, received none`);
    } catch (error) {
      this.failed('WeChat could not be started', error);
    }
  }

  /** Ends the connection, or gives up on a puppet that hangs. */
  async stop(): Promise<void> {
    this.closing.abort();
    await this.stopBot(STOP_MS);
  }

  private get closed(): boolean {
    return this.closing.signal.aborted;
  }

  private async stopBot(ms: number): Promise<void> {
    const { bot, front, wait } = this.parts;
    try {
      if ((await within(ms, wait, bot.stop())) === LATE)
        throw new Error(`expected a stop within ${ms / 1000} s, received none`);
    } catch (error) {
      front.fault('WeChat did not stop cleanly', error);
    }
  }

  private scan(qrcode: string | undefined, status: number): void {
    const { login, show, kinds } = this.parts;
    const { Scanned, Confirmed } = kinds.ScanStatus;
    // Events of a scan come after it too, when no code is left to show.
    if (status === Scanned || status === Confirmed) return login.enter({ at: 'scanned' });
    if (!qrcode || (login.state.at === 'scan' && login.state.qr === qrcode)) return;
    login.enter({ at: 'scan', qr: qrcode });
    show(qrcode);
  }

  private async loggedIn(contact: string): Promise<void> {
    const { login, puppet } = this.parts;
    this.restarts = 0;
    login.enter({ at: 'login', name: '' });
    const { name } = await puppet.contactPayload(contact);
    if (login.state.at === 'login') login.enter({ at: 'login', name });
  }

  private loggedOut(): void {
    if (this.closed) return;
    this.parts.login.enter({ at: 'logout' });
    void this.recover();
  }

  /** Many errors are passing: only one that leaves the bot without a login or a code to scan ends a connection. */
  private failed(message: string, error: unknown): void {
    const { login, puppet, front } = this.parts;
    front.fault(message, error);
    if (this.closed || puppet.isLoggedIn || login.state.at === 'scan' || login.state.at === 'scanned') return;
    login.enter({ at: 'error' });
    void this.recover();
  }

  private async recover(): Promise<void> {
    if (this.recovering) return;
    this.recovering = true;
    const { login, wait } = this.parts;
    while (login.isDown && !this.closed) {
      await wait(backoff(this.restarts++, FIRST_RESTART_MS, MOST_RESTART_MS), this.closing.signal);
      // Some puppets come back by themselves.
      if (!login.isDown || this.closed) break;
      await this.stopBot(RESTART_STOP_MS);
      if (this.closed) break;
      login.enter({ at: 'starting' });
      await this.start();
    }
    this.recovering = false;
  }

  /** No throw leaves an event's handler: it would end the process. */
  private guard(handle: () => void | Promise<void>): void {
    (async () => handle())().catch((error) =>
      this.parts.front.fault('a WeChat event was not handled', error),
    );
  }
}
