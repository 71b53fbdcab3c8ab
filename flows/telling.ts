import type { Context } from '../src/conversation/flow.ts';
import type { Choice, Draft } from '../src/conversation/types.ts';
import { fill, type Text, type Values } from '../src/text/text.ts';
import type { Facts } from '../src/usecases/load-facts.ts';

type C = Context<Facts>;

/** What a command and a teller can both say. */
export interface Said {
  readonly replies: readonly Draft[];
}

/** One sentence. */
export function tell(text: Text, { lang }: C, values: Values = {}): Said {
  return { replies: [{ kind: 'say', text: fill(text, lang, values) }] };
}

/** Words with something to choose under them; where there is nothing to choose, the words alone. */
export function offer(text: string, choices: readonly Choice[]): Said {
  return { replies: [choices.length > 0 ? { kind: 'ask', text, choices } : { kind: 'say', text }] };
}
