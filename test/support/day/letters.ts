import mongoose from 'mongoose';
import { vi } from 'vitest';
import { readConfig } from '../../../src/config.ts';
import { joinEmbedded } from '../../../src/embedded/index.ts';
import { SHOWN } from './fair.ts';
import { HOST_A, HOST_B, ON_STAGE, SCORER } from './script.ts';

interface Row {
  readonly _id: string;
  readonly person: string;
  readonly state: string;
}

/** Everything that a house ever wrote to people by itself, read beside it. */
export class Letters {
  private readonly connection: mongoose.Connection;

  private constructor(connection: mongoose.Connection) {
    this.connection = connection;
  }

  static async of(env: Readonly<Record<string, string>>): Promise<Letters> {
    const { mongodbUri, dataDir } = readConfig(env);
    const uri = mongodbUri ?? (await joinEmbedded(dataDir))?.mongodbUri;
    if (!uri) throw new Error(`expected a store in ${dataDir}, received none`);
    return new Letters(await mongoose.createConnection(uri).asPromise());
  }

  private get rows() {
    return this.connection.collection<Row>('deliveries');
  }

  /** Resolves when no letter is on its way any more. */
  async gone(): Promise<void> {
    const state = { $in: ['pending', 'claimed', 'sending', 'retry_wait'] };
    await vi.waitUntil(async () => (await this.rows.findOne({ state })) === null, {
      timeout: 10_000,
      interval: 5,
    });
  }

  /** `callup P01 10 > team P01 sent`: what each was about, to whom, and how it ended; in order. */
  async all(nameOf: (person: string) => string): Promise<string[]> {
    const rows = await this.rows.find({}).toArray();
    return rows.map(({ _id, person, state }) => `${aboutOf(_id)} > ${nameOf(person)} ${state}`).sort();
  }

  async close(): Promise<void> {
    await this.connection.close();
  }
}

const codeOf = (project: string): string => `P${project.replace('project-', '').padStart(2, '0')}`;

/** What a row is about, without what only the machine knows. */
function aboutOf(id: string): string {
  const [kind = '', , track = '', about = '', more = '', what = ''] = id.split('/');
  if (kind === 'callup') return `callup ${about} ${more}`;
  if (kind === 'cue') return `cue ${about} ${what}`;
  if (kind === 'nudge') return `nudge ${codeOf(about)} ${what}`;
  if (kind === 'silent' || kind === 'complete') return `${kind} ${codeOf(about)}`;
  if (kind === 'locked') return `locked ${track}`;
  return kind === 'entered' ? 'entered' : id;
}

/** What each team is told of its time, in order: see the script for why. */
export const CALLED: Readonly<Record<string, string>> = {
  P01: '30 10 moved',
  P02: '30 moved 10 next',
  P03: '30 moved 10 next',
  P04: '30 moved absent moved-2 10 next',
  P05: '30 10',
  P06: '30 10 next',
  P07: '30 10 next',
  P08: '30 absent',
  P09: '30 moved 10 next paused moved-2',
  P10: '30 paused moved 10 next',
  P11: '30 10',
  P12: '30 10 next',
  P13: '30 moved 10 next',
  P14: '30 10 next',
  P15: '30 moved 10 next',
  P16: '30 10 next',
};

/** Who is asked for which sheet, and how often. */
const ASKED: readonly (readonly [string, string, 1 | 2])[] = [
  ['P02', 'main judge 3', 1],
  ['P06', 'digital judge 2', 2],
  ['P14', 'green judge 7', 2],
  ['P13', 'green judge 7', 2],
  ['P16', 'green judge 7', 2],
];

/** Every letter of the day by the script alone; `teams`: the names of each team's members. */
export function expectedLetters(teams: ReadonlyMap<string, readonly string[]>): string[] {
  const hostsOf = (project: string) => (SHOWN.main.includes(project) ? [HOST_A, HOST_B] : [HOST_B]);
  const calls = Object.entries(CALLED).flatMap(([project, whys]) =>
    whys
      .split(' ')
      .flatMap((why) => (teams.get(project) ?? []).map((name) => `callup ${project} ${why} > ${name}`)),
  );
  const cues = Object.keys(ON_STAGE).flatMap((project) =>
    hostsOf(project).flatMap((host) =>
      ['questions', 'last-minute'].map((what) => `cue ${project} ${what} > ${host}`),
    ),
  );
  const nudges = ASKED.flatMap(([project, judge, times]) =>
    Array.from({ length: times }, (_, i) => `nudge ${project} ${i + 1} > ${judge}`),
  );
  const silent = ASKED.filter(([, , times]) => times === 2).map(
    ([project]) => `silent ${project} > ${SCORER}`,
  );
  const complete = Object.keys(ON_STAGE)
    .filter((project) => !['P13', 'P14', 'P16'].includes(project))
    .flatMap((project) => hostsOf(project).map((host) => `complete ${project} > ${host}`));
  const locked = [
    'locked main > the organizer',
    ...['digital', 'green'].flatMap((track) => [
      `locked ${track} > the organizer`,
      `locked ${track} > ${SCORER}`,
    ]),
  ];
  const all = [...calls, ...cues, ...nudges, ...silent, ...complete, ...locked, 'entered > digital judge 2'];
  return all.map((one) => `${one} sent`).sort();
}
