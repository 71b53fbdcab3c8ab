import { z } from 'zod';
import type { FileRef, Front, Sending } from '../channel.ts';
import type { Answer, Api, Failure } from './api.ts';
import { explain, sendingOf } from './codes.ts';
import type { Outgoing } from './outgoing.ts';
import type { Slots } from './slots.ts';
import type { AccessToken } from './token.ts';
import type { Wait } from './wait.ts';

/** What follows an answer through the HTTP response takes another way, and must not overtake it. */
export const LEAD_MS = 200;
const RETRY_MS = 1_000;

const mediaSchema = z.object({ media_id: z.string().min(1) });

export interface SenderParts {
  readonly api: Api;
  readonly access: AccessToken;
  readonly slots: Slots;
  readonly front: Front;
  readonly wait: Wait;
  readonly leadMs: number;
  conversationOf(account: string): string;
  fault(message: string, cause: unknown): void;
}

/** Sends messages: as the answer to a call that is still open, else as customer-service messages. */
export class Sender {
  private readonly parts: SenderParts;
  /** Accounts that were answered through a response just now. */
  private readonly leads = new Map<string, Promise<void>>();
  private readonly underway = new Set<Promise<Sending>>();

  constructor(parts: SenderParts) {
    this.parts = parts;
  }

  send(account: string, message: Outgoing): Promise<Sending> {
    const sending =
      message.kind === 'text' ? this.say(account, message.text) : this.show(account, message.file);
    this.underway.add(sending);
    return sending.finally(() => this.underway.delete(sending));
  }

  /** Resolves when nothing is on its way. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.underway);
  }

  call(path: string, body: object, query: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const { access, api } = this.parts;
    return access.use((token) => api.post(path, body, { access_token: token, ...query }));
  }

  private async say(account: string, text: string): Promise<Sending> {
    await this.leads.get(account);
    if (!this.parts.slots.offer(account, text))
      return this.serve(account, { msgtype: 'text', text: { content: text } });
    const lead = this.parts.wait(this.parts.leadMs);
    this.leads.set(account, lead);
    void lead.then(() => this.leads.get(account) === lead && this.leads.delete(account));
    return { result: 'sent', messageId: this.messageIdOf(account) };
  }

  private async show(account: string, file: FileRef): Promise<Sending> {
    const bytes = await this.bytesOf(file);
    if (bytes === 'unknown') return notYet('the file could not be opened');
    if (!bytes) return { result: 'failed', cause: 'invalid' };
    const uploaded = await this.call('/cgi-bin/media/upload', formOf(file, bytes), { type: 'image' });
    if (uploaded.kind === 'done') {
      const media = mediaSchema.safeParse(uploaded.data);
      if (!media.success) return notYet('an answer without a media_id');
      return this.serve(account, { msgtype: 'image', image: media.data });
    }
    // Whatever became of the upload, the person has seen nothing of it yet.
    if (uploaded.kind === 'unsure') return notYet(uploaded.cause);
    return this.ended(account, uploaded);
  }

  private async serve(account: string, content: object): Promise<Sending> {
    await this.leads.get(account);
    const answer = await this.call('/cgi-bin/message/custom/send', { touser: account, ...content });
    return answer.kind === 'done'
      ? sendingOf(answer, this.messageIdOf(account))
      : this.ended(account, answer);
  }

  private async ended(account: string, failure: Failure): Promise<Sending> {
    const { front, fault, conversationOf } = this.parts;
    const ended = sendingOf(failure, '');
    const cause = 'cause' in ended ? ended.cause : undefined;
    if (ended.result === 'failed' && cause === 'invalid') fault('a message was not taken', explain(failure));
    if (ended.result === 'failed' && cause === 'blocked') {
      await front.reachable(conversationOf(account), false).catch((error: unknown) => {
        fault('it could not be noted that a person follows no more', error);
      });
    }
    return ended;
  }

  private async bytesOf(file: FileRef): Promise<Uint8Array | undefined | 'unknown'> {
    const { front, fault } = this.parts;
    try {
      return await front.openFile(file);
    } catch (cause) {
      fault('a picture could not be opened', cause);
      return 'unknown';
    }
  }

  private messageIdOf(account: string): string {
    return `${account}-${this.parts.front.now().getTime()}`;
  }
}

const notYet = (cause: string): Sending => ({
  result: 'refused',
  retryAfterMs: RETRY_MS,
  cause: `picture: ${cause}`,
});

function formOf(file: FileRef, bytes: Uint8Array): FormData {
  const form = new FormData();
  form.append('media', new Blob([new Uint8Array(bytes)], { type: file.type }), file.name);
  return form;
}
