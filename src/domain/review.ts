import { type Grant, organizes, reviews } from './access.ts';
import type { Event } from './event.ts';
import { isInReview, type Project, pendingDecision, wordsOf } from './project.ts';

/** The field of a project and the track it is placed in: what a reviewer may be invited for. */
export function partsOf(project: Pick<Project, 'parts' | 'slot'>): readonly string[] {
  const field = wordsOf(project, 'field');
  return [...(field ? [field] : []), ...(project.slot ? [project.slot.track] : [])];
}

/** Whether these grants let somebody review anything of an event. */
export function reviewsIn(grants: readonly Grant[], event: Pick<Event, 'id' | 'office'>): boolean {
  return (
    organizes(grants, event.office) || grants.some((one) => one.role === 'reviewer' && one.event === event.id)
  );
}

/** Whether somebody reviews a project; drafts and withdrawn ones are seen by organizers alone. */
export function reviewsProject(grants: readonly Grant[], event: Event, project: Project): boolean {
  if (organizes(grants, event.office)) return true;
  const isSent = project.state !== 'draft' && project.state !== 'withdrawn';
  return isSent && reviews(grants, event, partsOf(project));
}

export function standsBack({ conflicts }: Pick<Project, 'conflicts'>, person: string): boolean {
  return conflicts.includes(person);
}

/** Whether a project waits for a decision. */
export function waits(project: Pick<Project, 'state' | 'decision'>): boolean {
  return project.state === 'submitted' && !pendingDecision(project);
}

/** Whether reviewers were invited, but each of them who could decide on this project stands back from it. */
export function isLeftAlone(project: Project, event: Event, reviewers: readonly Grant[]): boolean {
  if (!isInReview(project) || project.conflicts.length === 0) return false;
  const own = reviewers.filter((one) => reviews([one], event, partsOf(project)));
  return own.every((one) => standsBack(project, one.person));
}

const SUFFIX =
  /(?:股份有限公司|有限责任公司|有限公司|集团|公司|大学|学院|研究院|研究所|实验室|\b(?:university|college|institute|laboratory|lab|company|corporation|corp|limited|ltd|co|inc|gmbh|group)\b)/gu;
const SMALL_WORDS = /\b(?:the|of|and|for)\b/gu;

/** What tells one organization from another, however it is written: no case, no marks, no legal form. */
export function organizationKey(name: string): string {
  const plain = name.normalize('NFKC').toLowerCase();
  const bare = (words: string): string => words.replace(/[^\p{L}\p{N}]+/gu, '');
  const short = bare(plain.replace(SMALL_WORDS, ' ').replace(SUFFIX, ' '));
  // A name that is nothing but a form, such as “Institute”, is told by all of it.
  return short || bare(plain);
}

export function isSameOrganization(one: string, other: string): boolean {
  const key = organizationKey(one);
  return key !== '' && key === organizationKey(other);
}

const LEAST_HAN = 2;
const LEAST_LETTERS = 4;

/** Whether an organization is named in a note. */
export function namesOrganization(note: string, organization: string): boolean {
  const key = organizationKey(organization);
  const least = /\p{Script=Han}/u.test(key) ? LEAST_HAN : LEAST_LETTERS;
  return key.length >= least && organizationKey(note).includes(key);
}
