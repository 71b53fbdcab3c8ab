import { isDeepStrictEqual } from 'node:util';
import { type Call, callClosed } from '../domain/call.ts';
import { type Event, isLive } from '../domain/event.ts';
import {
  changed,
  fileOf,
  lockedBecause,
  type Part,
  type PartValue,
  type Project,
} from '../domain/project.ts';
import { fitsPart } from '../domain/project-part.ts';
import { changedByOthers, heardBy, isOpenProject } from '../domain/project-team.ts';
import { filePlaces, type Place, placeKey, sameFiles } from '../domain/same-files.ts';
import { alterProject, type ProjectPorts, type Standing, type Stored } from './alter-project.ts';
import { type Files, type Result, refused } from './ports.ts';

interface Ports extends ProjectPorts {
  readonly files: Files;
}

export interface WritingPart {
  readonly person: string;
  /** For a new project the id of the form that it is begun with: twice is once. */
  readonly project: string;
  readonly event: string;
  readonly part: string;
  readonly value: PartValue;
  /** The version that the person saw; 0: there was none. */
  readonly version: number;
}

export interface WrittenPart extends Stored {
  /** Other parts that others wrote since this person last heard of the project. */
  readonly others: readonly string[];
  /** Where else in the project the same file stands, if it is one. */
  readonly sameAs: readonly Place[];
}

export type WriteRefusal =
  | 'changed'
  | 'late'
  | 'decided'
  | 'withdrawn'
  | 'not-yet'
  | 'unknown-project'
  | 'invalid'
  | 'file-gone'
  | 'too-many';

type Refused = Extract<Result<never, WriteRefusal>, { ok: false }>;

/**
 * Writes one part of a project, which is begun with the first one. It is written only over the version that the
 * person saw, so that members who write at once lose nothing: of two who write the same part, the later one is told.
 */
export function writePart(ports: Ports) {
  return async (input: WritingPart): Promise<Result<WrittenPart, WriteRefusal>> => {
    const writing = await withStoredFile(ports, input);
    if (!writing) return refused('file-gone', { part: input.part });
    const [known] = await ports.projects.byId([writing.project]);
    const begun = known ? undefined : await begin(ports, writing);
    if (begun) return begun;
    let others: readonly string[] = [];
    const done = await alterProject<WriteRefusal>(ports, writing, (standing) => {
      others = changedByOthers(standing.project, writing.person).filter((part) => part !== writing.part);
      return written(standing, writing);
    });
    if (!done.ok) return done;
    return {
      ok: true,
      data: { ...done.data, others, sameAs: await sameAs(ports, done.data.project, writing.part) },
    };
  };
}

/** Other parts of the project that hold the very file of this one. */
async function sameAs({ files }: Ports, project: Project, part: string): Promise<readonly Place[]> {
  if (!fileOf(project, part)) return [];
  const stored = await files.byId(filePlaces([project]).map(({ ref }) => ref));
  const sha256 = new Map(stored.map((file) => [file.id, file.sha256]));
  return sameFiles([project], sha256).get(placeKey({ project, part })) ?? [];
}

/** The input with its file as it is stored, which belongs to the project from now on; undefined: it is gone. */
async function withStoredFile({ files }: Ports, input: WritingPart): Promise<WritingPart | undefined> {
  const { value, project } = input;
  if (value === null || typeof value !== 'object' || !('ref' in value)) return input;
  const [file] = await files.byId([value.ref]);
  if (!file || !(await files.adopt(file.id, `project:${project}`))) return undefined;
  const { id: ref, name, type, size } = file;
  return { ...input, value: { ref, name, type, size } };
}

function written(
  { project, event, call, now }: Standing,
  { person, part, value, version }: WritingPart,
): Project | Refused {
  const locked = lockedBecause(project, call, now);
  if (locked) return refused(locked, { project, event });
  if (!fitsPart(part, value, event, call)) return refused('invalid', { part });
  const before = project.parts[part];
  const seen = heardBy(project, person, project.history.length + 1);
  // The same again, or what a team mate wrote just so: there is nothing to write.
  if (before && isDeepStrictEqual(before.value, value)) return project;
  if ((before?.version ?? 0) !== version) return refused('changed', { part, now: before, project, event });
  const parts = { ...project.parts, [part]: { value, version: version + 1, by: person, at: now } };
  return changed(project, { parts, seen }, { at: now, by: person, what: 'written', detail: part });
}

/** Begins a project with its first part. A refusal, or undefined: it is there now, by whomever. */
async function begin(ports: Ports, writing: WritingPart): Promise<Refused | undefined> {
  const { person, part, value } = writing;
  const [event] = await ports.events.byId([writing.event]);
  if (!event?.call || !isLive(event) || writing.version !== 0) return refused('unknown-project');
  const now = ports.clock.now();
  const closed = callClosed(event.call, now);
  if (closed) return refused(closed === 'over' ? 'late' : 'not-yet', { event, project: null });
  if (!fitsPart(part, value, event, event.call)) return refused('invalid', { part });
  const crowded = await tooMany(ports, person, event, event.call);
  if (crowded) return crowded;
  const first: Part = { value, version: 1, by: person, at: now };
  for (;;) {
    const number = (await ports.projects.lastNumber(event.id)) + 1;
    if (await ports.projects.save(fresh(writing, number, first))) return undefined;
    const [twin] = await ports.projects.byId([writing.project]);
    if (twin) return undefined;
  }
}

async function tooMany(
  { projects }: Ports,
  person: string,
  event: Event,
  { perPerson }: Call,
): Promise<Refused | undefined> {
  const mine = await projects.ofPeople([person]);
  const open = mine.filter((one) => one.event === event.id && isOpenProject(one));
  return open.length >= perPerson ? refused('too-many', { limit: perPerson, event }) : undefined;
}

function fresh({ project: id, event, person, part }: WritingPart, number: number, first: Part): Project {
  const { at } = first;
  return {
    id,
    event,
    number,
    state: 'draft',
    parts: { [part]: first },
    members: [{ person, lead: true, at }],
    extendedUntil: null,
    submittedAt: null,
    decision: null,
    conflicts: [],
    notes: [],
    slot: null,
    proof: null,
    seen: { [person]: 1 },
    history: [{ at, by: person, what: 'begun', detail: part }],
    createdAt: at,
    rev: 1,
  };
}
