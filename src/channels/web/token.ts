import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const ACCOUNT = /^[A-Za-z0-9_-]{22}$/;

/** Proofs made with the house's secret: who a visitor is, and which files a link opens. */
export interface Proofs {
  /** A new visitor: a random account id and the token that proves it. */
  newVisitor(): { readonly account: string; readonly token: string };
  /** The account of a token, or undefined when it is none of ours. */
  accountOf(token: string): string | undefined;
  /** A proof for some text, valid until a time. */
  seal(text: string, until: Date): string;
  /** The text of a seal that is ours and still valid. */
  open(sealed: string, now: Date): string | undefined;
}

export function proofs(secret: string): Proofs {
  const sign = (purpose: string, text: string) =>
    createHmac('sha256', secret).update(`${purpose} ${text}`).digest('base64url').slice(0, 32);
  const matches = (signature: string, purpose: string, text: string) => {
    const expected = Buffer.from(sign(purpose, text));
    const received = Buffer.from(signature);
    return expected.length === received.length && timingSafeEqual(expected, received);
  };
  return {
    newVisitor() {
      const account = randomBytes(16).toString('base64url');
      return { account, token: `${account}.${sign('visitor', account)}` };
    },
    accountOf(token) {
      const [account = '', signature = ''] = token.split('.');
      return ACCOUNT.test(account) && matches(signature, 'visitor', account) ? account : undefined;
    },
    seal(text, until) {
      const body = `${Buffer.from(text).toString('base64url')}.${until.getTime().toString(36)}`;
      return `${body}.${sign('link', body)}`;
    },
    open(sealed, now) {
      const [text = '', until = '', signature = ''] = sealed.split('.');
      if (!matches(signature, 'link', `${text}.${until}`)) return undefined;
      return Number.parseInt(until, 36) > now.getTime()
        ? Buffer.from(text, 'base64url').toString()
        : undefined;
    },
  };
}
