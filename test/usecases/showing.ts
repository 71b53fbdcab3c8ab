import type { Grant } from '../../src/domain/access.ts';
import type { Project } from '../../src/domain/project.ts';
import { runId, type TrackRun } from '../../src/domain/track-run.ts';
import type { Order } from '../../src/usecases/steer-run.ts';
import { at } from '../domain/examples.ts';
import { FAIR, type Verbs } from './house.ts';
import { arrive, idOf } from './linking.ts';
import { Reviewing } from './reviewing.ts';

export const MAIN = runId(FAIR, 'main');
export const onDay = (clock: string): Date => at(`2026-05-20T${clock}:00+08:00`);

/** A house on the day of its roadshow: four projects in the main track, of `t1` to `t4`, each of 15 minutes from 14:30. */
export class Showing {
  readonly desk: Reviewing;
  private effects = 0;

  private constructor(desk: Reviewing) {
    this.desk = desk;
  }

  static async open(given: (number: number) => Partial<Project> = () => ({}), count = 4): Promise<Showing> {
    const desk = await Reviewing.open(count, (number) => ({
      state: 'accepted',
      slot: { track: 'main', place: number, state: 'confirmed', at: onDay('08:00') },
      ...given(number),
    }));
    const made = new Showing(desk);
    await arrive(desk.house, 'hal', 'hetty', 'gert', 'j1', 'j2');
    await made.grant('hal', 'host', { part: 'main' });
    await made.grant('hetty', 'host');
    await made.grant('gert', 'host', { part: 'green' });
    await made.grant('j1', 'judge', { note: '一号评委' });
    desk.house.clock.set(onDay('14:00'));
    return made;
  }

  get verbs(): Verbs {
    return this.desk.verbs;
  }

  at(clock: string): void {
    this.desk.house.clock.set(onDay(clock));
  }

  grant(name: string, role: Grant['role'], given: Partial<Grant> = {}): Promise<void> {
    return this.desk.grant(name, { role, event: FAIR, ...given });
  }

  effect(): string {
    return `web:main:hal.${++this.effects}`;
  }

  plan(time: string | null = '14:30', name = 'hal', track: string | null = 'main') {
    const [hour = 0, minute = 0] = (time ?? '').split(':').map(Number);
    const clock = time === null ? null : { hour, minute };
    return this.verbs.planRun({ person: idOf(name), event: null, track, time: clock });
  }

  steer(
    order: Order,
    {
      name = 'hal',
      effect = this.effect(),
      verbs = this.verbs,
      track = null,
    }: { name?: string; effect?: string; verbs?: Verbs; track?: string | null } = {},
  ) {
    return verbs.steerRun({ person: idOf(name), event: null, track, order, effect });
  }

  next(step: number | null = null, name = 'hal') {
    return this.steer({ what: 'next', step }, { name });
  }

  async run(): Promise<TrackRun> {
    const [run] = await this.desk.house.stores.runs.byId([MAIN]);
    if (!run) throw new Error('expected the run of the main track, received none');
    return run;
  }

  /** Lets the minutes pass with a tick every ten seconds, as the sweep does. */
  async pass(minutes: number): Promise<void> {
    for (let i = 0; i < minutes * 6; i++) {
      this.desk.house.clock.pass(1 / 6);
      await this.verbs.tickRuns();
    }
  }

  /** Ids of the letters about the day, without what they all have. */
  rows(): string[] {
    const all = this.desk.house.stores.deliveries.all().filter(({ id }) => /^(?:callup|cue)\//u.test(id));
    return all.map(({ id }) => id.replace(`${MAIN}/`, '').replace('person-web:main:', ''));
  }
}
