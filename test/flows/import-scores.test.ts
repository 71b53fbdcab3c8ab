import { describe, expect, it } from 'vitest';
import { importTellers } from '../../flows/import-scores.ts';
import type { RowProblem } from '../../src/domain/score-form.ts';
import { event, facts } from './guest.ts';

const fair = event('fair');
const problem = (row: number): RowProblem => ({
  row,
  column: { zh: '项目编号', en: 'Code' },
  what: 'unknown-project',
  received: `P${row}`,
  criterion: undefined,
});

describe('a form of scores that was checked', () => {
  const told = (count: number) => {
    const problems = Array.from({ length: count }, (_, i) => problem(i + 2));
    const data = { event: fair, plan: { entries: [], problems, blank: 0 }, file: 'f', seen: 's' };
    const effect = { id: 'e', kind: 'check-scores', input: {} };
    const c = { facts: facts([fair]), answers: {}, lang: 'en' as const };
    return importTellers['check-scores']?.({ ok: true, data }, c, effect).replies ?? [];
  };

  it('has every problem listed, in messages that can be read, and what to do at the end', () => {
    const replies = told(336);
    const text = replies.map((reply) => reply.text).join('\n');
    for (const row of [2, 41, 42, 200, 337]) expect(text).toContain(`“P${row}”`);
    expect(text).not.toContain('more. Please mend');
    expect(Math.max(...replies.map((reply) => reply.text.length))).toBeLessThan(4_000);
    expect(replies.at(-1)).toMatchObject({
      kind: 'ask',
      text: 'That is all of it; no score has been changed yet.',
      choices: [{ value: 'import scores fair', label: 'Send another file' }],
    });
  });

  it('is one message where that holds it all', () => {
    expect(told(3)).toHaveLength(1);
  });

  it('is not listed without end', () => {
    const replies = told(5_000);
    expect(replies).toHaveLength(1 + 20 + 1 + 1);
    expect(replies.at(-2)?.text).toBe('… and 4160 more. Please mend those above and import it again.');
  });
});
