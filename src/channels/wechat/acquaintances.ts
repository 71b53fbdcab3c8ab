import { randomBytes } from 'node:crypto';
import type { Front } from '../channel.ts';
import { type Aliases, contactOf, conversationOf, type Puppet } from './ports.ts';
import { LATE, type Wait, within } from './time.ts';

/** No I, L, O or U, as in ticket numbers: it can be read aloud. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const ALIAS = /^LY-[0-9A-HJKMNP-TV-Z]{8}$/u;
const LENGTH = 8;
const LOOK_MS = 5_000;
/** WeChat refuses aliases that come as fast as 60 a minute. */
export const ALIAS_EVERY_MS = 6_000;
/** Beyond so many, somebody gets theirs after the next login. */
const WAITING_AT_MOST = 1_000;

/** 40 random bits. */
function makeAlias(): string {
  const letters = [...randomBytes(LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]);
  return `LY-${letters.join('')}`;
}

export interface AcquaintanceParts {
  readonly front: Pick<Front, 'moved' | 'fault'>;
  readonly aliases: Aliases;
  readonly wait: Wait;
}

/**
 * Knows contacts again whose id has changed between logins. Who talks to the bot gets an alias in the bot's own
 * address book, where nobody else sees or sets it; an alias that turns up at an id that is new is the same person.
 * All of it is best effort: no message is lost or long held up by it.
 */
export class Acquaintances {
  private readonly parts: AcquaintanceParts;
  private readonly met = new Set<string>();
  private readonly nameless: string[] = [];
  private readonly closing = new AbortController();
  private naming: Promise<void> | undefined;
  private complained = false;

  constructor(parts: AcquaintanceParts) {
    this.parts = parts;
  }

  /** To be called before a contact's message is stored, so that it counts for the person whom it is from. */
  async meet(contact: string, puppet: Puppet): Promise<void> {
    if (this.met.has(contact)) return;
    this.met.add(contact);
    await this.briefly(async () => {
      const alias = await aliasOf(puppet, contact);
      if (isByHuman(alias)) return;
      const holder = alias === '' ? undefined : await this.parts.aliases.holder(alias);
      if (holder === undefined) return this.nameSoon(contact, puppet);
      await this.recognise({ alias, holder, contact }, () => puppet.contactList());
    });
  }

  /** To be called after a login: everybody whose id has changed is found at once. */
  async meetAll(puppet: Puppet): Promise<void> {
    this.met.clear();
    const known = await puppet.contactList();
    for (const contact of known) {
      if (this.closing.signal.aborted) return;
      await this.briefly(async () => {
        const alias = await aliasOf(puppet, contact);
        const holder = ALIAS.test(alias) ? await this.parts.aliases.holder(alias) : undefined;
        if (holder !== undefined) await this.recognise({ alias, holder, contact }, async () => known);
      });
    }
  }

  /** Gives no more aliases. */
  close(): void {
    this.closing.abort();
  }

  private async recognise(
    { alias, holder, contact }: { alias: string; holder: string; contact: string },
    contacts: () => Promise<readonly string[]>,
  ): Promise<void> {
    const { front, aliases } = this.parts;
    const conversation = conversationOf(contact);
    if (holder === conversation) return;
    // Two contacts under one alias are two people: a human has copied it.
    if ((await contacts()).includes(contactOf(holder)))
      return front.fault('two WeChat contacts have the same alias; both stay as they are', undefined);
    if (await front.moved(holder, conversation, 'recognised'))
      await aliases.move(alias, holder, conversation);
  }

  private nameSoon(contact: string, puppet: Puppet): void {
    if (this.nameless.length >= WAITING_AT_MOST) return;
    this.nameless.push(contact);
    this.naming ??= this.nameAll(puppet);
  }

  private async nameAll(puppet: Puppet): Promise<void> {
    for (let contact = this.nameless[0]; contact !== undefined; contact = this.nameless[0]) {
      await this.parts.wait(ALIAS_EVERY_MS, this.closing.signal);
      if (this.closing.signal.aborted) return;
      await this.briefly(() => this.name(contact, puppet));
      this.nameless.shift();
    }
    this.naming = undefined;
  }

  private async name(contact: string, puppet: Puppet): Promise<void> {
    // It may be a while since it was looked at, and the puppet keeps what it has seen.
    await puppet.contactPayloadDirty(contact);
    if (isByHuman(await aliasOf(puppet, contact))) return;
    const alias = await this.parts.aliases.give(conversationOf(contact), makeAlias());
    await puppet.contactAlias(contact, alias);
  }

  /** What fails or hangs is given up, and said once. */
  private async briefly(task: () => Promise<void>): Promise<void> {
    try {
      if ((await within(LOOK_MS, this.parts.wait, task())) !== LATE) return;
      throw new Error(`expected an answer within ${LOOK_MS / 1000} s, received none`);
    } catch (cause) {
      if (this.complained) return;
      this.complained = true;
      this.parts.front.fault(
        'WeChat contacts cannot all be known again by their aliases; this is not said again',
        cause,
      );
    }
  }
}

/** Such an alias stays as it is. */
const isByHuman = (alias: string): boolean => alias !== '' && !ALIAS.test(alias);

async function aliasOf(puppet: Puppet, contact: string): Promise<string> {
  return ((await puppet.contactPayload(contact)).alias ?? '').trim();
}
