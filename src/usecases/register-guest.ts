import { createHash } from 'node:crypto';
import { closedBecause, type Event, findSession } from '../domain/event.ts';
import { type Details, detailsSchema, isActive, type Registration } from '../domain/registration.ts';
import { claim, HALL, poolOfSession, release, type Seats, settle, type Wish } from '../domain/seats.ts';
import {
  type Clock,
  type Events,
  type Registrations,
  type Result,
  refused,
  type SeatsStore,
} from './ports.ts';
import type { settleSeats } from './settle-seats.ts';
import { ticketOf } from './ticket-number.ts';

/** Whether a full hall or session was agreed to be waited for. */
type Waitlist = Registration['waitlist'];

export interface Registering {
  readonly event: string;
  readonly person: string;
  /** Id of the filled form: the same one never registers twice. */
  readonly run: string;
  readonly details: unknown;
  readonly waitlist: Waitlist;
}

export interface Registered {
  readonly event: Event;
  readonly registration: Registration;
  readonly seats: Seats;
}

export type RegisterRefusal = 'unknown-event' | 'closed' | 'invalid' | 'hall-full' | 'session-full';

interface Ports {
  readonly clock: Clock;
  readonly events: Events;
  readonly registrations: Registrations;
  readonly seats: SeatsStore;
  readonly settle: ReturnType<typeof settleSeats>;
}

const RUNS_KEPT = 20;

/** The id of a new registration. One that is there is found by event and person: it keeps its id when it goes to another person. */
export function registrationId(event: string, person: string): string {
  return `${event}.${person}`;
}

/**
 * Registers a guest, or changes their registration. The seats are claimed first, in one atomic change, under an
 * id that is derived from event and person; then the registration is stored. A crash in between is mended by
 * doing it again, which the runner does, as every step is idempotent.
 */
export function registerGuest(ports: Ports) {
  return async (input: Registering): Promise<Result<Registered, RegisterRefusal>> => {
    const [event] = await ports.events.byId([input.event]);
    if (!event) return refused('unknown-event');
    for (;;) {
      const done = await attempt(ports, event, input);
      if (done) return done;
    }
  };
}

/** Undefined: the person has got another registration for the event meanwhile, which is the one to change. */
async function attempt(
  ports: Ports,
  event: Event,
  input: Registering,
): Promise<Result<Registered, RegisterRefusal> | undefined> {
  const { id, known } = await find(ports, event.id, input.person);
  if (known?.runs.includes(input.run)) return { ok: true, data: await view(ports, event, known) };
  const details = detailsSchema.safeParse(input.details);
  const refusal = refusalOf(details.data, event, ports.clock.now());
  if (!details.success || refusal) {
    if (!known || !isActive(known)) await giveBack(ports, event, id);
    return refused(refusal ?? 'invalid');
  }
  const claimed = await claimSeats(ports, event, id, details.data, input.waitlist);
  if ('full' in claimed) return refused(claimed.full.includes(HALL) ? 'hall-full' : 'session-full');
  const filled = { details: details.data, waits: claimed.waits, now: ports.clock.now() };
  const registration = await store(ports, input, id, known, (before) =>
    nextOf(before, id, event, input, filled),
  );
  if (!registration) {
    await giveBack(ports, event, id);
    return undefined;
  }
  if (known || claimed.news) await ports.settle(event.id);
  return { ok: true, data: { event, registration, seats: claimed.seats } };
}

/** The registration of a person for an event, or the id of a new one: another if the first went to somebody else. */
async function find(
  { registrations }: Ports,
  event: string,
  person: string,
): Promise<{ readonly id: string; readonly known: Registration | undefined }> {
  const first = registrationId(event, person);
  const [known, [namesake]] = await Promise.all([
    registrations.of(event, person),
    registrations.byId([first]),
  ]);
  if (known) return { id: known.id, known };
  let [id, taken] = [first, namesake];
  for (let n = 2; taken && taken.person !== person; n++) {
    id = `${first}.${n}`;
    [taken] = await registrations.byId([id]);
  }
  return { id, known: taken };
}

function refusalOf(details: Details | undefined, event: Event, now: Date): 'closed' | 'invalid' | undefined {
  if (closedBecause(event, now)) return 'closed';
  return details && suits(details, event) ? undefined : 'invalid';
}

/** What an interrupted attempt had claimed, when done again it is refused: no seat is kept for nobody. */
function giveBack({ seats, clock }: Ports, event: Event, id: string): Promise<void> {
  return seats.change(event.id, (before) => {
    const after = release(before, id);
    return { seats: after === before ? before : settle(after, event, clock.now()), result: undefined };
  });
}

type Claimed =
  | { readonly full: readonly string[] }
  | {
      readonly seats: Seats;
      readonly waits: boolean;
      /** Somebody has an offer now or has lost one, and is to be told. */
      readonly news: boolean;
    };

/**
 * Claims what a registration needs. Those who wait come first: what is free by now is offered to them before
 * anybody else gets it, and so is what this very change sets free.
 */
function claimSeats(ports: Ports, event: Event, id: string, details: Details, waitlist: Waitlist) {
  return ports.seats.change(event.id, (before): { seats: Seats; result: Claimed } => {
    const now = ports.clock.now();
    const seats = settle(before, event, now);
    const made = claim(seats, event, id, wishesOf(details, event, waitlist, seats, id));
    if ('full' in made) return { seats: before, result: made };
    const after = settle(made.seats, event, now);
    // A seat that is only offered is not taken up yet: that is said by accepting it.
    const waits = details.attendance === 'onsite' && made.states[HALL] !== 'held';
    return { seats: after, result: { seats: after, waits, news: seats !== before || after !== made.seats } };
  });
}

/**
 * The pools that a registration needs. Who has no seat in the hall yet claims no session: those are claimed
 * when the offer of a seat is taken up.
 */
export function wishesOf(
  details: Details,
  event: Event,
  waitlist: Waitlist,
  seats: Seats,
  registration: string,
): Wish[] {
  if (details.attendance === 'online') return [];
  const hall: Wish = { pool: HALL, seats: details.party, waitlist: waitlist.hall };
  const asked = claim(seats, event, registration, [hall]);
  if ('full' in asked || asked.states[HALL] !== 'held') return [hall];
  const sessions = details.sessions.map((code) => ({
    pool: poolOfSession(code),
    seats: details.party,
    waitlist: waitlist.sessions,
  }));
  return [hall, ...sessions];
}

function suits(details: Details, event: Event): boolean {
  return (
    event.kinds.includes(details.kind) &&
    event.attendance.includes(details.attendance) &&
    details.party <= event.maxParty &&
    (event.phone !== 'required' || details.phone !== null) &&
    (event.email !== 'required' || details.email !== null) &&
    details.sessions.every((code) => findSession(event, code)) &&
    event.questions.every(({ id, optional }) => optional || details.extra[id] !== undefined)
  );
}

/**
 * Stores what `next` makes of the registration as it is, beginning with `read`; a faster change is read and built
 * upon. Undefined: the person has another one now.
 */
async function store(
  { registrations }: Ports,
  { run }: Registering,
  id: string,
  read: Registration | undefined,
  next: (known: Registration | undefined) => Registration,
): Promise<Registration | undefined> {
  for (let known = read; ; ) {
    if (known?.runs.includes(run)) return known;
    const made = next(known);
    if (await registrations.save(made)) return made;
    const [stored] = await registrations.byId([id]);
    if (!stored && (await registrations.of(made.event, made.person))) return undefined;
    known = stored;
  }
}

function nextOf(
  known: Registration | undefined,
  id: string,
  event: Event,
  { person, run, waitlist }: Registering,
  { details, waits, now }: { readonly details: Details; readonly waits: boolean; readonly now: Date },
): Registration {
  const again = known && isActive(known);
  return {
    id,
    event: event.id,
    // Whoever it belongs to by now: while this was under way its person may have been joined to another.
    person: known?.person ?? person,
    status: known?.status === 'attended' ? 'attended' : waits ? 'waitlisted' : 'confirmed',
    ticket: known?.ticket ?? ticketOf(id),
    details,
    consent: { at: now, text: createHash('sha256').update(event.privacy[details.lang]).digest('hex') },
    runs: [...(known?.runs ?? []), run].slice(-RUNS_KEPT),
    waitlist,
    history: [...(known?.history ?? []), { at: now, what: again ? 'changed' : 'registered', detail: null }],
    createdAt: again ? known.createdAt : now,
    rev: (known?.rev ?? 0) + 1,
  };
}

async function view(ports: Ports, event: Event, registration: Registration): Promise<Registered> {
  const [seats] = await ports.seats.load([event.id]);
  return { event, registration, seats: seats ?? { event: event.id, entries: [] } };
}
