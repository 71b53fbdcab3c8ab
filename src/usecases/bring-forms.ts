import { accountOf, conversationOf } from '../domain/person.ts';
import { type Forms, type People, type Result, refused } from './ports.ts';

export interface Brought {
  /** Forms as their conversations keep them, the one left last at the end. */
  readonly forms: readonly unknown[];
}

/**
 * Finds the forms that a person has left open in the conversations of their other accounts, to go on with them
 * here. They stay open there too: whichever is confirmed first counts, as both have one id.
 */
export function bringForms({ people, forms }: { readonly people: People; readonly forms: Forms }) {
  return async ({ conversation }: { conversation: string }): Promise<Result<Brought, 'nothing-open'>> => {
    const [person] = await people.byAccount([accountOf(conversation)]);
    const others = (person?.accounts ?? []).map(conversationOf).filter((one) => one !== conversation);
    const open = others.length > 0 ? await forms.leftOpen(others) : [];
    return open.length > 0 ? { ok: true, data: { forms: open } } : refused('nothing-open');
  };
}
