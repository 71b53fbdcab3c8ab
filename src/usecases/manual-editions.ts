import { organizes } from '../domain/access.ts';
import { type Edition, isBuilt, nextEdition } from '../domain/edition.ts';
import type { Event } from '../domain/event.ts';
import { type Cover, isInManual, type ManualLangs, type ManualOrder } from '../domain/manual.ts';
import type { Project } from '../domain/project.ts';
import type { Editions } from './manual-ports.ts';
import { type Clock, type Events, type Grants, type Projects, type Result, refused } from './ports.ts';

export interface EditionPorts {
  readonly clock: Clock;
  readonly events: Events;
  readonly grants: Grants;
  readonly projects: Projects;
  readonly editions: Editions;
}

export type ManualRefusal = 'not-allowed' | 'unknown-event';

/** How an event's manual stands. */
export interface ManualStand {
  readonly event: Event;
  readonly editions: readonly Edition[];
  /** Projects that the next edition would have. */
  readonly projects: readonly Project[];
}

const BATCH = 200;

/** Every project of an event that is in its manual. */
export async function inManual(
  { projects }: Pick<EditionPorts, 'projects'>,
  event: string,
): Promise<Project[]> {
  const all: Project[] = [];
  for (let after = 0; ; ) {
    const batch = await projects.ofEvent(event, after, BATCH);
    all.push(...batch.filter(isInManual));
    const last = batch.at(-1);
    if (!last || batch.length < BATCH) return all;
    after = last.number;
  }
}

/** The event, for somebody who organizes it. */
export async function organizedEvent(
  { events, grants }: Pick<EditionPorts, 'events' | 'grants'>,
  person: string,
  id: string,
): Promise<Result<Event, ManualRefusal>> {
  const [[event], held] = await Promise.all([events.byId([id]), grants.of([person])]);
  if (!event?.call) return refused('unknown-event');
  return organizes(held, event.office) ? { ok: true, data: event } : refused('not-allowed');
}

interface Asked {
  readonly person: string;
  readonly event: string;
}

export function showManual(ports: EditionPorts) {
  return async ({ person, event }: Asked): Promise<Result<ManualStand, ManualRefusal>> => {
    const found = await organizedEvent(ports, person, event);
    if (!found.ok) return found;
    const [editions, projects] = await Promise.all([ports.editions.of(event), inManual(ports, event)]);
    return { ok: true, data: { event: found.data, editions, projects } };
  };
}

/** Changes what the next edition will be, and begins one where there is none. `change` may be called again. */
async function changeDraft(
  { editions, clock }: EditionPorts,
  { person, event }: Asked,
  change: (draft: Edition) => Edition,
): Promise<Edition> {
  for (;;) {
    const last = (await editions.of(event)).at(-1);
    const isDraft = last?.state === 'draft';
    const draft = isDraft ? last : nextEdition(event, last, { createdBy: person, createdAt: clock.now() });
    const next = { ...change(draft), rev: isDraft ? draft.rev + 1 : 1 };
    if (await editions.save(next)) return next;
  }
}

/** Chooses the order or the cover of the next edition. One that is built stays as it is. */
export function planManual(ports: EditionPorts) {
  return async (
    input: Asked & { readonly order?: ManualOrder; readonly cover?: Cover },
  ): Promise<Result<Edition, ManualRefusal>> => {
    const found = await organizedEvent(ports, input.person, input.event);
    if (!found.ok) return found;
    const { order, cover } = input;
    const data = await changeDraft(ports, input, (draft) => ({
      ...draft,
      ...(order && { order }),
      ...(cover && { cover }),
    }));
    return { ok: true, data };
  };
}

export interface Building extends Asked {
  readonly langs: ManualLangs;
  readonly effect: string;
  readonly conversation: string;
}

/** Asks for an edition to be built; the same effect again asks for nothing more. */
export function startManual(ports: EditionPorts) {
  return async (input: Building): Promise<Result<Edition, ManualRefusal | 'no-projects' | 'under-way'>> => {
    const found = await organizedEvent(ports, input.person, input.event);
    if (!found.ok) return found;
    const editions = await ports.editions.of(input.event);
    const known = editions.find(({ asked }) => asked === input.effect);
    if (known) return { ok: true, data: known };
    if (editions.some(({ state }) => state === 'building')) return refused('under-way');
    if ((await inManual(ports, input.event)).length === 0) return refused('no-projects');
    const data = await changeDraft(ports, input, (draft) => ({
      ...draft,
      state: 'building',
      langs: input.langs,
      createdBy: input.person,
      conversation: input.conversation,
      asked: input.effect,
      takenAt: ports.clock.now(),
    }));
    return { ok: true, data };
  };
}

export type EditionRefusal = ManualRefusal | 'unknown-edition' | 'not-built';

interface Numbered extends Asked {
  readonly number: number;
}

/** A built edition with its event, for who organizes it. */
export function openEdition(ports: EditionPorts) {
  return async (input: Numbered): Promise<Result<{ event: Event; edition: Edition }, EditionRefusal>> => {
    const found = await organizedEvent(ports, input.person, input.event);
    if (!found.ok) return found;
    const edition = (await ports.editions.of(input.event)).find(({ number }) => number === input.number);
    if (!edition || edition.state === 'draft') return refused('unknown-edition');
    return isBuilt(edition) ? { ok: true, data: { event: found.data, edition } } : refused('not-built');
  };
}

/** Shows an edition to everybody, or to nobody any more. Of an event one edition is public at a time. */
export function publishManual(ports: EditionPorts) {
  const open = openEdition(ports);
  return async (
    input: Numbered & { readonly published: boolean },
  ): Promise<Result<{ event: Event; edition: Edition }, EditionRefusal>> => {
    for (;;) {
      const found = await open(input);
      if (!found.ok) return found;
      const { event, edition } = found.data;
      const state = input.published ? 'published' : 'ready';
      if (
        edition.state !== state &&
        !(await ports.editions.save({ ...edition, state, rev: edition.rev + 1 }))
      )
        continue;
      // The one before goes only when this one is there.
      if (input.published && !(await withdrawOthers(ports, edition))) continue;
      return { ok: true, data: { event, edition: { ...edition, state } } };
    }
  };
}

async function withdrawOthers({ editions }: EditionPorts, { event, number }: Edition): Promise<boolean> {
  const others = (await editions.of(event)).filter(
    (one) => one.state === 'published' && one.number !== number,
  );
  for (const one of others)
    if (!(await editions.save({ ...one, state: 'ready', rev: one.rev + 1 }))) return false;
  return true;
}

/** The edition of an event that everybody may read. */
export function publicManual({ events, editions }: Pick<EditionPorts, 'events' | 'editions'>) {
  return async (office: string, code: string): Promise<{ event: Event; edition: Edition } | undefined> => {
    const found = await events.byCode(office, code);
    if (!found || found.event.status === 'draft') return undefined;
    const edition = (await editions.of(found.event.id)).findLast(({ state }) => state === 'published');
    return edition && { event: found.event, edition };
  };
}
