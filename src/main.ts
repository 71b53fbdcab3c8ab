import { ConfigError, readConfig } from './config.ts';
import { eventCommand } from './ops/event-command.ts';
import { makeLog } from './ops/log.ts';
import { migrateCommand } from './ops/migrate-command.ts';
import { resultsCommand } from './ops/results-command.ts';
import { greeting, untilStopped } from './ops/start.ts';
import { templateCommand } from './ops/template-command.ts';
import { openMigrations, openTools, startApp } from './wiring.ts';

const HELP = `Luyan 路演: a chat bot that runs events and technology roadshows.

  npm start                              run everything; without MONGODB_URI and REDIS_URL no service is needed
  npm run event -- import FILE.yaml      create or change an event; every problem of a bad file is listed
  npm run event -- export CODE           print an event as YAML   [--office OFFICE]
  npm run event -- list                  list all events
  npm run template -- import FILE.yaml --office OFFICE
                                         keep texts for notices; every problem of a bad file is listed
  npm run template -- export --office OFFICE
                                         print an office's templates as YAML
  npm run template -- list               list the templates of all offices
  npm run results -- verify FILE.json    compute a published result again from its file alone
  npm start -- migrate --dry-run         count the documents that this version's schema changes would change
  npm start -- migrate                   make those changes now; every start makes them by itself

Settings are environment variables; README.md lists them.
`;

const out = (text: string) => process.stdout.write(text);
const err = (text: string) => process.stderr.write(text);

async function run(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args;
  if (command === undefined) return runHouse();
  if (command === 'event') {
    const config = readConfig(process.env);
    return eventCommand(rest, () => openTools(config, makeLog('warn')), { out, err });
  }
  if (command === 'template') {
    const config = readConfig(process.env);
    return templateCommand(rest, () => openTools(config, makeLog('warn')), { out, err });
  }
  if (command === 'results') return resultsCommand(rest, { out, err });
  if (command === 'migrate') {
    const config = readConfig(process.env);
    return migrateCommand(rest, () => openMigrations(config, makeLog('warn')), { out, err });
  }
  const asked = ['--help', '-h', 'help'].includes(command);
  out(
    asked
      ? HELP
      : `expected no command, "event", "template", "results" or "migrate", received "${command}"\n\n${HELP}`,
  );
  return asked ? 0 : 2;
}

async function runHouse(): Promise<number> {
  const config = readConfig(process.env);
  const log = makeLog(config.logLevel);
  let onFatal = (_error: Error): void => {};
  const fatal = new Promise<Error>((resolve) => {
    onFatal = resolve;
  });
  const app = await startApp(config, log, { onFatal: (error) => onFatal(error) });
  // Listening for the signal comes first: who reads that it is ready may ask it to stop at once.
  const stopped = untilStopped(app, log, fatal);
  out(await greeting(app, new Date()));
  return stopped;
}

/** Errors that tell their cure by themselves; any other is shown whole. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof ConfigError || ['DataDirInUse', 'StoreIsNewer'].includes(error.name))
    return error.message;
  return error.cause === undefined
    ? (error.stack ?? error.message)
    : `${error.message}\ncaused by ${explain(error.cause)}`;
}

run(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    err(`${explain(error)}\n`);
    process.exit(1);
  },
);
