import type { Grant } from '../../src/domain/access.ts';
import type { RunCommand } from '../../src/domain/run-of-show.ts';
import { emptySheet, type Sheet, sheetId, withEntry } from '../../src/domain/sheet.ts';
import { runId, type TrackRun } from '../../src/domain/track-run.ts';
import type { MemoryStores } from '../support/memory-ports.ts';
import { aCall } from '../support/projects.ts';
import { FAIR } from './house.ts';
import { idOf } from './linking.ts';
import { Reviewing } from './reviewing.ts';

export const RUN = runId(FAIR, 'main');
export const JUDGES = ['j1', 'j2', 'j3'] as const;
const { roadshow } = aCall();

/** A house in which a track with three projects is being scored by three judges, beside a chief scorer and a host. */
export class Scoring {
  readonly made: Reviewing;
  private said = 0;

  private constructor(made: Reviewing) {
    this.made = made;
  }

  static async open(given: Partial<TrackRun['scoring']> = {}): Promise<Scoring> {
    const made = await Reviewing.open(3, (number) => ({
      state: 'accepted',
      slot: { track: 'main', place: number, state: 'confirmed', at: new Date('2026-05-09T00:00:00Z') },
    }));
    const { house } = made;
    for (const id of [...JUDGES, 'chief', 'host', 'guest'])
      await house.stores.people.ensure({ channel: 'web', bot: 'main', id }, 'zh', house.clock.now());
    const one = new Scoring(made);
    for (const judge of JUDGES) await one.grant(judge, { role: 'judge', part: 'main' });
    await one.grant('chief', { role: 'scorer', part: null });
    await one.grant('host', { role: 'host', part: 'main' });
    await house.stores.runs.save(one.run(given));
    return one;
  }

  private async grant(name: string, given: Partial<Grant>): Promise<void> {
    await this.made.grant(name, { event: FAIR, ...given });
  }

  private run(given: Partial<TrackRun['scoring']>): TrackRun {
    const now = this.made.house.clock.now();
    return {
      id: RUN,
      event: FAIR,
      track: 'main',
      plan: {
        event: FAIR,
        track: 'main',
        startsAt: now,
        items: [1, 2, 3].map((number) => ({
          id: `i${number}`,
          kind: 'project' as const,
          project: `project-${number}`,
          title: { zh: `项目${number}`, en: `Project ${number}` },
          parties: [],
          pitch: 8,
          questions: 5,
          changeover: 2,
        })),
      },
      commands: [],
      scoring: {
        state: 'open',
        rubric: roadshow.rubric,
        rules: roadshow.rules,
        panel: JUDGES.map((name) => ({ person: idOf(name), name: `评委${name}` })),
        decisions: [],
        openedAt: now,
        lockedAt: null,
        publishedAt: null,
        sha256: null,
        ...given,
      },
      active: true,
      rev: 1,
    };
  }

  get stores(): MemoryStores {
    return this.made.house.stores;
  }

  get verbs() {
    return this.made.verbs;
  }

  get clock() {
    return this.made.house.clock;
  }

  async stored(): Promise<TrackRun> {
    const [run] = await this.stores.runs.byId([RUN]);
    if (!run) throw new Error('expected the run, received none');
    return run;
  }

  /** The host says `next` and the like. */
  async drive(...what: readonly ('next' | 'close')[]): Promise<void> {
    for (const one of what) {
      const run = await this.stored();
      const command: RunCommand = {
        id: `c${++this.said}`,
        at: this.clock.now(),
        by: idOf('host'),
        what: one,
      };
      await this.stores.runs.save({ ...run, commands: [...run.commands, command], rev: run.rev + 1 });
    }
  }

  /** A judge hands in a sheet, as it is stored; false: it is locked, or somebody was faster. */
  async score(name: string, number: number, ...[a, b, c]: readonly number[]): Promise<boolean> {
    const sheet = await this.sheet(name, number);
    if (sheet.locked) return false;
    const scores = { industrialization: a ?? 80, market: b ?? 80, capital: c ?? 80 };
    const base = { id: `s${++this.said}`, at: this.clock.now(), by: sheet.judge, proxy: false };
    const entry = { ...base, what: 'scored' as const, scores, comment: null, reason: null };
    return this.stores.sheets.save(withEntry(sheet, roadshow.rubric, entry));
  }

  async sheet(name: string, number: number): Promise<Sheet> {
    const [project, judge] = [`project-${number}`, idOf(name)];
    const [found] = await this.stores.sheets.byId([sheetId(project, judge)]);
    return found ?? emptySheet({ event: FAIR, track: 'main', project, judge });
  }

  /** Every judge scores every project: the second project is the best, the others are tied. */
  async scoreAll(): Promise<void> {
    for (const judge of JUDGES) {
      await this.score(judge, 1, 80, 80, 80);
      await this.score(judge, 2, 90, 90, 90);
      await this.score(judge, 3, 80, 80, 80);
    }
  }

  of(name = 'ada') {
    return { person: idOf(name), event: null, track: null };
  }

  lock(missing: number | null = null, name = 'ada', verbs = this.verbs) {
    return verbs.lockTrack({ ...this.of(name), missing });
  }

  publish(seen: number | null, verbs = this.verbs, name = 'ada') {
    return verbs.publishResults({ ...this.of(name), seen });
  }
}
