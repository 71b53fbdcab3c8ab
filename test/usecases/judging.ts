import { book } from '../../flows/book.ts';
import type { Grant } from '../../src/domain/access.ts';
import type { Sheet } from '../../src/domain/sheet.ts';
import { runId, type Scoring } from '../../src/domain/track-run.ts';
import type { Lang } from '../../src/text/text.ts';
import type { Facts } from '../../src/usecases/load-facts.ts';
import { aGrant, aRoadshow, aRun, dayProjects } from '../support/roadshow-day.ts';
import { Chat, newSession } from '../support/talk.ts';
import { FAIR, House, type Verbs } from './house.ts';
import { arrive, conversationOf, idOf, met } from './linking.ts';

const LONG_AGO_MS = 20 * 60_000;

/** A day with judges who chat: `ann`, `bo` and `cy` in the main track, `dee` in the green one; `sam` is the chief scorer, `ada` organizes. */
export class JudgingDay {
  readonly house: House;
  private readonly chats = new Map<string, Chat<Facts>>();
  verbs: Verbs;

  private constructor(house: House) {
    this.house = house;
    this.verbs = house.verbs;
  }

  /** `shown`: how many projects of the main track were on stage, the last one is. */
  static async open({
    shown = 2,
    state = 'open',
    planned = true,
  }: {
    shown?: number;
    state?: Scoring['state'];
    planned?: boolean;
  } = {}): Promise<JudgingDay> {
    const house = await House.with(aRoadshow({ startsAt: new Date('2026-05-20T01:00:00Z') }));
    const day = new JudgingDay(house);
    const { stores } = house;
    for (const project of dayProjects(FAIR)) await stores.projects.save(project);
    await arrive(house, 'ann', 'bo', 'cy', 'dee', 'sam', 'ada', 'guest');
    for (const name of ['ann', 'bo', 'cy']) await day.grant(name, { part: 'main', note: `${name} of a lab` });
    await day.grant('dee', { part: 'green' });
    await day.grant('sam', { role: 'scorer', event: FAIR });
    await day.grant('ada', { role: 'organizer', event: null });
    if (!planned) return day;
    const panel = (...names: string[]) =>
      names.map((name) => ({ person: idOf(name), name: `${name} of a lab` }));
    const since = new Date(house.clock.now().getTime() - LONG_AGO_MS);
    const calls = Array.from({ length: shown }, () => since);
    await stores.runs.save(aRun(FAIR, 'main', { panel: panel('ann', 'bo', 'cy'), calls, state }));
    await stores.runs.save(aRun(FAIR, 'green', { panel: panel('dee'), calls: [since], state }));
    return day;
  }

  async grant(name: string, given: Partial<Grant>): Promise<void> {
    await this.house.stores.grants.add(aGrant(idOf(name), { event: FAIR, ...given }));
  }

  /** The next project comes on stage. */
  async next(track = 'main'): Promise<void> {
    const run = await this.run(track);
    const command = { id: `n${run.rev}`, at: this.house.clock.now(), by: 'host', what: 'next' as const };
    await this.house.stores.runs.save({ ...run, commands: [...run.commands, command], rev: run.rev + 1 });
  }

  async score(given: Partial<Scoring>, track = 'main'): Promise<void> {
    const run = await this.run(track);
    await this.house.stores.runs.save({ ...run, scoring: { ...run.scoring, ...given }, rev: run.rev + 1 });
  }

  async run(track = 'main') {
    const [run] = await this.house.stores.runs.byId([runId(FAIR, track)]);
    if (!run) throw new Error(`expected the day of ${track}, received none`);
    return run;
  }

  /** What somebody hears when they say this; whatever it brings about is done. */
  async say(name: string, text: string, lang: Lang = 'en'): Promise<string> {
    const chat = this.chat(name, lang);
    return this.take(name, () => chat.say(text, chat.session.seq));
  }

  async press(name: string, label: string): Promise<string> {
    const chat = this.chat(name, 'en');
    return this.take(name, () => chat.press(label));
  }

  chat(name: string, lang: Lang = 'en'): Chat<Facts> {
    const known = this.chats.get(name);
    if (known) return known;
    const chat = new Chat<Facts>(book, undefined as unknown as Facts, lang);
    chat.session = newSession(lang, conversationOf(name));
    this.chats.set(name, chat);
    return chat;
  }

  private async take(name: string, act: () => unknown): Promise<string> {
    const chat = this.chat(name);
    const person = await met(this.house, name);
    const load = async () => {
      const [facts] = await this.verbs.loadFacts([person]);
      if (facts) chat.facts = facts;
    };
    const from = chat.heard.length;
    let done = chat.effects.length;
    await load();
    act();
    for (; done < chat.effects.length; done++) {
      const effect = chat.effects[done];
      if (!effect) continue;
      const outcome = await this.verbs.performEffect(effect, person.id);
      await load();
      chat.take({ kind: 'outcome', effect, outcome });
    }
    return chat.heard
      .slice(from)
      .map(({ text, choices }) => [text, ...(choices ?? []).map(({ label }) => `[${label}]`)].join('\n'))
      .join('\n');
  }

  async sheet(name: string, number: number): Promise<Sheet | undefined> {
    const [sheet] = await this.house.stores.sheets.byId([`p${number}/${idOf(name)}`]);
    return sheet;
  }

  /** `P01 ann submitted 84.40`: every sheet that anybody has written on. */
  async sheets(): Promise<string[]> {
    const tracks = await Promise.all(
      ['main', 'green'].map((one) => this.house.stores.sheets.ofTrack(FAIR, one)),
    );
    return tracks
      .flat()
      .filter(({ entries }) => entries.length > 0)
      .map(({ project, judge, state, total }) =>
        [project, judge.replace(idOf(''), ''), state, ...(total === null ? [] : [total])].join(' '),
      )
      .sort();
  }
}
