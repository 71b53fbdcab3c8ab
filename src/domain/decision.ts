import {
  changed,
  type Decision,
  isInReview,
  type Project,
  pendingDecision,
  STATE_AFTER,
  type Telling,
} from './project.ts';

/** What a reviewer decides, before it has its number. */
export type Deciding = Pick<Decision, 'verdict' | 'messages' | 'by' | 'at'> & {
  readonly until: Date | null;
  readonly effect: string;
};

/** Whether an effect has changed a project before. */
export function didBefore({ history }: Pick<Project, 'history'>, effect: string): boolean {
  return history.some((one) => one.effect === effect);
}

/** A verdict that was published and may be replaced by who organizes the event. */
export function isDecided({ state }: Pick<Project, 'state'>): boolean {
  return state === 'accepted' || state === 'rejected';
}

/** A project with a pending decision: it takes the place of one that nobody was told of. */
export function decide(project: Project, { effect, until, ...given }: Deciding): Project {
  const before = project.decision;
  const replaces = before?.publishedAt ? withoutPast(before) : before?.replaces;
  const decision: Decision = {
    ...given,
    number: (before?.number ?? 0) + 1,
    publishedAt: null,
    ...(until && { until }),
    ...(replaces && { replaces }),
  };
  return changed(
    project,
    { decision },
    { at: given.at, by: given.by, what: 'decided', detail: given.verdict, effect },
  );
}

function withoutPast({ replaces: _, ...decision }: Decision): Decision {
  return decision;
}

/** A project whose pending decision is taken back: what was published before stands again. */
export function undecide(project: Project, by: string, at: Date, effect: string): Project {
  const decision = project.decision?.replaces ?? null;
  return changed(project, { decision }, { at, by, what: 'decided', detail: 'undone', effect });
}

/** Why a pending decision cannot be published now; undefined: it can. `stale`: the time for changes is over. */
export function unpublishable(project: Project, now: Date): 'none' | 'state' | 'stale' | undefined {
  const pending = pendingDecision(project);
  if (!pending) return 'none';
  if (!isInReview(project) && !isDecided(project)) return 'state';
  return pending.until && pending.until <= now ? 'stale' : undefined;
}

/** A project with its pending decision published. Whatever is not accepted is not shown anywhere. */
export function publish(project: Project, by: string, at: Date, effect: string): Project {
  const pending = pendingDecision(project);
  if (!pending || unpublishable(project, at))
    throw new Error(`expected a decision of ${project.id} that can be published, received none`);
  const { verdict, until } = pending;
  const { extendedUntil } = project;
  const isLater = until && (!extendedUntil || until > extendedUntil);
  return changed(
    project,
    {
      state: STATE_AFTER[verdict],
      decision: { ...pending, publishedAt: at },
      extendedUntil: isLater ? until : extendedUntil,
      slot: verdict === 'accept' ? project.slot : null,
      telling: withTelling(project, 'decision'),
    },
    { at, by, what: 'published', detail: verdict, effect },
  );
}

/** What is still to be told, with one thing more. */
export function withTelling({ telling = [] }: Pick<Project, 'telling'>, one: Telling): readonly Telling[] {
  return [...telling.filter((other) => other !== one), one];
}

/** Whether a published decision takes the place of another verdict that the team was told of. */
export function replacesVerdict({ replaces }: Decision): boolean {
  return replaces !== undefined && replaces.verdict !== 'changes';
}
