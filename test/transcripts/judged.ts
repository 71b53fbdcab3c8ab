import type { Event } from '../../src/domain/event.ts';
import { panelByGrants } from '../../src/domain/judging.ts';
import { runId, type TrackRun } from '../../src/domain/track-run.ts';
import { digestOf } from '../../src/usecases/codes.ts';
import { eventId } from '../../src/usecases/import-event.ts';
import type { Grants, Invites } from '../../src/usecases/ports.ts';
import type { Runs } from '../../src/usecases/roadshow-ports.ts';
import { aRoadshow, aRun } from '../support/roadshow-day.ts';

const EVENT = eventId('office', 'fair');
const TRACK = 'main';
const at = (clock: string) => new Date(`2026-11-20T${clock}:00+08:00`);

/** The roadshow that the judge of the dialogues is invited to. */
export const ROADSHOW: Omit<Event, 'id'> = aRoadshow({
  title: { zh: '成果路演', en: 'Technology roadshow' },
  takesGuests: false,
  startsAt: new Date('2026-11-27T09:00:00+08:00'),
  endsAt: new Date('2026-11-27T17:30:00+08:00'),
});

interface Ground {
  readonly stores: { readonly grants: Pick<Grants, 'standing'>; readonly runs: Pick<Runs, 'byId' | 'save'> };
}

export async function inviteToTrack(
  { invites }: { invites: Pick<Invites, 'add'> },
  role: 'judge' | 'host',
  code: string,
): Promise<void> {
  await invites.add({
    id: digestOf('claim', code),
    role,
    office: 'office',
    event: EVENT,
    part: TRACK,
    project: null,
    note: '交通研究院',
    by: null,
    expiresAt: null,
    slot: null,
    use: undefined,
  });
}

async function begin({ stores }: Ground): Promise<void> {
  const panel = panelByGrants(await stores.grants.standing(), EVENT, TRACK);
  await stores.runs.save(aRun(EVENT, TRACK, { panel, calls: [at('09:40')] }));
}

const change =
  (next: (run: TrackRun) => Partial<TrackRun>) =>
  async ({ stores }: Ground): Promise<void> => {
    const [run] = await stores.runs.byId([runId(EVENT, TRACK)]);
    if (!run) throw new Error('expected the day of a track, received none');
    await stores.runs.save({ ...run, ...next(run), rev: run.rev + 1 });
  };

/** What happens on the day of the track. */
export const JUDGED: Readonly<Record<string, (ground: Ground) => Promise<void>>> = {
  'the scoring begins': begin,
  'the next project comes on stage': change(({ commands }) => ({
    commands: [...commands, { id: 'next', at: at('09:50'), by: 'host', what: 'next' }],
  })),
  'the scoring ends': change(({ scoring }) => ({ scoring: { ...scoring, state: 'locking' } })),
};
