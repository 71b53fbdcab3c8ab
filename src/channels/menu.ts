import type { Reply } from '../conversation/types.ts';
import { fill, type Lang } from '../text/text.ts';

const BACK = { zh: '0. 返回', en: '0. Back' } as const;

/** Whether a reply asks a form's question, from which one can go back. */
const leadsBack = ({ kind, flow, question }: Reply): boolean =>
  (kind === 'ask' || kind === 'review') && flow !== undefined && question !== undefined;

/**
 * A reply as text for channels without buttons: its words, then the choices by number, and the way back after
 * them where there is one. A message that offers no choice is its words alone.
 */
export function numbered(reply: Reply, lang: Lang): string {
  const choices = reply.choices ?? [];
  if (choices.length === 0) return reply.text;
  const lines = choices.map(({ label }, i) => `${i + 1}. ${label}`);
  return [reply.text, '', ...lines, ...(leadsBack(reply) ? [fill(BACK, lang)] : [])].join('\n');
}
