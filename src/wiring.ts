import { resolve } from 'node:path';
import type { Connection } from 'mongoose';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { book } from '../flows/book.ts';
import { letters } from '../flows/letters.ts';
import { manualWords } from '../flows/manual-words.ts';
import { reportWords } from '../flows/notice-report.ts';
import { nowPageWords } from '../flows/now-page.ts';
import { paperWords } from '../flows/paper-words.ts';
import { type JobBackend, jobBackend } from '../jobs/backend.ts';
import { manuals as manualsJob } from '../jobs/manual.ts';
import { notices as runNoticesJob } from '../jobs/notices.ts';
import { type JobQueues, openQueues, type Problems, startWorkers } from '../jobs/run.ts';
import { send as sendJob } from '../jobs/send.ts';
import type { Channel, Front, Pace } from './channels/channel.ts';
import { Courier } from './channels/courier.ts';
import { Outlets } from './channels/outlet.ts';
import { fileLinks } from './channels/web/links.ts';
import { Mail } from './channels/web/mail.ts';
import { acceptedLanguage, refusal } from './channels/web/refusals.ts';
import { webRoutes } from './channels/web/routes.ts';
import { pageRoutes } from './channels/web/static.ts';
import { type Proofs, proofs } from './channels/web/token.ts';
import { type VisitorDoor, visitorDoor } from './channels/web/visitors.ts';
import type { Config } from './config.ts';
import { Sender } from './delivery/sender.ts';
import type { BoardFeed } from './desk/board-feed.ts';
import { noticeRoutes } from './desk/notices.ts';
import { nowRoutes } from './desk/now.ts';
import { exampleEvents } from './documents/example-event.ts';
import { fileOpener } from './documents/open-file.ts';
import { reportMaker } from './documents/report-file.ts';
import { readTicketCode } from './documents/ticket.ts';
import { laneOf } from './domain/delivery.ts';
import { accountOf } from './domain/person.ts';
import { countRefusals, healthRoutes, makeRegistry } from './ops/health.ts';
import { type Log, sparing } from './ops/log.ts';
import { loadSecret } from './ops/secret.ts';
import { listen, makeSite } from './ops/server.ts';
import { coalesce } from './runner/coalesce.ts';
import { Runner } from './runner/runner.ts';
import type { Stores } from './store/stores.ts';
import type { Facts } from './usecases/load-facts.ts';
import type { Billboard, Clock } from './usecases/ports.ts';
import { makeVerbs } from './usecases/verbs.ts';
import { type ChannelParts, laneKindsOf, openChannels } from './wiring/channels.ts';
import { claimCodesWith } from './wiring/claiming.ts';
import { systemClock } from './wiring/clock.ts';
import { Closers } from './wiring/closers.ts';
import { type Engines, openEngines } from './wiring/engines.ts';
import { decksAt, exportingWith } from './wiring/exporting.ts';
import { fileKeeper } from './wiring/files.ts';
import { billboardOn, formsIn, lanesOf, makeHouse, runningSoon, sendingSoon } from './wiring/house.ts';
import { buildingSoon, manualRoom as manualPages, proofLinks, threadedMaker } from './wiring/manual.ts';
import { showingMenus } from './wiring/menus.ts';
import { openBuckets } from './wiring/pace.ts';
import { threadedPaper } from './wiring/paper.ts';
import { boardFeed, resultLinks, resultRooms, ringing } from './wiring/results.ts';
import { scannerAt, type WatchedScanner } from './wiring/scanner.ts';
import { openStore } from './wiring/store.ts';
import { type Watches, watchesOf } from './wiring/watches.ts';

export { type Migrations, openMigrations, openTools, type Tools } from './wiring/tools.ts';

/** How much one visitor may send, and how many new visitors one address may bring, per so many seconds. */
export interface Limits {
  readonly messages: { readonly points: number; readonly duration: number };
  readonly visitors: { readonly points: number; readonly duration: number };
}

// A hall shares one address, so visitors are bounded far above what 300 people at once need.
const LIMITS: Limits = { messages: { points: 40, duration: 10 }, visitors: { points: 1_200, duration: 60 } };

export interface App {
  readonly url: string;
  readonly port: number;
  readonly embedded: boolean;
  readonly verbs: ReturnType<typeof makeVerbs>;
  readonly stores: Stores;
  /** What the first owner claims the role by; given once, by the first start of a house. */
  readonly ownerCode: string | undefined;
  /** Resolves when nothing is under way: every message is answered and every answer has left. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export interface Extras {
  readonly clock?: Clock;
  readonly limits?: Limits;
  /** Whether an empty embedded store gets the example events (default true). */
  readonly examples?: boolean;
  /** How often the house is swept (default 10 seconds). */
  readonly sweepEveryMs?: number;
  /** Instead of the pace of each channel, and of the puppet that is named. */
  readonly pace?: Pace;
  readonly puppet?: ChannelParts['puppet'];
  readonly leadMs?: number;
  /** Called when an embedded engine has failed and nothing can be stored any more. */
  readonly onFatal?: (error: Error) => void;
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
  readonly outlets: Outlets;
  readonly runner: Runner<Facts>;
  readonly board: BoardFeed;
  readonly channels: readonly Channel[];
  readonly couriers: readonly Courier[];
  readonly proofs: Proofs;
  readonly keep: Front['keep'];
  readonly openFile: Front['openFile'];
  readonly scanner: WatchedScanner | undefined;
}

async function build(config: Config, log: Log, extras: Extras, closers: Closers): Promise<App> {
  const engines = await openEngines(config, log, extras.onFatal ?? (() => {}));
  closers.add(async () => engines.embedded?.close());
  const core = await openCore(config, log, extras, closers, engines);
  const { stores, verbs, runner, clock, outlets } = core;
  // With a store of its own, whatever is left undone is this process's to do, at once; else the sweep tells by age.
  const own = config.mongodbUri === undefined;
  if (own && extras.examples !== false) await loadExamples(stores, verbs, clock);
  const ownerCode = config.role === 'worker' ? undefined : await verbs.offerOwnership(config.ownerCode);
  if (config.role !== 'web') await startWork(core, extras.sweepEveryMs);
  closers.add(() => runner.close());
  if (own) await runner.recoverAll();
  const port = await openSite(core, extras.limits ?? LIMITS);
  if (config.role !== 'worker') startChannels(core);
  closers.add(() => stopChannels(core));
  closers.add(() => letGo(core));
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  const url = config.publicUrl ?? `http://${host}:${port}`;
  const settled = async () => {
    await runner.settled();
    await outlets.settled();
    await runner.settled();
  };
  return {
    url,
    port,
    embedded: engines.embedded !== undefined,
    verbs,
    stores,
    ownerCode,
    settled,
    close: () => closers.run(),
  };
}

async function openCore(
  config: Config,
  plainLog: Log,
  { clock = systemClock, pace, puppet, leadMs }: Extras,
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
  const kickManuals = coalesce(() => queues.add(manualsJob, {}), Number.POSITIVE_INFINITY);
  const kickNotices = coalesce(() => queues.add(runNoticesJob, {}), Number.POSITIVE_INFINITY);
  const fault = (message: string, cause: unknown) => log.error({ err: cause }, message);
  const outlets = new Outlets(fault);
  const bell: { board?: BoardFeed } = {};
  const stores = {
    ...stored,
    ...ringing(stored, (run) => bell.board?.changed(run)),
    ...showingMenus({
      ...stored,
      outlets,
      onError: (error) => fault('a menu could not be brought up to date', error),
    }),
    deliveries: sendingSoon(stored.deliveries, () => kick([]), problems.onError),
    editions: buildingSoon(stored.editions, () => kickManuals([]), problems.onError),
    notices: runningSoon(stored.notices, () => kickNotices([]), problems.onError),
  };
  const secret = loadSecret(config.secretKey, resolve(config.dataDir));
  const ticketCodes = { read: (code: string) => readTicketCode(secret, code) };
  const sealed = proofs(secret);
  const manualMaker = threadedMaker(manualWords);
  const manualLinks = proofLinks(sealed, config.publicUrl);
  const signs: { billboard?: Pick<Billboard, 'show'> } = {};
  const verbs = makeVerbs({
    ...stores,
    clock,
    letters,
    ticketCodes,
    claimCodes: claimCodesWith(secret, config.publicUrl),
    forms: formsIn(stores.sessions),
    lanes: outlets,
    laneKinds: laneKindsOf(config),
    makeReport: reportMaker(reportWords),
    exporting: exportingWith(sealed, config.publicUrl),
    manualMaker,
    manualLinks,
    linkResults: resultLinks(config.publicUrl),
    paper: threadedPaper(paperWords),
    billboard: {
      canChange: (conversation) => outlets.of(accountOf(conversation))?.change !== undefined,
      show: async (...what) => (await signs.billboard?.show(...what)) ?? null,
    },
  });
  const { guard } = watches.mongodb;
  const board = boardFeed(verbs, guard, fault);
  bell.board = board;
  const after: Stores['mailbox']['after'] = (...what) => guard(() => stores.mailbox.after(...what));
  const mail = new Mail({ ...stores.mailbox, after }, clock.now);
  outlets.add({ channel: 'web', bot: 'main' }, mail);
  const runner = new Runner<Facts>({ book, ...stores, house: makeHouse(stores, verbs, clock, outlets, log) });
  signs.billboard = billboardOn(runner, outlets);
  const openFile = fileOpener(stores, secret, clock);
  const scanner = scannerAt(config.clamd, log);
  closers.add(async () => scanner?.watch.close());
  const keep = fileKeeper({ files: stores.files, clock, scan: scanner?.scan, guard, fault });
  const front: Front = {
    now: clock.now,
    accept: (messages) => guard(() => runner.accept(messages)),
    keep,
    openFile,
    linkTo: fileLinks(sealed, clock.now, config.publicUrl),
    reachable: (conversation, yes) => stores.people.setReachable(conversation, yes),
    moved: async (from, to, how) => {
      const moved = await verbs.moveAccount({ from, to, recognised: how === 'recognised' });
      if (!moved) log.warn("a chat moved to an address that is somebody else's; both stay as they are");
      return moved;
    },
    fault,
  };
  const channels = await openChannels(config, {
    front,
    tokens: stores.tokens,
    aliases: stores.aliases,
    eventCodes: async () => (await stores.events.live()).map(({ code }) => code),
    notifyOwners: async (text) => {
      log.warn(text.en);
      await verbs.tellOwners({ key: `wechat/${clock.now().getTime()}`, text, notOn: 'wechat' });
    },
    // Who knows the address can log in: it is for the terminal, and stands in no log.
    tell: (line) => void process.stdout.write(`${line}\n`),
    ...(puppet && { puppet }),
    ...(leadMs !== undefined && { leadMs }),
  });
  const bucketOf = openBuckets(engines, connection.name, fault, closers);
  const couriers = channels.map((channel) => {
    const account = { channel: channel.name, bot: channel.bot };
    const kept = pace ?? channel.pace;
    const courier = new Courier(channel, { fault, pace: kept, bucket: bucketOf(laneOf(account), kept) });
    outlets.add(account, courier);
    return courier;
  });
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
    outlets,
    runner,
    board,
    channels,
    couriers,
    proofs: sealed,
    keep,
    openFile,
    scanner,
  };
}

/** Background work: the sweep, reminders, sending. */
async function startWork(core: Core, sweepEveryMs: number | undefined): Promise<void> {
  const { clock, closers, stores, verbs, backend, queues, problems, runner, outlets, log } = core;
  const sender = new Sender({
    ...stores,
    clock,
    name: crypto.randomUUID(),
    lanes: lanesOf(runner, outlets, log),
    laneKinds: laneKindsOf(core.config),
    stopBad: verbs.stopBadNotice,
  });
  const parts = {
    ...verbs,
    ...stores,
    clock,
    sendDue: () => sender.sendDue(),
    add: queues.add,
    recover: () => runner.recover(),
    tendForms: () => runner.tendForms(),
  };
  const workers = await startWorkers(backend, parts, problems, sweepEveryMs);
  closers.add(() => workers.close());
  closers.add(async () => sender.close());
}

/** The web server: the chat and its page and what platforms call, unless this is a worker, and health. Returns its port. */
async function openSite(core: Core, limits: Limits): Promise<number> {
  const { config, log, closers, watches, mail, channels, couriers, scanner } = core;
  const registry = makeRegistry();
  countRefusals(registry, () => couriers.map(({ lane, tooMany }) => [lane, tooMany]));
  const health = healthRoutes(
    Object.values(watches),
    channels.map((channel) => ({ name: `${channel.name}:${channel.bot}`, run: () => channel.check() })),
    registry,
    scanner ? [scanner.watch] : [],
  );
  const called = channels.flatMap(({ routes }) => routes ?? []);
  const rooms =
    config.role === 'worker' ? [health] : [pageRoutes(), ...webRooms(core, limits), ...called, health];
  const unavailable = (header: string | undefined) =>
    refusal('unavailable', acceptedLanguage(header, config.defaultLang));
  const listening = await listen(makeSite(rooms, { answer: unavailable }, log), config.host, config.port);
  closers.add(() => listening.close());
  closers.add(async () => mail.close());
  closers.add(async () => core.board.close());
  return listening.port;
}

/** What a visitor's token opens: the chat, and the desk for those who have a right to it. */
function webRooms(core: Core, limits: Limits) {
  const door = visitorDoor(core.proofs, core.config.defaultLang);
  const decks = decksAt(core.proofs, door, core.verbs.openDecks, core.clock.now);
  const { guard } = core.watches.mongodb;
  const now = nowRoutes({
    showNow: (code) => guard(() => core.verbs.showNow(code)),
    words: nowPageWords,
    langOf: (header) => acceptedLanguage(header, core.config.defaultLang),
  });
  return [
    webChat(core, door, limits),
    desk(core, door, limits),
    decks,
    manualRoom(core, door),
    now,
    ...results(core, door, limits),
  ];
}

function results({ verbs, board: feed, proofs, watches, stores }: Core, door: VisitorDoor, limits: Limits) {
  const { guard } = watches.mongodb;
  const personOf = personIn(stores, guard);
  return resultRooms({ verbs, feed, door, proofs, limits: limits.messages, guard, personOf });
}

/** Whoever is met in a conversation. */
function personIn({ people }: Pick<Stores, 'people'>, guard: Watches['mongodb']['guard']) {
  return async (conversation: string): Promise<string | undefined> => {
    const [person] = await guard(() => people.byAccount([accountOf(conversation)]));
    return person?.id;
  };
}

function desk({ stores, verbs, watches }: Core, door: VisitorDoor, limits: Limits) {
  const { guard } = watches.mongodb;
  const reads = new RateLimiterMemory(limits.messages);
  return noticeRoutes({
    door: {
      known: door.known,
      tooOften: (c, conversation) => door.tooMany(c, reads, conversation, 'too_often'),
      notFound: (c) => door.refuse(c, 404, 'not_found'),
    },
    personOf: personIn(stores, guard),
    verbs,
  });
}

function manualRoom({ stores, verbs, watches, proofs: sealed, clock, config }: Core, door: VisitorDoor) {
  return manualPages({ stores, verbs, guard: watches.mongodb.guard, sealed, clock, config, door });
}

function webChat(core: Core, door: VisitorDoor, limits: Limits) {
  const { clock, stores, runner, mail, watches, keep, openFile } = core;
  const { guard } = watches.mongodb;
  return webRoutes({
    house: {
      now: clock.now,
      welcome: async (conversation, lang) =>
        (await guard(() => stores.people.ensure(accountOf(conversation), lang, clock.now()))).id,
      accept: (message) => guard(() => runner.accept([message])),
      keep,
      openFile,
    },
    mail,
    proofs: core.proofs,
    door,
    limits: {
      messages: new RateLimiterMemory(limits.messages),
      visitors: new RateLimiterMemory(limits.visitors),
    },
  });
}

/** Channels begin to receive one by one, in the background: none holds up the house or another. */
function startChannels({ channels, log }: Core): void {
  for (const channel of channels) {
    channel.start().catch((error: unknown) => {
      log.error({ err: error }, `the channel ${channel.name} did not start; the others go on`);
    });
  }
}

/** All at once, since each may take seconds. What is answered from now on stays in its outbox for the next start. */
async function stopChannels({ channels, couriers }: Core): Promise<void> {
  await Promise.all([...couriers.map((one) => one.close()), ...channels.map((one) => one.stop())]);
}

/** While MongoDB is away nothing under way can be finished: what waits for it is let go. */
async function letGo({ watches, connection }: Core): Promise<void> {
  await watches.mongodb.run().catch(() => connection.close());
}

async function loadExamples({ events }: Stores, { importEvent }: App['verbs'], clock: Clock): Promise<void> {
  if ((await events.list()).length > 0) return;
  for (const event of exampleEvents(clock.now())) await importEvent(event);
}
