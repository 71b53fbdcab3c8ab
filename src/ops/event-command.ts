import { readFileSync } from 'node:fs';
import { parseEventFile, printEventFile } from '../documents/event-file.ts';
import type { Event } from '../domain/event.ts';
import type { Imported } from '../usecases/import-event.ts';
import type { Events } from '../usecases/ports.ts';

interface Tools {
  readonly verbs: { readonly importEvent: (event: Omit<Event, 'id'>) => Promise<Imported> };
  readonly stores: { readonly events: Events };
  close(): Promise<void>;
}

interface Output {
  out(text: string): void;
  err(text: string): void;
}

const VERBS = `  npm run event -- import FILE.yaml                create or change an event, with its call for projects
  npm run event -- export CODE [--office OFFICE]   print it as YAML, with what a file can say
  npm run event -- list                            list all events
`;
const HELP = ['--help', '-h', 'help'];

const DONE = {
  created: 'created',
  changed: 'changed',
  unchanged: 'already as in the file; nothing changed',
} as const;

/** `event import | export | list`. Returns the exit code: 0 done, 1 refused, 2 not understood. */
export async function eventCommand(
  args: readonly string[],
  open: () => Promise<Tools>,
  { out, err }: Output,
): Promise<number> {
  const [verb, subject] = args;
  if (verb !== undefined && HELP.includes(verb)) {
    out(VERBS);
    return 0;
  }
  if (verb === 'import' && subject) return importFile(subject, open, { out, err });
  if (verb !== 'list' && !(verb === 'export' && subject)) {
    err(`expected one of:\n${VERBS}`);
    return 2;
  }
  const tools = await open();
  try {
    const events = await tools.stores.events.list();
    return verb === 'list' ? list(events, out) : exportEvent(events, args, { out, err });
  } finally {
    await tools.close();
  }
}

async function importFile(file: string, open: () => Promise<Tools>, { out, err }: Output): Promise<number> {
  const read = parseEventFile(readFileSync(file, 'utf8'), new Date());
  if ('problems' in read) {
    const lines = read.problems.map(({ path, line, message }) => `${file}:${line}: ${path}: ${message}`);
    err(`${lines.join('\n')}\n${file} has ${read.problems.length} problem(s); nothing was changed\n`);
    return 1;
  }
  const tools = await open();
  try {
    const { what, event } = await tools.verbs.importEvent(read.event);
    out(`${event.office}/${event.code}: ${DONE[what]}\n`);
    return 0;
  } finally {
    await tools.close();
  }
}

function list(events: readonly Event[], out: Output['out']): number {
  for (const { office, code, status, startsAt, title } of events) {
    out(`${office}/${code}\t${status}\t${startsAt.toISOString()}\t${title.zh} / ${title.en}\n`);
  }
  return 0;
}

function exportEvent(events: readonly Event[], args: readonly string[], { out, err }: Output): number {
  const office = args.includes('--office') ? args[args.indexOf('--office') + 1] : undefined;
  const found = events.filter(
    ({ code, office: of }) => code === args[1] && (office === undefined || of === office),
  );
  const [event] = found;
  if (!event || found.length > 1) {
    const known = events.map((one) => `${one.office}/${one.code}`).join(', ') || 'none';
    err(
      `expected the code of one event${found.length > 1 ? ' and its --office' : ''}, received "${args[1]}"; there are: ${known}\n`,
    );
    return 1;
  }
  out(printEventFile(event));
  return 0;
}
