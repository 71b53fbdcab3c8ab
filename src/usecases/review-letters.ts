import type { Letter } from '../domain/delivery.ts';
import type { Event } from '../domain/event.ts';
import type { Project } from '../domain/project.ts';
import type { Lang } from '../text/text.ts';

/** Letters about decisions on projects and where they are shown. */
export interface ReviewLetters {
  /** What was decided, to a member of the team: the newest decision that was published. */
  decision(project: Project, event: Event, lang: Lang): Letter;
  /** Where and when it is shown, to a member of the team. */
  slot(project: Project, event: Event, lang: Lang): Letter;
  /** That a team does not come to its slot, to who organizes the event. */
  slotDeclined(project: Project, event: Event, lang: Lang): Letter;
  /** How far publishing has come, to who publishes. */
  publishing(done: number, total: number, lang: Lang): Letter;
}
