import { readFileSync } from 'node:fs';
import { parseTemplateFile, printTemplateFile } from '../documents/template-file.ts';
import { codeSchema } from '../domain/questions.ts';
import type { Events, Templates } from '../usecases/ports.ts';

interface Tools {
  readonly stores: { readonly events: Events; readonly templates: Templates };
  close(): Promise<void>;
}

interface Output {
  out(text: string): void;
  err(text: string): void;
}

const USAGE = `expected one of:
  npm run template -- import FILE.yaml --office OFFICE
  npm run template -- export --office OFFICE
  npm run template -- list
`;

/** `template import | export | list`. Returns the exit code: 0 done, 1 refused, 2 not understood. */
export async function templateCommand(
  args: readonly string[],
  open: () => Promise<Tools>,
  { out, err }: Output,
): Promise<number> {
  const [verb, subject] = args;
  const office = args.includes('--office') ? args[args.indexOf('--office') + 1] : undefined;
  if (verb === 'list') return withTools(open, (tools) => list(tools, out));
  if (verb === 'export' && office) return withTools(open, (tools) => print(tools, office, { out, err }));
  if (verb === 'import' && subject && !subject.startsWith('--') && office)
    return importFile(subject, office, open, { out, err });
  err(USAGE);
  return 2;
}

async function withTools(
  open: () => Promise<Tools>,
  work: (tools: Tools) => Promise<number>,
): Promise<number> {
  const tools = await open();
  try {
    return await work(tools);
  } finally {
    await tools.close();
  }
}

async function importFile(
  file: string,
  office: string,
  open: () => Promise<Tools>,
  { out, err }: Output,
): Promise<number> {
  if (!codeSchema.safeParse(office).success) {
    err(`expected the code of an office (1 to 32 of a-z, 0-9 and -), received "${office}"\n`);
    return 1;
  }
  const read = parseTemplateFile(readFileSync(file, 'utf8'), office);
  if ('problems' in read) {
    const lines = read.problems.map(({ path, line, message }) => `${file}:${line}: ${path}: ${message}`);
    err(`${lines.join('\n')}\n${file} has ${read.problems.length} problem(s); nothing was changed\n`);
    return 1;
  }
  return withTools(open, async ({ stores }) => {
    for (const template of read.templates) {
      await stores.templates.put(template);
      out(`${template.office}/${template.code}: kept\n`);
    }
    return 0;
  });
}

async function list({ stores }: Tools, out: Output['out']): Promise<number> {
  for (const { office, code, title, text } of await stores.templates.byOffice(await officesOf(stores)))
    out(`${office}/${code}\t${Object.keys(text).join(', ')}\t${title.zh} / ${title.en}\n`);
  return 0;
}

async function print({ stores }: Tools, office: string, { out, err }: Output): Promise<number> {
  const found = await stores.templates.byOffice([office]);
  if (found.length === 0) {
    const known = (await officesOf(stores)).join(', ') || 'none';
    err(`expected an office with templates of its own, received "${office}"; there are: ${known}\n`);
    return 1;
  }
  out(printTemplateFile(found));
  return 0;
}

/** Offices are known by their events. */
async function officesOf({ events }: Tools['stores']): Promise<string[]> {
  return [...new Set((await events.list()).map(({ office }) => office))];
}
