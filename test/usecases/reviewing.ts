import type { Grant } from '../../src/domain/access.ts';
import type { Delivery, Letter } from '../../src/domain/delivery.ts';
import type { Project, Verdict } from '../../src/domain/project.ts';
import { session } from '../domain/examples.ts';
import { aCall, aProject, parts, WRITTEN } from '../support/projects.ts';
import { senderOn } from '../support/sender.ts';
import { FAIR, House, type Verbs } from './house.ts';
import { arrive, idOf } from './linking.ts';

export const TRACKS = [
  { code: 'main', name: { zh: '主赛道', en: 'Main track' }, session: 'talk', fields: [], capacity: 3 },
  {
    code: 'green',
    name: { zh: '绿色赛道', en: 'Green track' },
    session: 'salon',
    fields: ['energy'],
    capacity: null,
  },
];

const ORGANIZER = 'ada';
const projectId = (number: number): string => `project-${number}`;

/** A house whose event calls for projects, with an organizer, reviewers and teams of one: `t1` of P01 and so on. */
export class Reviewing {
  readonly house: House;
  private effects = 0;

  private constructor(house: House) {
    this.house = house;
  }

  static async open(count = 3, given: (number: number) => Partial<Project> = () => ({})): Promise<Reviewing> {
    const house = await House.with({
      sessions: [session('talk'), session('salon')],
      call: aCall({ tracks: TRACKS, closesAt: new Date('2026-05-12T10:00:00Z') }),
    });
    const made = new Reviewing(house);
    const teams = Array.from({ length: count }, (_, i) => `t${i + 1}`);
    await arrive(house, ORGANIZER, 'rob', 'eve', ...teams);
    await made.grant(ORGANIZER, { role: 'organizer' });
    for (const [i, team] of teams.entries())
      await made.put(i + 1, { members: [memberOf(team)], ...given(i + 1) });
    return made;
  }

  get verbs(): Verbs {
    return this.house.verbs;
  }

  async grant(name: string, given: Partial<Grant>): Promise<void> {
    const grant = { id: `grant of ${name}`, person: idOf(name), role: 'reviewer' as const, office: 'office' };
    const at = this.house.clock.now();
    await this.house.stores.grants.add({
      ...grant,
      event: null,
      part: null,
      note: null,
      by: null,
      at,
      ended: null,
      ...given,
    });
  }

  async put(number: number, given: Partial<Project>): Promise<void> {
    const project = aProject({ id: projectId(number), event: FAIR, number, state: 'submitted', ...given });
    await this.house.stores.projects.save(project);
  }

  async project(number: number): Promise<Project> {
    const [found] = await this.house.stores.projects.byId([projectId(number)]);
    if (!found) throw new Error(`expected project ${number}, received none`);
    return found;
  }

  /** Changes a stored project from outside. */
  async change(number: number, given: Partial<Project>): Promise<void> {
    const one = await this.project(number);
    await this.house.stores.projects.save({ ...one, ...given, rev: one.rev + 1 });
  }

  named(number: number, name = ORGANIZER) {
    return { person: idOf(name), event: null, number };
  }

  effect(): string {
    return `web:main:ada.${++this.effects}`;
  }

  /** `decide(1, 'accept')`: by the organizer, unless another one is named. */
  decide(number: number, verdict: Verdict, name = ORGANIZER, effect = this.effect(), verbs = this.verbs) {
    const until = verdict === 'changes' ? new Date('2026-05-13T10:00:00Z') : null;
    const messages = verdict === 'changes' ? [{ part: 'title-zh', text: 'Shorter, please' }] : [];
    return verbs.decideProject({ ...this.named(number, name), verdict, messages, until, effect });
  }

  publish(counted: number, effect = this.effect(), verbs = this.verbs, name = ORGANIZER) {
    return verbs.publishDecisions({ person: idOf(name), event: FAIR, counted, effect });
  }

  publishSlots(counted: number, effect = this.effect(), verbs = this.verbs) {
    return verbs.publishSchedule({ person: idOf(ORGANIZER), event: FAIR, counted, effect });
  }

  /** Accepts projects, and publishes it. */
  async accepted(...numbers: readonly number[]): Promise<void> {
    for (const number of numbers) await this.decide(number, 'accept');
    await this.publish(numbers.length);
  }

  place(
    track: string,
    numbers: readonly number[],
    given: { place?: number; how?: 'insert' | 'swap'; anyway?: boolean } = {},
    verbs = this.verbs,
  ) {
    const { place = null, how = 'keep', anyway = false } = given;
    return verbs.placeProjects({ person: idOf(ORGANIZER), event: null, track, numbers, place, how, anyway });
  }

  /** `P01 P03 -`: a track by its places. */
  async track(code: string): Promise<string[]> {
    const all = await this.house.stores.projects.ofEvent(FAIR, 0, 500);
    return all
      .filter(({ slot }) => slot?.track === code)
      .sort((a, b) => (a.slot?.place ?? 0) - (b.slot?.place ?? 0))
      .map(({ number, slot }) => `${slot?.place}: P0${number} ${slot?.state}`);
  }

  /** Sends what is due, as the house does; what was heard, by whom. */
  async send(): Promise<string[]> {
    const heard: string[] = [];
    const send = async ({ id }: { id: string }, { text }: Letter) => {
      heard.push(`${id}: ${text}`);
      return { result: 'sent' as const, messageId: '1' };
    };
    await senderOn(this.house.stores, { clock: this.house.clock, send }).sendDue();
    return heard.sort();
  }

  /** The rows about projects, with how they stand. */
  rows(prefix = ''): string[] {
    const all = this.house.stores.deliveries.all().filter(({ id }) => id.startsWith(prefix));
    return all.map(({ id, state, cause }: Delivery) => `${id} ${state}${cause ? ` ${cause}` : ''}`).sort();
  }
}

export function memberOf(name: string): Project['members'][number] {
  return { person: idOf(name), lead: true, at: new Date('2026-05-01T00:00:00Z') };
}

/** What a team wrote, for another field or organization. */
export function written(given: Record<string, string>): Project['parts'] {
  return parts({ ...WRITTEN, ...given });
}
