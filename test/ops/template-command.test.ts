import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseTemplateFile, printTemplateFile } from '../../src/documents/template-file.ts';
import type { Template } from '../../src/domain/template.ts';
import { templateCommand } from '../../src/ops/template-command.ts';
import { event } from '../flows/guest.ts';
import { type MemoryStores, memoryStores } from '../support/memory-ports.ts';

const WELCOME: Template = {
  office: 'office',
  code: 'welcome',
  title: { zh: '欢迎', en: 'Welcome' },
  text: { zh: '{姓名}，您好：\n\n欢迎参加“{活动}”。', en: 'Dear {name},\n\nwelcome to “{event}”.' },
};
const CHINESE: Template = {
  office: 'office',
  code: 'gate',
  title: { zh: 'gate', en: 'gate' },
  text: { zh: '请走东门。' },
};

describe('a file of templates', () => {
  it('is printed so that it reads back the same', () => {
    expect(parseTemplateFile(printTemplateFile([WELCOME, CHINESE]), 'office')).toEqual({
      templates: [WELCOME, CHINESE],
    });
  });

  it('may leave titles and a language out', () => {
    expect(parseTemplateFile('templates: [{ code: gate, text: { zh: 请走东门。 } }]', 'office')).toEqual({
      templates: [CHINESE],
    });
  });

  it('that is wrong tells every problem with its line', () => {
    const read = parseTemplateFile(
      `templates:
  - { code: skip, text: { zh: 好 } }
  - { code: a, text: { en: "Dear {vip}" } }
  - { code: a, text: {} }
  - { code: b, title: { zh: 好 }, text: { zh: 好, fr: bon } }
`,
      'office',
    );
    const problems = 'problems' in read ? read.problems : [];
    expect(problems.map(({ path, line }) => `${line} ${path}`)).toEqual([
      '2 templates[0].code',
      '3 templates[1].text.en',
      '4 templates[2].text',
      '4 templates[2].code',
      '5 templates[3].title.en',
      '5 templates[3].text.fr',
    ]);
    expect(problems[1]?.message).toContain('{name}');
  });

  it.each(['', '[]', 'templates: {}', 'templates: []', 'office: x', '&a [*a]', '\u0000'])(
    'that is no such file is refused: %j',
    (source) => {
      expect(parseTemplateFile(source, 'office')).toHaveProperty('problems.0');
    },
  );
});

describe('the command', () => {
  const folder = mkdtempSync(join(tmpdir(), 'luyan-templates-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'templates.yaml');
  let stores: MemoryStores;
  let said: string;
  let closed: number;

  const run = (...args: string[]) => {
    const write = (text: string) => {
      said += text;
    };
    const open = async () => ({
      stores,
      close: async () => {
        closed++;
      },
    });
    return templateCommand(args, open, { out: write, err: write });
  };

  beforeEach(async () => {
    [stores, said, closed] = [memoryStores(), '', 0];
    await stores.events.save(event('fair'), 0);
  });
  afterEach(() => rmSync(file, { force: true }));

  it('imports, lists and exports', async () => {
    writeFileSync(file, printTemplateFile([WELCOME]));
    expect(await run('import', file, '--office', 'office')).toBe(0);
    expect(await stores.templates.byOffice(['office'])).toEqual([WELCOME]);
    expect(await run('list')).toBe(0);
    expect(await run('export', '--office', 'office')).toBe(0);
    expect(said).toContain('office/welcome: kept\n');
    expect(said).toContain('office/welcome\tzh, en\t欢迎 / Welcome\n');
    expect(said).toContain('code: welcome');
    expect(closed).toBe(3);
  });

  it('changes nothing by a bad file, and lists what is wrong', async () => {
    writeFileSync(file, 'templates: [{ code: ok, text: { zh: 好 } }, { code: A }]');
    expect(await run('import', file, '--office', 'office')).toBe(1);
    expect(said).toContain('templates[1].code: expected a code');
    expect(said).toContain('templates[1].text: expected a text');
    expect(said).toContain('2 problem(s); nothing was changed');
    expect(await stores.templates.byOffice(['office'])).toEqual([]);
  });

  it.each([[[]], [['import', 'x.yaml']], [['import', '--office', 'office']], [['export']], [['drop']]])(
    'explains itself where it is not understood: %j',
    async (args) => {
      expect(await run(...args)).toBe(2);
      expect(said).toContain('npm run template -- import FILE.yaml --office OFFICE');
    },
  );

  it('names the offices there are for one without templates', async () => {
    expect(await run('export', '--office', 'other')).toBe(1);
    expect(said).toContain('received "other"; there are: office');
    expect(await run('import', file, '--office', 'No Office')).toBe(1);
    expect(said).toContain('received "No Office"');
  });
});
