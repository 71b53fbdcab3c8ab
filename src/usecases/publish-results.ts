import { createHash, randomUUID } from 'node:crypto';
import { type Project, projectCode } from '../domain/project.ts';
import { canonical, type Result as Outcome, resultOf } from '../domain/result.ts';
import type { Sheet } from '../domain/sheet.ts';
import { openAgain, type TrackRun } from '../domain/track-run.ts';
import { shownIn } from '../domain/track-scoring.ts';
import {
  changeRun,
  type LedRefusal,
  type LedTrack,
  ledTrack,
  projectsOf,
  type TrackNaming,
  type TrackPorts,
  titlesOf,
  withScoring,
} from './led-track.ts';
import { type Result, refused } from './ports.ts';
import type { PublishedResult, Results } from './roadshow-ports.ts';
import { type ShownStanding, standingIn } from './show-standing.ts';

export interface ResultPorts extends TrackPorts {
  readonly results: Results;
  /** Where results are shown, by what follows in the address; absent: no public address is set. */
  readonly linkResults?: (path: string) => string | undefined;
}

export interface Publishing extends TrackNaming {
  /** The revision of the run that was looked at; null: it is only shown. */
  readonly seen: number | null;
}

export interface Publication extends ShownStanding {
  /** What was published; null: nothing is yet. */
  readonly published: PublishedResult | null;
  /** The address of its page. */
  readonly page: string;
}

export type PublishRefusal = LedRefusal | 'not-locked' | 'reopened' | 'changed';

/** Of a result's canonical text. */
export function sha256Of(result: Outcome): string {
  return createHash('sha256').update(canonical(result)).digest('hex');
}

/** Shows what would be published, and publishes it once it is confirmed as it stands. What is published stays. */
export function publishResults(ports: ResultPorts) {
  return async (input: Publishing): Promise<Result<Publication, PublishRefusal>> => {
    const found = await ledTrack(ports, input, []);
    if (!found.ok) return found;
    const standing = await standingIn(ports, found.data);
    const { run } = standing;
    const path = `${standing.event.code}/${standing.track.code}`;
    const shown = { ...standing, page: ports.linkResults?.(path) ?? `/results/${path}` };
    if (run.scoring.state === 'published') {
      const [published = null] = await ports.results.byId([run.id]);
      return { ok: true, data: { ...shown, published } };
    }
    if (run.scoring.state !== 'locked') return refused('not-locked', shown);
    if (openAgain(run).length > 0) return refused('reopened', shown);
    if (input.seen === null) return { ok: true, data: { ...shown, published: null } };
    if (input.seen !== run.rev) return refused('changed', { ...shown, published: null });
    const published = await publish(ports, found.data);
    if (published) return { ok: true, data: { ...shown, published } };
    return publishResults(ports)({ ...input });
  };
}

/**
 * Stores the result first and then says in the run that it is published: until then nobody is shown it, and one that
 * was made of an earlier revision is made anew. undefined: the run changed meanwhile.
 */
async function publish(ports: ResultPorts, led: LedTrack): Promise<PublishedResult | undefined> {
  const stored = await storeResult(ports, led);
  if (!stored) return undefined;
  const publishedAt = new Date(stored.result.publishedAt);
  const next = await changeRun(ports, led.run.id, (one) => {
    if (one.rev !== stored.of) return undefined;
    const { sha256 } = stored;
    return { ...withScoring(one, { state: 'published', publishedAt, sha256 }), active: false };
  });
  return next ? stored : undefined;
}

async function storeResult(ports: ResultPorts, led: LedTrack): Promise<PublishedResult | undefined> {
  const { run, event, track } = led;
  const [known] = await ports.results.byId([run.id]);
  if (known && known.of === run.rev) return known;
  if (known && known.of > run.rev) return undefined;
  const [projects, sheets] = await Promise.all([
    projectsOf(ports, run),
    ports.sheets.ofTrack(run.event, run.track),
  ]);
  const result = resultIn(led, projects, sheets, ports.clock.now());
  const codes = codesOf(projects);
  const next: PublishedResult = {
    id: run.id,
    office: event.office,
    code: event.code,
    track: track.code,
    of: run.rev,
    result,
    sha256: sha256Of(result),
    awards: (run.scoring.awards ?? []).flatMap(({ project, name }) => {
      const code = codes.get(project);
      return code === undefined ? [] : [{ project: code, name }];
    }),
    rev: (known?.rev ?? 0) + 1,
  };
  return (await ports.results.save(next)) ? next : undefined;
}

const codesOf = (projects: readonly Project[]): ReadonlyMap<string, string> =>
  new Map(projects.map((one) => [one.id, projectCode(one)]));

/** Judges by the names that they are published under, in an order that tells nothing of who they are. */
function anonymised({ scoring }: TrackRun): ReadonlyMap<string, string> {
  const salt = randomUUID();
  const digest = (person: string) => createHash('sha256').update(`${salt} ${person}`).digest('hex');
  const ordered = scoring.panel.map(({ person }) => ({ person, by: digest(person) }));
  ordered.sort((a, b) => (a.by < b.by ? -1 : 1));
  return new Map(ordered.map(({ person }, i) => [person, `J${i + 1}`]));
}

function resultIn(
  { event, track, run }: LedTrack,
  projects: readonly Project[],
  sheets: readonly Sheet[],
  publishedAt: Date,
): Outcome {
  const { rubric, rules, decisions, lockedAt } = run.scoring;
  const shown = shownIn(run);
  const codes = codesOf(projects);
  const judges = anonymised(run);
  const code = (project: string): string => codes.get(project) ?? '';
  const place = new Map(shown.all.map((project, i) => [project, i]));
  const told = sheets
    .flatMap((sheet) => {
      const judge = judges.get(sheet.judge);
      return judge !== undefined && codes.has(sheet.project) ? [{ ...sheet, judge }] : [];
    })
    .sort(
      (a, b) =>
        (place.get(a.project) ?? 0) - (place.get(b.project) ?? 0) ||
        a.judge.localeCompare(b.judge, 'en', { numeric: true }),
    );
  const byId = new Map(projects.map((one) => [one.id, one]));
  return resultOf({
    event: { office: event.office, code: event.code, title: event.title },
    track: { code: track.code, name: track.name },
    rubric: [...rubric],
    rules,
    projects: shown.all.flatMap((id) => {
      const project = byId.get(id);
      return project ? [{ code: code(id), title: titlesOf(project) }] : [];
    }),
    absent: shown.absent.map(code),
    judges: [...judges.values()],
    sheets: told.flatMap(({ project, judge, state, scores, total, entries }) =>
      state === 'submitted' && total !== null
        ? [{ project: code(project), judge, proxy: isProxy(entries), scores: { ...scores }, total }]
        : [],
    ),
    recusals: told.flatMap(({ project, judge, state }) =>
      state === 'recused' ? [{ project: code(project), judge }] : [],
    ),
    decisions: decisions.map(({ order, reason }) => ({ order: order.map(code), reason })),
    lockedAt: (lockedAt ?? publishedAt).toISOString(),
    publishedAt: publishedAt.toISOString(),
  });
}

/** Whether what counts was entered by somebody else, last of all. */
function isProxy(entries: Sheet['entries']): boolean {
  return entries.findLast(({ what }) => what === 'scored')?.proxy ?? false;
}
