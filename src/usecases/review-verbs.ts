import { decideProject, noteProject, standBack, undecideProject } from './decide-project.ts';
import type { ReviewVerbs } from './perform-review.ts';
import { placeProjects, unplaceProject } from './place-projects.ts';
import { listDecisions, type PublishPorts, publishDecision, publishDecisions } from './publish-decisions.ts';
import { listReviews, type ReviewPorts, showReview } from './review-projects.ts';
import { answerSlot, publishSchedule, showSchedule } from './schedule-projects.ts';

/** Everything about reviewing and placing projects, on one set of ports. */
export function reviewVerbs(ports: PublishPorts & ReviewPorts): ReviewVerbs {
  return {
    listReviews: listReviews(ports),
    showReview: showReview(ports),
    decideProject: decideProject(ports),
    undecideProject: undecideProject(ports),
    noteProject: noteProject(ports),
    standBack: standBack(ports),
    listDecisions: listDecisions(ports),
    publishDecisions: publishDecisions(ports),
    publishDecision: publishDecision(ports),
    placeProjects: placeProjects(ports),
    unplaceProject: unplaceProject(ports),
    showSchedule: showSchedule(ports),
    publishSchedule: publishSchedule(ports),
    answerSlot: answerSlot(ports),
  };
}
