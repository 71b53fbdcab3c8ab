import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseEventFile } from '../../src/documents/event-file.ts';
import fc from '../support/any.ts';
import { eventOf, file, NOW, problemsOf } from './support/files.ts';

const fill = (unit: string): string => unit.repeat(Math.floor(990_000 / unit.length));
const TOO_DEEP = 'line 1 : expected an event file, received values nested far too deep';
const TOO_MUCH = 'line 1 : expected an event file, received more than 200000 values and marks';

describe('a file that is no event file', () => {
  it.each([
    ['', 'nothing'],
    ['# nothing yet\n', 'nothing'],
    ['null', 'nothing'],
    ['- a', 'a list'],
    ['hello', '"hello"'],
    ['x'.repeat(300_000), `"${'x'.repeat(60)}"… (300000 characters)`],
  ])('is refused as a whole', (source, received) => {
    expect(problemsOf(source)).toEqual([
      `line 1 : expected an event file with office, code, title …, received ${received}`,
    ]);
  });

  it('is told where it is not YAML', () => {
    expect(problemsOf('office: a\ntitle: { zh: a\nzone: b: c')).toEqual([
      'line 3 : not valid YAML: Flow map in block collection must be sufficiently indented and end with a }',
      'line 3 : not valid YAML: Nested mappings are not allowed in compact mappings',
    ]);
    expect(problemsOf(`${file()}code: "x`)).toEqual([
      expect.stringMatching(/^line 10 : not valid YAML: Missing/),
    ]);
    expect(problemsOf(`${file()}---\n${file()}`)).toEqual([
      'line 10 : expected one document in a file, received a second one (---)',
    ]);
  });

  it('is refused when it has values of unknown types', () => {
    expect(problemsOf(file({ code: '!!js/function "x"' }))).toEqual([
      expect.stringMatching(/^line 2 : not valid YAML: Unresolved tag/),
    ]);
    expect(problemsOf(file({ code: '!!binary c2Fsb24=' }))).toEqual([
      expect.stringMatching(/^line 2 : not valid YAML: Unresolved tag/),
    ]);
  });
});

describe('hostile input', () => {
  it.each([
    [
      '1 MB and a byte',
      'x'.repeat(1_000_001),
      'line 1 : expected a file of at most 1 MB, received 1000001 bytes',
    ],
    [
      'a third of a million Chinese characters',
      '报'.repeat(333_334),
      'line 1 : expected a file of at most 1 MB, received 1000002 bytes',
    ],
    ['nothing but brackets', fill('['), TOO_DEEP],
    ['nothing but braces', fill('{ a: '), TOO_DEEP],
    ['nothing but dashes', fill('- '), TOO_DEEP],
    [
      'mappings in mappings',
      Array.from({ length: 1300 }, (_, i) => `${' '.repeat(i)}a:\n`).join(''),
      TOO_DEEP,
    ],
    ['a hundred thousand keys', Array.from({ length: 100_000 }, (_, i) => `k${i}: 1`).join('\n'), TOO_MUCH],
    ['half a million entries', `[${fill('a,')}]`, TOO_MUCH],
    ['half a million anchors', fill('- &a x\n'), TOO_MUCH],
  ])('is refused: %s', (_, source, problem) => {
    const problems = problemsOf(source).map((one) => one.replace(/^line \d+/, 'line 1'));
    expect(problems).toEqual([problem]);
  });

  it('is refused: aliases that multiply', () => {
    const names = [...'abcdefghij'];
    const bomb = names.map((name, i) => {
      const held = i === 0 ? 'x' : `*${names[i - 1]}`;
      return `${name}: &${name} [${Array.from({ length: 9 }, () => held).join(', ')}]`;
    });
    expect(problemsOf(bomb.join('\n'))).toEqual([
      'line 1 : expected plain aliases (*name), received some that hold each other over and over',
    ]);
    expect(problemsOf(`a: &a x\nb: [${Array.from({ length: 101 }, () => '*a').join(', ')}]`)).toEqual([
      'line 1 : expected at most 100 aliases (*name), received 101',
    ]);
  });

  it('is refused: an alias of nothing, and of itself', () => {
    expect(problemsOf(file({ contact: '*nobody' }))).toEqual([
      'line 8 : expected an anchor &nobody before *nobody',
    ]);
    expect(problemsOf(file({ sessions: '&all [*all]' }))).not.toEqual([]);
  });

  it('leaves prototypes alone', () => {
    const keys = { __proto__x: '1', constructor: '{ prototype: { polluted: yes } }', toString: '1' };
    const source = `${file({ ...keys })}__proto__: { polluted: yes }\n`;
    expect(problemsOf(source).map((one) => one.split(':')[0])).toEqual([
      'line 10 __proto__x',
      'line 11 constructor',
      'line 12 toString',
      'line 13 __proto__',
    ]);
    expect('polluted' in {}).toBe(false);
    expect(problemsOf(file({ title: '{ __proto__: { zh: a, en: b } }' }))).toHaveLength(3);
    expect(problemsOf(file({ status: 'constructor' }))).toHaveLength(1);
  });

  it('is refused: a key written twice, merge keys, keys that are no text', () => {
    expect(problemsOf(`${file()}code: other\n`)).toEqual([
      'line 10 code: expected each key once, received "code" a second time',
    ]);
    expect(problemsOf(file({ '<<': '{ capacity: 3 }' }))[0]).toMatch(/^line 10 <<: expected one of the keys/);
    expect(problemsOf(`${file()}? [a]\n: b\n`)).toEqual([expect.stringMatching(/^line 10 : not valid YAML/)]);
  });

  it('reaches no terminal: control characters in it are named', () => {
    const [key] = problemsOf(`${file()}"a\\e[31m\\u202eb": 1\n`);
    expect(key).toMatch(/^line 10 a\\u\{1b\}\[31m\\u\{202e\}b: /);
    expect(problemsOf(file({ code: '"\\u009b31m"' }))[0]).toMatch(/received "\\u\{9b\}31m"$/);
  });

  it('is data like any other in a text', () => {
    const texts = ['{"$ne":1}', '<script>alert(1)</script>', '{name}', "'; DROP"];
    for (const zh of texts) {
      const written = JSON.stringify({ zh, en: zh });
      expect(eventOf(file({ title: written })).title.zh).toBe(zh);
    }
  });

  it('never throws, and names a line of the file', () => {
    const example = readFileSync(
      new URL('../../src/documents/examples/chengdu.yaml', import.meta.url),
      'utf8',
    );
    const place = fc.nat({ max: example.length });
    const scrap = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.stringMatching(/^[-?:,[\]{}#&*!|>'"%@` \n\t~a1]{1,6}$/),
    );
    fc.assert(
      fc.property(place, fc.nat({ max: 200 }), scrap, (from, length, inserted) => {
        const source = example.slice(0, from) + inserted + example.slice(from + length);
        const result = parseEventFile(source, NOW);
        if ('event' in result) return;
        expect(result.problems.length).toBeGreaterThan(0);
        const lines = source.split('\n').length;
        for (const { line, message } of result.problems) {
          expect(line >= 1 && line <= lines).toBe(true);
          expect(message).toMatch(/^(expected|not valid YAML: )/);
        }
      }),
      { numRuns: 300 },
    );
  });
});
