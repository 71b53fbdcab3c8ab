import type { Crypt } from './crypt.ts';
import { type Message, messageSchema } from './messages.ts';
import { type Claim, type Doubt, Guard } from './signature.ts';
import { readXml } from './xml.ts';

export type Refusal = Doubt | 'unreadable' | 'too_large';

export interface Query extends Claim {
  readonly msgSignature: string | undefined;
}

/** Lets in what the platform says, and nothing else. */
export class Door {
  /** How many calls were refused, by reason. */
  readonly refused: Record<Refusal, number> = {
    unsigned: 0,
    forged: 0,
    expired: 0,
    replayed: 0,
    unreadable: 0,
    too_large: 0,
  };
  private readonly guard: Guard;
  private readonly crypt: Crypt | undefined;

  constructor(token: string, crypt: Crypt | undefined, now: () => Date) {
    this.guard = new Guard(token, now);
    this.crypt = crypt;
  }

  /** Whether the platform asks if this is the right address. */
  verify(query: Query): Refusal | undefined {
    return this.count(this.guard.doubt(query));
  }

  /** The message of a post, or why it is none. With a key, only what is sealed with it counts. */
  open(query: Query, body: string): Message | Refusal {
    const opened = this.crypt ? this.unseal(this.crypt, query, body) : this.read(query, body);
    if (typeof opened === 'string') this.count(opened);
    return opened;
  }

  /** A post came to nothing: the same one is welcome again. */
  forget({ signature, msgSignature }: Query): void {
    this.guard.forget(this.crypt ? msgSignature : signature);
  }

  count<R extends Refusal | undefined>(refusal: R): R {
    if (refusal) this.refused[refusal] += 1;
    return refusal;
  }

  private read(query: Query, body: string): Message | Refusal {
    return this.guard.doubt(query) ?? messageIn(body);
  }

  private unseal(crypt: Crypt, query: Query, body: string): Message | Refusal {
    const sealed = readXml(body)?.Encrypt;
    if (typeof sealed !== 'string') return 'unsigned';
    const doubt = this.guard.doubt({ ...query, signature: query.msgSignature }, sealed);
    if (doubt) return doubt;
    const opened = crypt.open(sealed);
    return opened === undefined ? 'forged' : messageIn(opened);
  }
}

function messageIn(xml: string): Message | 'unreadable' {
  const read = messageSchema.safeParse(readXml(xml));
  return read.success ? read.data : 'unreadable';
}
