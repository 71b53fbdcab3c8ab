import { resolve } from 'node:path';
import type { Connection } from 'mongoose';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { book } from '../flows/book.ts';
import { letters } from '../flows/letters.ts';
import { type JobBackend, type JobService, JobServiceAway, jobBackend } from '../jobs/backend.ts';
import { type JobQueues, openQueues, type Problems, startWorkers } from '../jobs/run.ts';
import { send as sendJob } from '../jobs/send.ts';
import { Mail } from './channels/web/mail.ts';
import { acceptedLanguage, refusal } from './channels/web/refusals.ts';
import { webRoutes } from './channels/web/routes.ts';
import { pageRoutes } from './channels/web/static.ts';
import { proofs } from './channels/web/token.ts';
import type { Config } from './config.ts';
import { sendDue } from './delivery/sender.ts';
import { exampleEvents } from './documents/example-event.ts';
import { ticketFiles } from './documents/ticket-files.ts';
import type { Letter, Sending } from './domain/notice.ts';
import { type Account, accountOf, conversationOf, type Person } from './domain/person.ts';
import { type Embedded, joinEmbedded, startEmbedded } from './embedded/index.ts';
import { healthRoutes, makeRegistry, type Watch, watchOver } from './ops/health.ts';
import { type Log, sparing } from './ops/log.ts';
import { loadSecret } from './ops/secret.ts';
import { listen, makeSite } from './ops/server.ts';
import { coalesce } from './runner/coalesce.ts';
import type { House, Post } from './runner/ports.ts';
import { Runner } from './runner/runner.ts';
import { connectStore, ensureIndexes, isAway } from './store/connect.ts';
import { type Migrated, migrate } from './store/migrations.ts';
import { openStores, type Stores } from './store/stores.ts';
import type { Facts } from './usecases/load-facts.ts';
import type { Clock, Deliveries } from './usecases/ports.ts';
import { makeVerbs } from './usecases/verbs.ts';

/** How much one visitor may send, and how many new visitors one address may bring, per so many seconds. */
export interface Limits {
  readonly messages: { readonly points: number; readonly duration: number };
  readonly visitors: { readonly points: number; readonly duration: number };
}

// A hall shares one address, so visitors are bounded far above what 300 people at once need.
const LIMITS: Limits = { messages: { points: 40, duration: 10 }, visitors: { points: 1_200, duration: 60 } };

export interface App {
  readonly url: string;
  readonly embedded: boolean;
  readonly verbs: ReturnType<typeof makeVerbs>;
  readonly stores: Stores;
  close(): Promise<void>;
}

export interface Extras {
  readonly clock?: Clock;
  readonly limits?: Limits;
  /** Whether an empty embedded store gets the example events (default true). */
  readonly examples?: boolean;
  /** Called when an embedded engine has failed and nothing can be stored any more. */
  readonly onFatal?: (error: Error) => void;
}

const systemClock: Clock = { now: () => new Date() };

interface Engines {
  readonly mongodbUri: string;
  readonly jobs: JobService;
  readonly embedded: Embedded | undefined;
}

/** The services that the configuration names, and embedded ones for the rest. */
async function openEngines(config: Config, log: Log, onFatal: (error: Error) => void): Promise<Engines> {
  const wanted = { mongodb: !config.mongodbUri, postgres: !config.redisUrl };
  const needed = wanted.mongodb || wanted.postgres;
  const embedded = needed
    ? await startEmbedded({ dataDir: resolve(config.dataDir), log, ...wanted })
    : undefined;
  embedded?.failed.then(onFatal, onFatal);
  const mongodbUri = config.mongodbUri ?? embedded?.mongodbUri;
  const postgres = embedded?.postgres;
  if (!mongodbUri || !(config.redisUrl || postgres))
    throw new Error('expected an engine for each half, received none');
  const jobs: JobService = config.redisUrl
    ? { kind: 'redis', url: config.redisUrl }
    : { kind: 'postgres', address: postgres as NonNullable<typeof postgres> };
  return { mongodbUri, jobs, embedded };
}

/** The services opened by name, in order of their opening, so that they close in the reverse. */
class Closers {
  private readonly list: (() => Promise<void>)[] = [];

  add(close: () => Promise<void>): void {
    this.list.unshift(close);
  }

  async run(): Promise<void> {
    for (const close of this.list.splice(0)) await close();
  }
}

/** Opens the store of a configuration: the repositories on MongoDB as this version keeps them, with their indexes. */
async function openStore(
  uri: string,
  log: Log,
  closers: Closers,
): Promise<{ connection: Connection; stores: Stores }> {
  const connection = await connectStore(uri);
  closers.add(() => connection.close());
  const stores = openStores(connection);
  await migrate(connection, { now: systemClock.now, log: (line) => log.info(line) });
  await ensureIndexes(connection);
  return { connection, stores };
}

/**
 * Builds the whole house from its configuration and opens it. Rejects with one clear sentence when a part
 * cannot be had; what was opened by then is closed again.
 */
export async function startApp(config: Config, log: Log, extras: Extras = {}): Promise<App> {
  const closers = new Closers();
  try {
    return await build(config, log, extras, closers);
  } catch (error) {
    await closers.run();
    throw error;
  }
}

/** What every part of an open house shares. */
interface Core {
  readonly config: Config;
  readonly log: Log;
  readonly clock: Clock;
  readonly closers: Closers;
  readonly connection: Connection;
  readonly watches: Watches;
  readonly stores: Stores;
  readonly verbs: App['verbs'];
  readonly backend: JobBackend;
  readonly queues: JobQueues;
  readonly problems: Problems;
  readonly mail: Mail;
  readonly runner: Runner<Facts>;
}

async function build(config: Config, log: Log, extras: Extras, closers: Closers): Promise<App> {
  const engines = await openEngines(config, log, extras.onFatal ?? (() => {}));
  closers.add(async () => engines.embedded?.close());
  const core = await openCore(config, log, extras.clock ?? systemClock, closers, engines);
  const { stores, verbs, runner, clock, connection, watches } = core;
  // With a store of its own, whatever is left undone is this process's to do, at once; else the sweep tells by age.
  const own = config.mongodbUri === undefined;
  if (own && extras.examples !== false) await loadExamples(stores, verbs, clock);
  if (config.role !== 'web') await startWork(core);
  closers.add(() => runner.close());
  if (own) await runner.recoverAll();
  const port = await openSite(core, extras.limits ?? LIMITS);
  // While MongoDB is away nothing under way can be finished: what waits for it is let go.
  closers.add(async () => {
    if (watches.mongodb.isAway) await connection.close();
  });
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  const url = config.publicUrl ?? `http://${host}:${port}`;
  return { url, embedded: engines.embedded !== undefined, verbs, stores, close: () => closers.run() };
}

async function openCore(
  config: Config,
  plainLog: Log,
  clock: Clock,
  closers: Closers,
  engines: Engines,
): Promise<Core> {
  const { connection, stores: stored } = await openStore(engines.mongodbUri, plainLog, closers);
  const backend = jobBackend(engines.jobs, connection.name);
  closers.add(() => backend.close());
  const watches = watchesOf(connection, backend, plainLog);
  closers.add(async () => {
    for (const watch of Object.values(watches)) watch.close();
  });
  const log = sparing(plainLog, Object.values(watches));
  const problems: Problems = {
    onError: (error) => log.error({ err: error }, 'the job queue reported a problem'),
    onFailed: (job, error) => log.error({ err: error, job }, 'a job failed'),
  };
  const queues = openQueues(backend, problems);
  closers.add(() => queues.close());
  const kick = coalesce(() => queues.add(sendJob, {}), Number.POSITIVE_INFINITY);
  const stores = { ...stored, deliveries: sendingSoon(stored.deliveries, () => kick([]), problems.onError) };
  const verbs = makeVerbs({ ...stores, clock, letters });
  const after: Stores['mailbox']['after'] = (...what) =>
    watches.mongodb.guard(() => stores.mailbox.after(...what));
  const mail = new Mail({ ...stores.mailbox, after }, clock.now);
  const runner = new Runner<Facts>({ book, ...stores, house: makeHouse(stores, verbs, clock, mail, log) });
  return {
    config,
    log,
    clock,
    closers,
    connection,
    watches,
    stores,
    verbs,
    backend,
    queues,
    problems,
    mail,
    runner,
  };
}

/** Background work: the sweep, reminders, sending. */
async function startWork({
  clock,
  closers,
  stores,
  verbs,
  backend,
  queues,
  problems,
  runner,
}: Core): Promise<void> {
  const send = (account: Account, letter: Letter) => sendLetter(runner, account, letter);
  const parts = {
    ...verbs,
    ...stores,
    clock,
    sendDue: sendDue({ ...stores, clock, name: crypto.randomUUID(), send }),
    add: queues.add,
    recover: () => runner.recover(),
    tendForms: () => runner.tendForms(),
  };
  const workers = await startWorkers(backend, parts, problems);
  closers.add(() => workers.close());
}

/** The web server: the chat and its page, unless this is a worker, and health. Returns its port. */
async function openSite(core: Core, limits: Limits): Promise<number> {
  const { config, log, closers, watches, mail } = core;
  const health = healthRoutes(Object.values(watches), makeRegistry());
  const rooms = config.role === 'worker' ? [health] : [pageRoutes(), webChat(core, limits), health];
  const unavailable = (header: string | undefined) =>
    refusal('unavailable', acceptedLanguage(header, config.defaultLang));
  const listening = await listen(makeSite(rooms, { answer: unavailable }, log), config.host, config.port);
  closers.add(() => listening.close());
  closers.add(async () => mail.close());
  return listening.port;
}

function webChat({ config, clock, stores, runner, mail, watches }: Core, limits: Limits) {
  const { guard } = watches.mongodb;
  const secret = loadSecret(config.secretKey, resolve(config.dataDir));
  return webRoutes({
    house: {
      now: clock.now,
      welcome: async (conversation, lang) =>
        (await guard(() => stores.people.ensure(accountOf(conversation), lang, clock.now()))).id,
      accept: (message) => guard(() => runner.accept([message])),
      openFile: ticketFiles(stores, secret, clock),
    },
    mail,
    proofs: proofs(secret),
    defaultLang: config.defaultLang,
    limits: {
      messages: new RateLimiterMemory(limits.messages),
      visitors: new RateLimiterMemory(limits.visitors),
    },
  });
}

interface Watches {
  readonly mongodb: Watch;
  readonly queue: Watch;
}

function watchesOf(connection: Connection, backend: JobBackend, log: Log): Watches {
  const mongodb = {
    name: 'mongodb',
    title: 'MongoDB',
    run: async () => connection.db?.command({ ping: 1 }),
    explains: isAway,
  };
  const queue = {
    name: 'queue',
    title: 'the job queue',
    run: () => backend.ping(),
    explains: (error: unknown) => error instanceof JobServiceAway,
  };
  return { mongodb: watchOver(mongodb, log), queue: watchOver(queue, log) };
}

/** Rows that are added are sent soon; when the queue cannot be told, the sweep finds them. */
function sendingSoon(
  deliveries: Deliveries,
  kick: () => Promise<void>,
  onError: (error: Error) => void,
): Deliveries {
  return {
    ...deliveries,
    async add(rows) {
      await deliveries.add(rows);
      // Nobody's turn waits for the queue.
      if (rows.length > 0) void kick().catch(onError);
    },
  };
}

function makeHouse(stores: Stores, verbs: App['verbs'], clock: Clock, mail: Mail, log: Log): House<Facts> {
  const knownPeople = async (ids: readonly string[]): Promise<Map<string, Person>> => {
    const wanted = new Set(ids);
    const found = await stores.people.byAccount(ids.map(accountOf));
    const addressed = found.flatMap((person) =>
      person.accounts.map((one) => [conversationOf(one), person] as const),
    );
    return new Map(addressed.filter(([id]) => wanted.has(id)));
  };
  return {
    now: clock.now,
    knownPeople,
    async people(conversations) {
      const known = await knownPeople(conversations.map(({ id }) => id));
      const made = conversations
        .filter(({ id }) => !known.has(id))
        .map(
          async ({ id, lang }) => [id, await stores.people.ensure(accountOf(id), lang, clock.now())] as const,
        );
      return new Map([...known, ...(await Promise.all(made))]);
    },
    facts: verbs.loadFacts,
    perform: (effect, person) => verbs.performEffect(effect, person.id),
    deliver: (posts: readonly Post[]) => mail.deliver(posts),
    fault: (message, cause) => log.error({ err: cause }, message),
  };
}

/** The web chat's letters lie in the conversation once they are stored: stored is sent. */
async function sendLetter(
  runner: Runner<Facts>,
  account: Account,
  { text, choices }: Letter,
): Promise<Sending> {
  const draft = { kind: 'card' as const, text, ...(choices && { choices }) };
  const seq = await runner.notify(conversationOf(account), [draft]);
  return { result: 'sent', messageId: String(seq) };
}

async function loadExamples({ events }: Stores, { importEvent }: App['verbs'], clock: Clock): Promise<void> {
  if ((await events.list()).length > 0) return;
  for (const event of exampleEvents(clock.now())) await importEvent(event);
}

/** What a command-line tool needs: the store, of the running house if there is one. */
export interface Tools {
  readonly verbs: App['verbs'];
  readonly stores: Stores;
  close(): Promise<void>;
}

/** Opens the store for a command-line tool, without channels, queues or workers. */
export async function openTools(config: Config, log: Log): Promise<Tools> {
  const closers = new Closers();
  try {
    const uri = config.mongodbUri ?? (await embeddedUri(config, log, closers));
    const { stores } = await openStore(uri, log, closers);
    const verbs = makeVerbs({ ...stores, clock: systemClock, letters });
    return { verbs, stores, close: () => closers.run() };
  } catch (error) {
    await closers.run();
    throw error;
  }
}

/** What the command that migrates needs: the store as it is, of the running house if there is one. */
export interface Migrations {
  migrate(dryRun: boolean): Promise<readonly Migrated[]>;
  close(): Promise<void>;
}

/** Opens the store without changing anything in it. */
export async function openMigrations(config: Config, log: Log): Promise<Migrations> {
  const closers = new Closers();
  try {
    const connection = await connectStore(config.mongodbUri ?? (await embeddedUri(config, log, closers)));
    closers.add(() => connection.close());
    return {
      migrate: (dryRun) =>
        migrate(connection, { now: systemClock.now, dryRun, log: (line) => log.info(line) }),
      close: () => closers.run(),
    };
  } catch (error) {
    await closers.run();
    throw error;
  }
}

async function embeddedUri(config: Config, log: Log, closers: Closers): Promise<string> {
  const dataDir = resolve(config.dataDir);
  const running = await joinEmbedded(dataDir);
  if (running?.mongodbUri) return running.mongodbUri;
  const embedded = await startEmbedded({ dataDir, log, mongodb: true, postgres: false });
  closers.add(() => embedded.close());
  if (!embedded.mongodbUri) throw new Error('expected the embedded MongoDB side, received none');
  return embedded.mongodbUri;
}
