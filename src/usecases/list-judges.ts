import { type Grant, organizes } from '../domain/access.ts';
import type { Event } from '../domain/event.ts';
import { isSaid, panelByGrants, stageOf } from '../domain/judging.ts';
import type { Sheet } from '../domain/sheet.ts';
import type { PanelMember, TrackRun } from '../domain/track-run.ts';
import type { Text } from '../text/text.ts';
import { trackName } from './find-target.ts';
import { type JudgePorts, judgingOf, scoredFor } from './judge-seats.ts';
import { type Grants, type Result, refused } from './ports.ts';

/** The judges who were invited to an event, the first one first. */
export interface Invited {
  readonly event: Event;
  readonly judges: readonly Grant[];
}

const BATCH = 500;

async function judgesOf({ grants }: { readonly grants: Grants }, { id, office }: Event): Promise<Grant[]> {
  const all: Grant[] = [];
  for (let after = ''; ; ) {
    const batch = await grants.inOffice(office, ['judge'], after, BATCH);
    all.push(...batch.filter(({ event }) => event === id));
    const last = batch.at(-1);
    if (!last || batch.length < BATCH) break;
    after = last.id;
  }
  return all.sort((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1));
}

/** Who judges the events that somebody organizes, and who has confirmed; `track`: those of that one alone. */
export function listJudges(ports: JudgePorts) {
  return async (input: {
    readonly person: string;
    readonly track: string | null;
  }): Promise<Result<readonly Invited[], 'no-organizer'>> => {
    const [held, live] = await Promise.all([ports.grants.of([input.person]), ports.events.live()]);
    const own = live.filter(({ office, call }) => call && organizes(held, office));
    if (own.length === 0) return refused('no-organizer');
    const all = await Promise.all(
      own.map(async (event) => {
        const judges = await judgesOf(ports, event);
        const fits = ({ part }: Grant) => input.track === null || part === null || part === input.track;
        return { event, judges: judges.filter(fits) };
      }),
    );
    return { ok: true, data: all };
  };
}

/** The panel of a track: their order gives the numbers by which scores are entered for them. */
export interface Panel {
  readonly event: Event;
  readonly track: string;
  readonly name: Text;
  readonly judges: readonly PanelMember[];
}

/** The panels of the tracks that somebody can enter scores for. */
export function listPanels(ports: JudgePorts) {
  return async ({ person }: { readonly person: string }): Promise<Result<readonly Panel[], 'no-scorer'>> => {
    const { events, runs } = await scoredFor(ports, person);
    if (events.length === 0) return refused('no-scorer');
    const invited = new Map(
      await Promise.all(events.map(async (event) => [event.id, await judgesOf(ports, event)] as const)),
    );
    const panels = runs.flatMap((run): Panel[] => {
      const event = events.find(({ id }) => id === run.event);
      if (!event) return [];
      const isOpen = run.scoring.state !== 'closed';
      const known = panelByGrants(invited.get(event.id) ?? [], event.id, run.track);
      const judges = isOpen ? run.scoring.panel : known;
      return [{ event, track: run.track, name: trackName(event, run.track), judges }];
    });
    return { ok: true, data: panels };
  };
}

/** A judge's own sheet, or that it is still to come. */
export interface OwnSheet {
  readonly number: number;
  readonly title: Text;
  readonly sheet: Sheet | undefined;
  readonly shown: boolean;
}

export interface OwnSheets {
  readonly event: Event;
  readonly run: TrackRun;
  readonly name: Text;
  readonly sheets: readonly OwnSheet[];
  /** Projects that were on stage and have no scores yet. */
  readonly missing: number;
}

/** A judge's own sheets, track by track, in the order of the day. Nobody else's is read. */
export function listSheets(ports: JudgePorts) {
  return async ({
    person,
  }: {
    readonly person: string;
  }): Promise<Result<readonly OwnSheets[], 'no-judge'>> => {
    const { events, seats } = await judgingOf(ports, person);
    if (events.length === 0) return refused('no-judge');
    const all = await Promise.all(
      seats.map(async ({ run, event, judge }): Promise<OwnSheets> => {
        const stage = stageOf(run);
        const [written, projects] = await Promise.all([
          ports.sheets.ofJudge(event.id, judge.person),
          ports.projects.byId(stage.order),
        ]);
        const sheets = stage.order.flatMap((id): OwnSheet[] => {
          const number = projects.find((one) => one.id === id)?.number;
          const title = run.plan.items.find(({ project }) => project === id)?.title;
          const sheet = written.find(({ project }) => project === id);
          return number === undefined || !title
            ? []
            : [{ number, title, sheet, shown: stage.shown.includes(id) }];
        });
        const missing = sheets.filter(({ sheet, shown }) => shown && !isSaid(sheet)).length;
        return { event, run, name: trackName(event, run.track), sheets, missing };
      }),
    );
    return { ok: true, data: all };
  };
}
