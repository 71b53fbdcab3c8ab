import { randomUUID } from 'node:crypto';
import type { Front, Sending } from '../channel.ts';
import type { Puppet } from './ports.ts';
import { LATE, type Wait, within } from './time.ts';
import type { Outgoing } from './writing.ts';

export const SEND_MS = 15_000;
const RETRY_MS = 10_000;

const refused = (cause: string): Sending => ({ result: 'refused', retryAfterMs: RETRY_MS, cause });
const reasonOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

export interface SendParts {
  readonly puppet: Puppet | undefined;
  readonly front: Pick<Front, 'openFile'>;
  readonly wait: Wait;
}

/** Sends one message to a contact or a room. Nothing has left before the puppet's own call. */
export async function send(account: string, message: Outgoing, parts: SendParts): Promise<Sending> {
  const { puppet, wait } = parts;
  if (!puppet?.isLoggedIn) return refused('WeChat is not logged in');
  let call: Sending | (() => Promise<string | undefined>) | typeof LATE;
  try {
    call = await within(SEND_MS, wait, prepare(puppet, account, message, parts.front));
  } catch (cause) {
    return refused(reasonOf(cause));
  }
  if (call === LATE) return refused(`nothing was ready to send within ${SEND_MS / 1000} s`);
  if (typeof call !== 'function') return call;
  try {
    const id = await within(SEND_MS, wait, call());
    if (id === LATE) return { result: 'unsure', cause: `no answer within ${SEND_MS / 1000} s` };
    // Some puppets do not say which message it became.
    return { result: 'sent', messageId: id || `wechat-${randomUUID()}` };
  } catch (cause) {
    return { result: 'unsure', cause: reasonOf(cause) };
  }
}

async function prepare(
  puppet: Puppet,
  account: string,
  message: Outgoing,
  front: Pick<Front, 'openFile'>,
): Promise<Sending | (() => Promise<string | undefined>)> {
  const known = await knows(puppet, account);
  if (known === undefined) return refused('WeChat could not look the recipient up');
  if (!known) return { result: 'failed', cause: 'not_found' };
  if (message.kind === 'text')
    return async () => (await puppet.messageSendText(account, message.text)) || undefined;
  const bytes = await front.openFile(message.file);
  if (!bytes) return { result: 'failed', cause: 'invalid' };
  const { FileBox } = await import('file-box');
  // A buffer box does not survive the way through every puppet; base64 does.
  const box = FileBox.fromBase64(Buffer.from(bytes).toString('base64'), message.file.name);
  return async () => (await puppet.messageSendFile(account, box)) || undefined;
}

/** Whether there is such a contact or room; undefined when that cannot be found out now. */
async function knows(puppet: Puppet, account: string): Promise<boolean | undefined> {
  const asContact = () => puppet.contactPayload(account);
  const asRoom = () => puppet.roomPayload(account);
  for (const look of /@|^R:/u.test(account) ? [asRoom, asContact] : [asContact, asRoom])
    if (await look().then(Boolean, () => false)) return true;
  try {
    const lists = await Promise.all([puppet.contactList(), puppet.roomList()]);
    return lists.flat().includes(account) ? undefined : false;
  } catch {
    return undefined;
  }
}
