import { isMember, type Member, type Project, type ProjectState } from './project.ts';

/** Projects in these states count against what one person may have open at once. */
const OPEN: readonly ProjectState[] = ['draft', 'submitted', 'changes-requested', 'accepted'];

export function isOpenProject({ state }: Pick<Project, 'state'>): boolean {
  return OPEN.includes(state);
}

export function isLead({ members }: Pick<Project, 'members'>, person: string): boolean {
  return members.some((one) => one.person === person && one.lead);
}

/**
 * Parts that others wrote since a member last heard of it, each once, in the order in which they were written last.
 * Each change of the whole leaves one line in its history, so that the lines tell what came after what.
 */
export function changedByOthers(
  { history, seen }: Pick<Project, 'history' | 'seen'>,
  person: string,
): readonly string[] {
  const news = history.slice(seen[person] ?? 0);
  const written = news.flatMap(({ what, by, detail }) =>
    what === 'written' && by !== person && detail !== null ? [detail] : [],
  );
  return [...new Set(written.toReversed())].toReversed();
}

/** What members have heard, once one of them hears all that `history` tells. */
export function heardBy({ seen }: Pick<Project, 'seen'>, person: string, history: number): Project['seen'] {
  return { ...seen, [person]: history };
}

/** The members with somebody new among them; the first one leads. */
export function joined({ members }: Pick<Project, 'members'>, person: string, at: Date): readonly Member[] {
  if (isMember({ members }, person)) return members;
  return [...members, { person, lead: members.length === 0, at }];
}

/** The members without one of them. The lead passes on to whoever has been there longest. */
export function parted({ members }: Pick<Project, 'members'>, person: string): readonly Member[] {
  const rest = members.filter((one) => one.person !== person);
  if (rest.some(({ lead }) => lead)) return rest;
  const oldest = rest.toSorted((a, b) => a.at.getTime() - b.at.getTime())[0];
  return rest.map((one) => (one === oldest ? { ...one, lead: true } : one));
}

/** The state that a withdrawn project has again when its team brings it back. */
export function stateBefore({
  submittedAt,
  decision,
}: Pick<Project, 'submittedAt' | 'decision'>): ProjectState {
  if (submittedAt === null) return 'draft';
  const isAskedToChange =
    decision?.verdict === 'changes' && decision.publishedAt !== null && decision.publishedAt > submittedAt;
  return isAskedToChange ? 'changes-requested' : 'submitted';
}
