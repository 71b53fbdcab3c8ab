import { didBefore, publish, unpublishable } from '../domain/decision.ts';
import { laneOf, newDelivery } from '../domain/delivery.ts';
import type { CallingEvent } from '../domain/event.ts';
import { accountOf } from '../domain/person.ts';
import { type Project, pendingDecision, type Verdict } from '../domain/project.ts';
import { HOUR } from '../domain/time.ts';
import { changeProject } from './change-project.ts';
import { conversationOf } from './effect-id.ts';
import { type EventRefusal, organizedEvent } from './organized-event.ts';
import { type Billboard, type Result, refused } from './ports.ts';
import { type FindRefusal, findOrganized, type Naming, type Reviewed } from './reviewed-project.ts';
import { type TellPorts, tellProjects } from './tell-projects.ts';
import { allProjects } from './walk-projects.ts';

export interface PublishPorts extends TellPorts {
  readonly billboard: Billboard;
}

/** Pending decisions of an event. */
export interface Pending {
  readonly event: CallingEvent;
  readonly byVerdict: Readonly<Record<Verdict, readonly Project[]>>;
  /** How many can be published. */
  readonly count: number;
  /** Those whose time for changes is over: they are decided anew. */
  readonly stale: readonly Project[];
}

/** What is pending in an event. */
export function listDecisions(ports: PublishPorts) {
  return async (input: { person: string; event: string | null }): Promise<Result<Pending, EventRefusal>> => {
    const found = await organizedEvent(ports, input.person, input.event);
    if (!found.ok) return found;
    return {
      ok: true,
      data: pendingOf(found.data, await allProjects(ports.projects, found.data.id), ports.clock.now()),
    };
  };
}

function pendingOf(event: CallingEvent, all: readonly Project[], now: Date): Pending {
  const ready = all.filter((one) => unpublishable(one, now) === undefined);
  const of = (verdict: Verdict) => ready.filter((one) => pendingDecision(one)?.verdict === verdict);
  return {
    event,
    byVerdict: { accept: of('accept'), reject: of('reject'), changes: of('changes') },
    count: ready.length,
    stale: all.filter((one) => unpublishable(one, now) === 'stale'),
  };
}

const AT_ONCE = 20;

export interface Published {
  readonly event: CallingEvent;
  readonly count: number;
}

/**
 * Publishes every pending decision of an event, if there are as many as were confirmed, and writes to the teams. The
 * projects themselves tell how far it has come: interrupted, the same effect goes on with the rest, and whatever was
 * published already has its letters written by the sweep.
 */
export function publishDecisions(ports: PublishPorts) {
  const tell = tellProjects(ports);
  return async (input: {
    person: string;
    event: string;
    counted: number;
    effect: string;
  }): Promise<Result<Published, EventRefusal | 'count-changed'>> => {
    const { person, counted, effect } = input;
    const found = await organizedEvent(ports, person, input.event);
    if (!found.ok) return found;
    const event = found.data;
    const at = ports.clock.now();
    const all = await allProjects(ports.projects, event.id);
    const before = all.filter((one) => didBefore(one, effect));
    const ready = all.filter((one) => unpublishable(one, at) === undefined && !didBefore(one, effect));
    if (before.length + ready.length !== counted) return refused('count-changed', pendingOf(event, all, at));
    await tell(before.filter(({ telling = [] }) => telling.length > 0));
    const progress = progressTo(ports, input, counted);
    let count = before.length;
    for (let i = 0; i < ready.length; i += AT_ONCE) {
      const done = await Promise.all(
        ready.slice(i, i + AT_ONCE).map((one) => publishOne(ports, one, input, at)),
      );
      const published = done.flatMap((one) => one ?? []);
      await tell(published);
      count += published.length;
      await progress(count);
    }
    return { ok: true, data: { event, count } };
  };
}

/** Publishes the decision that was confirmed, and no other one that came meanwhile. */
function publishOne(
  ports: PublishPorts,
  { id, decision }: Project,
  { person, effect }: { readonly person: string; readonly effect: string },
  at: Date,
): Promise<Project | undefined> {
  return changeProject(ports.projects, id, (one) => {
    if (didBefore(one, effect)) return one;
    const isSame = one.decision?.number === decision?.number && one.decision?.verdict === decision?.verdict;
    return isSame && !unpublishable(one, at) ? publish(one, person, at, effect) : undefined;
  });
}

export type PublishRefusal = FindRefusal | 'not-allowed' | 'nothing-pending' | 'wrong-state' | 'stale';

/** Publishes the pending decision on one project. */
export function publishDecision(ports: PublishPorts) {
  const tell = tellProjects(ports);
  return async (input: Naming & { readonly effect: string }): Promise<Result<Reviewed, PublishRefusal>> => {
    const found = await findOrganized(ports, input);
    if (!found.ok) return found;
    const at = ports.clock.now();
    const { project } = found.data;
    const next = await publishOne(ports, project, input, at);
    if (!next) {
      const why = unpublishable(project, at);
      return refused(why === 'stale' ? why : why === 'state' ? 'wrong-state' : 'nothing-pending', found.data);
    }
    if ((next.telling ?? []).length > 0) await tell([next]);
    return { ok: true, data: { ...found.data, project: next } };
  };
}

const TOLD_EVERY_MS = 2_500;

/** Tells in the chat how far publishing has come, where it takes long: in one message where a channel can. */
function progressTo(
  { clock, people, letters, billboard, deliveries }: PublishPorts,
  { person, effect }: { readonly person: string; readonly effect: string },
  total: number,
): (done: number) => Promise<void> {
  const conversation = conversationOf(effect);
  let toldAt = clock.now().getTime();
  let messageId: string | null = null;
  return async (done) => {
    const now = clock.now();
    if (done >= total || now.getTime() - toldAt < TOLD_EVERY_MS) return;
    toldAt = now.getTime();
    const [reader] = await people.byId([person]);
    const letter = letters.publishing(done, total, reader?.lang ?? 'zh');
    if (billboard.canChange(conversation)) {
      messageId = await billboard.show(conversation, messageId, letter);
      return;
    }
    const row = newDelivery({
      id: `publishing/${effect}/${done}`,
      person,
      to: conversation,
      lane: laneOf(accountOf(conversation)),
      kind: 'own',
      letter,
      notBefore: now,
      expiresAt: new Date(now.getTime() + HOUR),
    });
    await deliveries.add([row]);
  };
}
