import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { conversationOfVisitor } from '../../src/channels/web/visitors.ts';
import { readConfig } from '../../src/config.ts';
import type { Delivery, DeliveryState } from '../../src/domain/delivery.ts';
import type { Occasion } from '../../src/domain/occasion.ts';
import type { Registration } from '../../src/domain/registration.ts';
import { poolOfSession } from '../../src/domain/seats.ts';
import { HOUR, MINUTE } from '../../src/domain/time.ts';
import { makeLog } from '../../src/ops/log.ts';
import { openTools, type Tools } from '../../src/wiring.ts';
import { anEvent } from '../support/events.ts';
import { ANSWERS, Guest, type Message } from '../support/guest.ts';
import { dropDatabase, ENGINES } from '../support/house.ts';
import { type HouseProcess, startHouse, startWorker, type WorkerProcess } from '../support/process.ts';

const GUESTS = 60;
const SEATS = 25;
/** How long after the rush begins the session's and the event's reminders fall due. */
const SESSION_DUE_MS = 18_000;
const EVENT_DUE_MS = 22_000;
/** What a process left behind is taken up when it is 10 s old, by a sweep every 10 s; the rest is for a busy machine. */
const TAKEN_UP_WITHIN_MS = 30_000;

const REPLIES_AT_MOST = 200;
const ENDS: readonly DeliveryState[] = ['sent', 'unknown', 'failed', 'skipped'];

const { TEST_MONGODB_URI, TEST_REDIS_URL } = process.env;
const three = <T>(make: () => Promise<T>): Promise<T[]> => Promise.all([make(), make(), make()]);
const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

/** Looks at the world outside again and again until it is as expected. */
async function until(what: string, look: () => Promise<boolean>): Promise<void> {
  const seen = async () => expect(await look(), what).toBe(true);
  await vi.waitFor(seen, { timeout: 60_000, interval: 5 });
}

/** The web processes as a balancer sees them that gives each request to the next one, also to one that is gone. */
class Balancer {
  readonly webs: HouseProcess[];
  /** Called with each process that has acknowledged a message, and with the message's place in the inbox. */
  onAcknowledged: (web: HouseProcess, inboxId: string) => void = () => {};
  private requests = 0;

  constructor(webs: HouseProcess[]) {
    this.webs = webs;
  }

  /** Does something with the next process, or the one after it when that one is gone. */
  async through<T>(act: (web: HouseProcess) => Promise<T>): Promise<{ web: HouseProcess; result: T }> {
    for (let tries = 0; tries < 10; tries++) {
      const web = this.webs[this.requests++ % this.webs.length] as HouseProcess;
      try {
        return { web, result: await act(web) };
      } catch (error) {
        // fetch says so when nobody is there any more.
        if (!(error instanceof TypeError)) throw error;
      }
    }
    throw new Error('expected a web process, found none in ten requests');
  }
}

interface Outgoing {
  readonly id: string;
  readonly [field: string]: unknown;
}

/** A visitor of the web chat whose every request goes to another process. */
class Visitor {
  readonly guest: Guest;
  readonly name: string;
  /** When each message, by its id in the inbox, had been sent and answered. */
  readonly answeredAt = new Map<string, number>();
  private turns = 0;
  private readonly balancer: Balancer;

  private constructor(balancer: Balancer, guest: Guest, name: string) {
    this.balancer = balancer;
    this.guest = guest;
    this.name = name;
  }

  static async arrive(balancer: Balancer, name: string): Promise<Visitor> {
    const { result } = await balancer.through(({ url }) => Guest.arrive(url));
    return new Visitor(balancer, result, name);
  }

  get conversation(): string {
    return conversationOfVisitor(this.guest.token.split('.')[0] ?? '');
  }

  get isRegistered(): boolean {
    return this.guest.heard.some(({ kind }) => kind === 'file');
  }

  /** How many of the replies say so. */
  heard(text: string): number {
    return this.guest.heard.filter((message) => message.text.includes(text)).length;
  }

  /** Registers for an event, in turns: plainly, with each message delivered twice, with each tapped twice. */
  async register(event: string): Promise<void> {
    await this.turn([{ id: this.guest.nextId(), start: event }]);
    while (!this.isRegistered) {
      const message = { id: this.guest.nextId(), ...this.answer() };
      const ways = [[message], [message, message], [message, { ...message, id: this.guest.nextId() }]];
      await this.turn(ways[this.turns % ways.length] ?? []);
    }
  }

  /** What the newest question is answered with. */
  private answer(): object {
    const asking = this.guest.heard.findLast(({ question }) => question) as Message;
    const own = { name: this.name, organization: `Office of ${this.name}`, $review: 'confirm' };
    const answers: Readonly<Record<string, string>> = { ...ANSWERS, ...own };
    const value = answers[asking.question ?? ''] ?? '';
    const index = asking.choices?.findIndex((choice) => choice.value === value) ?? -1;
    return index < 0 ? { text: value, seen: asking.seq } : { pick: { prompt: asking.prompt, index } };
  }

  /** Sends messages at once, each to another process, and hears what comes of them. */
  private async turn(messages: readonly Outgoing[]): Promise<void> {
    this.turns++;
    const [web] = await Promise.all(messages.map((message) => this.send(message)));
    await this.hear(web);
    for (const { id } of messages) this.answeredAt.set(this.inboxId(id), Date.now());
  }

  private inboxId(id: string): string {
    return `${this.conversation}/${id}`;
  }

  private async send(message: Outgoing): Promise<HouseProcess> {
    const { web, result } = await this.balancer.through(({ url }) => this.guest.again(url).post(message));
    expect(result.status).toBe(202);
    this.balancer.onAcknowledged(web, this.inboxId(message.id));
    return web;
  }

  /** Listens until there is something to answer, or the ticket. */
  private async hear(first: HouseProcess | undefined): Promise<void> {
    const deadline = Date.now() + 60_000;
    let at = first;
    while (Date.now() < deadline) {
      const heard = await this.listen(1, at);
      if (heard.some(({ question, kind }) => question || kind === 'file')) return;
      at = undefined;
    }
    throw new Error(`expected ${this.name} to be answered, heard ${this.guest.last.text} as the last thing`);
  }

  /** Listens at a process, or at the next one when it is gone or none is given. */
  private async listen(wait: number, at: HouseProcess | undefined): Promise<Message[]> {
    const look = ({ url }: HouseProcess) => this.guest.again(url).listen(wait);
    const gone = () => this.balancer.through(look).then(({ result }) => result);
    const heard = at ? await look(at).catch(gone) : await gone();
    this.guest.heard.push(...heard);
    return heard;
  }

  /** Hears whatever is there by now. */
  async hearRest(): Promise<void> {
    while ((await this.listen(0, undefined)).length > 0);
  }
}

const PARTS = 'three web and three worker processes, of which one each is killed';

describe.skipIf(!TEST_MONGODB_URI || !TEST_REDIS_URL)(PARTS, () => {
  const env = { ...ENGINES.at(-1)?.env(), SECRET_KEY: crypto.randomUUID() };
  const config = readConfig(env);
  /** The queues are named after the database. */
  const prefix = new URL(config.mongodbUri ?? 'mongodb://none/none').pathname.slice(1);
  const redis = new Redis(TEST_REDIS_URL ?? '', { maxRetriesPerRequest: null, lazyConnect: true });
  /** Every process that was ever started. */
  const started: WorkerProcess[] = [];
  let tools: Tools;
  let balancer: Balancer;
  let workers: WorkerProcess[];
  let visitors: Visitor[];
  let webKilledAt = 0;
  /** Messages that the killed web process had acknowledged and nobody had taken up yet. */
  let left: string[];
  /** The reminders that were planned: the session's, then the event's. */
  let occasions: Occasion[];
  let registrations: Registration[];

  const noted = <T extends WorkerProcess>(one: T): T => {
    started.push(one);
    return one;
  };
  const startWeb = async () => noted(await startHouse({ ...env, ROLE: 'web' }));
  const startOneWorker = async () => noted(await startWorker(env));

  const deliveriesOf = (one: Occasion): Promise<Delivery[]> =>
    tools.stores.deliveries.byId(visitors.map(({ guest }) => `${one.id}/${guest.person}`));
  const areSending = async (one: Occasion) =>
    (await deliveriesOf(one)).some(({ state }) => state === 'sending');
  const haveEnded = async (one: Occasion) => {
    const rows = await deliveriesOf(one);
    return rows.length > 0 && rows.every(({ state }) => ENDS.includes(state));
  };
  const heardBy = (person: string, text: string): number =>
    visitors.find(({ guest }) => guest.person === person)?.heard(text) ?? 0;

  /** An event with a limited session; both remind soon. Returns the reminders, the session's first. */
  async function addEvent(): Promise<[Occasion, Occasion]> {
    const startsAt = new Date(Date.now() + HOUR + EVENT_DUE_MS);
    const sessionStartsAt = new Date(Date.now() + 2 * HOUR + SESSION_DUE_MS);
    const times = { startsAt: sessionStartsAt, endsAt: new Date(sessionStartsAt.getTime() + HOUR) };
    const title = { zh: '晨跑', en: 'Morning run' };
    const before = { kind: 'before', days: 0 } as const;
    await tools.verbs.importEvent(
      anEvent({
        startsAt,
        sessions: [{ code: 'run', title, venue: title, ...times, capacity: SEATS }],
        reminders: [
          { id: 'session', of: 'session', minutes: 120, ...before },
          { id: 'event', of: 'event', minutes: 60, ...before },
        ],
      }),
    );
    const [event] = await tools.stores.events.live();
    const planned = await tools.stores.occasions.planned(event?.id ?? '');
    return planned.sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime()) as [Occasion, Occasion];
  }

  /** Kills a web process as it acknowledges messages of the rush; another one takes its place. */
  async function killWeb(): Promise<void> {
    const [victim] = balancer.webs as [HouseProcess];
    const acknowledged = new Set<string>();
    await new Promise<void>((resolve) => {
      balancer.onAcknowledged = (web, inboxId) => {
        if (web !== victim) return;
        if (acknowledged.size === 0) resolve(victim.kill());
        acknowledged.add(inboxId);
      };
    });
    webKilledAt = Date.now();
    const open = await tools.stores.inbox.open(
      visitors.map(({ conversation }) => conversation),
      1_000,
    );
    left = open.map(({ id }) => id).filter((id) => acknowledged.has(id));
    balancer.webs[0] = await startWeb();
  }

  /**
   * Kills a worker in the middle of sending the event's reminders, when one has arrived whose row does not say so
   * yet; another one takes its place. The other workers are held meanwhile, so that it is surely this one that
   * sends, and so is this one whenever the rows are looked at, so that the moment is not over before it is killed.
   */
  async function killWorker([ofSession, ofEvent]: [Occasion, Occasion]): Promise<void> {
    const [victim, ...others] = workers as [WorkerProcess, ...WorkerProcess[]];
    await until('the reminders of the session to have ended', () => haveEnded(ofSession));
    for (const one of others) one.pause();
    await until('a reminder to have arrived whose row does not say so', async () => {
      if (!(await areSending(ofEvent))) return false;
      victim.pause();
      if ((await inDoubt(ofEvent)) && (await inDoubt(ofEvent))) return true;
      victim.resume();
      return false;
    });
    await victim.kill();
    for (const one of others) one.resume();
    // What the dead worker held is given up by a clock that is ahead by more than its lease.
    await tools.stores.deliveries.recover(new Date(Date.now() + 2 * MINUTE));
    workers[0] = await startOneWorker();
    await until('the reminders of the event to have ended', () => haveEnded(ofEvent));
  }

  /** Whether somebody has a reminder whose row still says that it is being sent. */
  async function inDoubt(one: Occasion): Promise<boolean> {
    const sending = (await deliveriesOf(one)).filter(({ state }) => state === 'sending');
    const arrived = visitors
      .filter(({ guest }) => sending.some(({ person }) => person === guest.person))
      .map(({ conversation }) => tools.stores.mailbox.after(conversation, 0, REPLIES_AT_MOST));
    return (await Promise.all(arrived)).flat().some(({ text }) => text.includes('A reminder: your event'));
  }

  /** Whether every message has been taken up, and every reply lies where its reader finds it. */
  async function allIsSaid(): Promise<boolean> {
    const { inbox, sessions } = tools.stores;
    const now = new Date();
    const left = await Promise.all([inbox.waiting(now, 1), sessions.unfinished(now, 1)]);
    return left.flat().length === 0;
  }

  beforeAll(async () => {
    let webs: HouseProcess[];
    [tools, webs, workers] = await Promise.all([
      openTools(config, makeLog('error')),
      three(startWeb),
      three(startOneWorker),
    ]);
    balancer = new Balancer(webs);
    visitors = await Promise.all(upTo(GUESTS).map((n) => Visitor.arrive(balancer, `Guest ${n}`)));
    const planned = await addEvent();
    occasions = planned;
    await Promise.all([
      killWeb(),
      killWorker(planned),
      ...visitors.map((visitor) => visitor.register('fair')),
    ]);
    await until('everything to be said', allIsSaid);
    await Promise.all(visitors.map((visitor) => visitor.hearRest()));
    registrations = await tools.stores.registrations.byPerson(visitors.map(({ guest }) => guest.person));
  }, 200_000);

  afterAll(async () => {
    await Promise.all(started.map((one) => one.kill()));
    await tools.close();
    await dropDatabase(config);
    const keys = await redis.keys(`${prefix}:*`);
    if (keys.length > 0) await redis.del(keys);
    redis.disconnect();
  });

  it('register everybody once, with what they answered', () => {
    const filled = registrations.map(({ details, history }) => [
      details.name,
      details.organization,
      history.map(({ what }) => what),
    ]);
    const wanted = visitors.map(({ name }) => [name, `Office of ${name}`, ['registered']]);
    expect(filled.sort()).toEqual(wanted.sort());
    const tickets = new Map(registrations.map(({ person, ticket }) => [person, ticket]));
    for (const { guest } of visitors)
      expect(heardBy(guest.person, `Ticket: ${tickets.get(guest.person)}`)).toBeGreaterThan(0);
  });

  it('answer every message once and in order, wherever it went', async () => {
    const said = await tools.stores.sessions.lastReplies(visitors.map(({ conversation }) => conversation));
    const unsure = new Set(
      (await Promise.all(occasions.map(deliveriesOf)))
        .flat()
        .flatMap(({ person, state }) => (state === 'unknown' ? [person] : [])),
    );
    for (const visitor of visitors) {
      const { conversation, guest, name, answeredAt } = visitor;
      const stored = await tools.stores.mailbox.after(conversation, 0, REPLIES_AT_MOST);
      expect(
        guest.heard.map(({ seq }) => seq),
        name,
      ).toEqual(stored.map(({ seq }) => seq));
      // Only a reminder that a dead worker had written and not yet sent leaves its number behind.
      const missing = (said.get(conversation) ?? 0) - stored.length;
      expect(missing, name).toBeLessThanOrEqual(unsure.has(guest.person) ? 1 : 0);
      // The confirmation brings its ticket's image and calendar file as well; reminders come unasked.
      expect(stored, name).toHaveLength(answeredAt.size + 2 + visitor.heard('A reminder'));
    }
  });

  it('sell no seat twice', async () => {
    const [seats] = await tools.stores.seats.load(occasions.slice(0, 1).map(({ event }) => event));
    const entries = seats?.entries.filter(({ pool }) => pool === poolOfSession('run')) ?? [];
    expect(entries.filter(({ state }) => state === 'held')).toHaveLength(SEATS);
    expect(entries.filter(({ state }) => state === 'waiting')).toHaveLength(GUESTS - SEATS);
    expect(new Set(entries.map(({ registration }) => registration)).size).toBe(GUESTS);
  });

  it('answer soon what the killed web process had acknowledged', () => {
    const answeredAt = new Map(visitors.flatMap((visitor) => [...visitor.answeredAt]));
    expect(left.length).toBeGreaterThan(0);
    for (const id of left)
      expect((answeredAt.get(id) ?? Number.NaN) - webKilledAt).toBeLessThan(TAKEN_UP_WITHIN_MS);
  });

  it('remind each who had a seat by then once, and of what a dead worker was sending never again', async () => {
    const [ofSession, ofEvent] = occasions as [Occasion, Occasion];
    const [seats] = await tools.stores.seats.load([ofEvent.event]);
    const holders = (seats?.entries ?? [])
      .filter(({ pool, state }) => pool === poolOfSession('run') && state === 'held')
      .map(({ registration }) => registration);
    const concerned = ({ dueAt, session }: Occasion) =>
      registrations
        .filter(({ createdAt, id }) => createdAt <= dueAt && (session === null || holders.includes(id)))
        .map(({ person }) => person);
    const told = async (one: Occasion, text: string) =>
      (await deliveriesOf(one)).map(({ person, state, cause, attempts }) => ({
        person,
        ended: { state, cause, attempts },
        heard: heardBy(person, text),
      }));

    const session = await told(ofSession, 'A reminder: your session');
    expect(session.map(({ person }) => person).sort()).toEqual(concerned(ofSession).sort());
    for (const { ended, heard } of session)
      expect({ ...ended, heard }).toEqual({ state: 'sent', cause: null, attempts: 1, heard: 1 });

    const event = await told(ofEvent, 'A reminder: your event');
    expect(event.map(({ person }) => person).sort()).toEqual(concerned(ofEvent).sort());
    const unknown = event.filter(({ ended }) => ended.state === 'unknown');
    for (const { ended, heard } of unknown) {
      expect(ended).toEqual({ state: 'unknown', cause: 'interrupted', attempts: 1 });
      expect(heard).toBeLessThanOrEqual(1);
    }
    expect(unknown.length).toBeGreaterThan(0);
    expect(unknown.some(({ heard }) => heard === 1)).toBe(true);
    for (const { ended, heard } of event.filter((one) => !unknown.includes(one)))
      expect({ ...ended, heard }).toEqual({ state: 'sent', cause: null, attempts: 1, heard: 1 });
  });

  it('have one scheduler', async () => {
    const queue = new Queue('schedule', { connection: redis, prefix });
    expect(await queue.getJobSchedulers()).toHaveLength(1);
    expect(await queue.getDelayedCount()).toBeLessThanOrEqual(1);
    await queue.close();
  });

  it('have met no fault on the way', () => {
    for (const one of started) expect(one.output()).not.toContain('"level":50');
  });

  it('end within 5 s when they are asked to', async () => {
    const began = performance.now();
    const codes = await Promise.all([...balancer.webs, ...workers].map((one) => one.stop()));
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(codes).toEqual([0, 0, 0, 0, 0, 0]);
  });
});
