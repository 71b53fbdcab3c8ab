import type { Book } from '../../src/conversation/flow.ts';

/** A book that says back what it is told, does what it is told to do, and fails when it is told to. */
export const echo: Book<null> = {
  flows: {},
  commands: [
    {
      id: 'echo',
      words: { zh: [], en: ['echo'] },
      argument: true,
      run: (what) => ({ replies: [{ kind: 'say', text: what }] }),
    },
    {
      id: 'do',
      words: { zh: [], en: ['do'] },
      argument: true,
      run: (what) => ({ effect: { kind: 'do', input: { what } } }),
    },
    {
      id: 'fail',
      words: { zh: [], en: ['fail'] },
      run: () => {
        throw new Error('this is a bug');
      },
    },
  ],
  menu: () => ({ text: 'Menu', choices: [] }),
  start: () => ({}),
  tell: ({ input }, outcome) => {
    if (input.what === 'what cannot be told') throw new Error('this teller is a bug');
    return { replies: [{ kind: 'say', text: `${outcome.ok ? 'did' : 'refused'} ${String(input.what)}` }] };
  },
  human: () => 'nobody',
};
