import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { type RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Values } from '../../text/text.ts';
import type { Lang } from './ports.ts';
import { acceptedLanguage, type LinkRefusal, type RefusalCode, refusal, refusalPage } from './refusals.ts';
import type { Proofs } from './token.ts';

const CHANNEL = 'web';

/** The conversation of a visitor's account. */
export const conversationOfVisitor = (account: string): string => `${CHANNEL}:main:${account}`;

export interface Visited {
  Variables: { conversation: string };
}

export type Refuse = (
  c: Context,
  status: 400 | 401 | 404 | 410 | 413 | 429 | 503,
  code: RefusalCode,
  values?: Values,
) => Response;

export type TurnAway = (
  c: Context,
  status: 404 | 410 | 503,
  code: LinkRefusal,
) => Response | Promise<Response>;

/** How visitors are known, held back and refused: the same wherever their token opens something. */
export function visitorDoor(proofs: Pick<Proofs, 'accountOf'>, defaultLang: Lang) {
  const langOf = (c: Context) => acceptedLanguage(c.req.header('accept-language'), defaultLang);

  const refuse: Refuse = (c, status, code, values = {}) => c.json(refusal(code, langOf(c), values), status);

  /** Refuses whoever follows a link: a page for a browser, else as everywhere. */
  const turnAway: TurnAway = (c, status, code) =>
    (c.req.header('accept') ?? '').includes('text/html')
      ? c.html(refusalPage(code), status)
      : refuse(c, status, code);

  /** Who speaks is known by the token, or the request goes no further. */
  const known = createMiddleware<Visited>(async (c, next) => {
    const [scheme, token = ''] = (c.req.header('authorization') ?? '').split(' ');
    const account = scheme === 'Bearer' ? proofs.accountOf(token) : undefined;
    if (!account) return refuse(c, 401, 'unauthorized');
    c.set('conversation', conversationOfVisitor(account));
    return next();
  });

  /** Takes one from the allowance of a key. Resolves with a refusal when it is used up. */
  const tooMany = async (
    c: Context,
    limiter: RateLimiterMemory,
    key: string,
    code: 'too_many' | 'too_often' = 'too_many',
  ): Promise<Response | undefined> => {
    try {
      await limiter.consume(key);
      return undefined;
    } catch (rejected) {
      if (!(rejected instanceof RateLimiterRes)) throw rejected;
      const seconds = Math.max(1, Math.ceil(rejected.msBeforeNext / 1000));
      c.header('Retry-After', String(seconds));
      return refuse(c, 429, code, { seconds });
    }
  };

  return { langOf, refuse, turnAway, known, tooMany };
}

export type VisitorDoor = ReturnType<typeof visitorDoor>;
