import type { Letter } from '../domain/delivery.ts';
import type { Event } from '../domain/event.ts';
import type { RunCall } from '../domain/run-calls.ts';
import type { RunItem } from '../domain/run-of-show.ts';
import type { StageCue } from '../domain/stage-cues.ts';
import type { TrackRun } from '../domain/track-run.ts';
import type { Lang } from '../text/text.ts';

/** What a letter about the day of a track is about. */
export interface OnDay {
  readonly event: Event;
  readonly run: TrackRun;
  readonly item: RunItem;
}

/** Letters on the day of a track. */
export interface RunLetters {
  /** When its team is expected on stage, to a member of it. */
  callUp(call: RunCall, about: OnDay, lang: Lang): Letter;
  /** How the item on stage stands with its time, to a host. */
  stageCue(cue: StageCue, about: OnDay, lang: Lang): Letter;
}
