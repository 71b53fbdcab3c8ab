import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Project, ProjectFile } from '../../src/domain/project.ts';
import type { Format, TableKind } from '../../src/usecases/export-ports.ts';
import type { Exported } from '../../src/usecases/export-projects.ts';
import type { Projects } from '../../src/usecases/ports.ts';
import { at } from '../domain/examples.ts';
import { aCall, aProject, parts, WRITTEN } from '../support/projects.ts';
import { FAIR, House } from './house.ts';
import { arrive, idOf } from './linking.ts';

const LIFE = at('2026-05-10T02:00Z');
const QUESTIONS = [
  {
    id: 'team',
    kind: 'multi' as const,
    ask: { zh: '团队？', en: 'Team?' },
    label: { zh: '团队构成', en: 'Team' },
    optional: true,
    choices: [
      { value: 'prof', label: { zh: '教师', en: 'professors' } },
      { value: 'phd', label: { zh: '博士生', en: 'PhD students' } },
    ],
  },
];
const TRACKS = [
  { code: 'main', name: { zh: '主会场', en: 'Main stage' }, session: null, fields: [], capacity: null },
];

async function grant(house: House, name: string, role: 'organizer' | 'reviewer', note: string | null = null) {
  await arrive(house, name);
  await house.stores.grants.add({
    id: `grant of ${name}`,
    person: idOf(name),
    role,
    office: 'office',
    event: role === 'reviewer' ? FAIR : null,
    part: null,
    note,
    by: null,
    at: LIFE,
    ended: null,
  });
}

/** A house with an organizer, a reviewer who is called by their office's words, and a guest. */
async function office(): Promise<House> {
  const house = await House.with({ call: aCall({ questions: QUESTIONS, tracks: TRACKS }) });
  await grant(house, 'organizer', 'organizer');
  await grant(house, 'reviewer', 'reviewer', 'judge of the energy field');
  await arrive(house, 'guest');
  await house.verbs.setLanguage({ person: idOf('organizer'), lang: 'en' });
  return house;
}

const project = (number: number, given: Partial<Project> = {}): Project =>
  aProject({ id: `project-${number}`, event: FAIR, number, ...given });

async function fileIn(house: House, id: string, words: string): Promise<ProjectFile> {
  const bytes = Buffer.from(words);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const file = { id, name: `${id}.pdf`, type: 'application/pdf', size: bytes.length };
  const meta = { ...file, sha256, conversation: 'web:main:x', createdAt: LIFE };
  await house.stores.files.add(meta, bytes, LIFE);
  return { ref: id, name: file.name, type: file.type, size: file.size };
}

async function exported(
  house: House,
  kind: TableKind,
  given: { format?: Format; name?: string; code?: string } = {},
) {
  const { format = 'csv', name = 'organizer', code = 'fair' } = given;
  const done = await house.verbs.exportProjects({ person: idOf(name), code, kind, format });
  if (!done.ok) return { reason: done.reason, rows: [], data: undefined };
  const bytes = await house.stores.files.open(done.data.file.id);
  const lines = Buffer.from(bytes ?? [])
    .toString()
    .replace(/^\ufeff/u, '')
    .trimEnd()
    .split('\r\n');
  return { reason: undefined, rows: lines.map((line) => line.split(',')), data: done.data as Exported };
}

const columns = ({ rows: [headings = [], ...rows] }: { rows: string[][] }): Record<string, string>[] =>
  rows.map((row) => Object.fromEntries(headings.map((heading, i) => [heading, row[i] ?? ''])));

describe('an export of projects', () => {
  it('has what the team wrote, by the names of the event, and when it was sent', async () => {
    const house = await office();
    const values = { ...WRITTEN, 'title-en': '=cmd()', 'own-team': ['prof', 'phd'] };
    const slot = { track: 'main', place: 3, state: 'confirmed' as const, at: LIFE };
    await house.stores.projects.save(
      project(1, { parts: parts(values), state: 'accepted', submittedAt: LIFE, slot }),
    );
    await house.stores.projects.save(project(2, { parts: {} }));
    const [first, second] = columns(await exported(house, 'projects'));
    expect(first).toMatchObject({
      Code: 'P01',
      State: 'accepted',
      'Title in English': "'=cmd()",
      Field: 'Energy and environment',
      'Kind of applicant': 'University department',
      Phone: "'+8613800138000",
      Stage: 'Pilot',
      'Capital (amount)': '5000000',
      'Capital (currency)': 'CNY',
      Track: 'Main stage',
      'Place in the track': '3',
      Slot: 'confirmed',
      Members: '1',
      'Submitted at (Asia/Shanghai)': '2026-05-10 10:00:00',
    });
    expect(second).toMatchObject({ Code: 'P02', State: 'draft', Track: '', 'Capital (amount)': '' });
  });

  it('is for organizers of the office alone, and of an event that they can name', async () => {
    const house = await office();
    await house.stores.projects.save(project(1));
    for (const name of ['guest', 'reviewer'])
      expect((await exported(house, 'projects', { name })).reason).toBe('not-allowed');
    expect((await exported(house, 'projects', { code: 'other' })).reason).toBe('unknown-event');
    expect((await exported(house, 'reviews')).reason).toBe('nothing');
    const person = idOf('organizer');
    const sole = await house.verbs.exportProjects({ person, code: null, kind: 'projects', format: 'xlsx' });
    expect(sole).toMatchObject({ ok: true, data: { listed: 1, file: { name: 'fair-projects.xlsx' } } });
  });

  it('is the same file when nothing has changed since', async () => {
    const house = await office();
    await house.stores.projects.save(project(1));
    const [first, again] = [await exported(house, 'projects'), await exported(house, 'projects')];
    expect(again.data?.file).toEqual(first.data?.file);
    await house.stores.projects.save(project(2));
    expect((await exported(house, 'projects')).data?.file.id).not.toBe(first.data?.file.id);
  });

  it('lists two thousand', async () => {
    const house = await office();
    const all = Array.from({ length: 2_000 }, (_, i) => project(i + 1));
    const asked: number[] = [];
    const ofEvent: Projects['ofEvent'] = async (_event, after, limit) => {
      asked.push(limit);
      return all.slice(after, after + limit);
    };
    const verbs = house.verbsOn({ ...house.stores, projects: { ...house.stores.projects, ofEvent } });
    const wanted = { person: idOf('organizer'), code: 'fair', kind: 'projects', format: 'xlsx' } as const;
    expect(await verbs.exportProjects(wanted)).toMatchObject({ ok: true, data: { listed: 2_000 } });
    expect(Math.max(...asked)).toBeLessThanOrEqual(500);
  });
});

describe('an export of reviews', () => {
  it('has who decided what, as whoever invited them called them, and else by id', async () => {
    const house = await office();
    const decision = {
      number: 1,
      verdict: 'changes' as const,
      messages: [{ part: 'market', text: 'who buys it?' }],
      by: idOf('reviewer'),
      at: LIFE,
      publishedAt: null,
    };
    const notes = [{ by: 'somebody', at: LIFE, text: 'ask again' }];
    await house.stores.projects.save(
      project(1, { state: 'submitted', decision, notes, conflicts: [idOf('reviewer')] }),
    );
    expect(columns(await exported(house, 'reviews'))).toEqual([
      {
        Code: 'P01',
        Title: 'Soil improvement with desulfurized coal waste',
        State: 'submitted',
        Verdict: 'ask for changes',
        Published: 'pending',
        'Decided by': 'judge of the energy field',
        'Decided at (Asia/Shanghai)': '2026-05-10 10:00:00',
        'Published at (Asia/Shanghai)': '',
        'Messages to the team': 'Market expansion plan: who buys it?',
        Notes: 'somebody: ask again',
        'Conflicts of interest': 'judge of the energy field',
      },
    ]);
  });
});

describe('an export of materials', () => {
  it('has every file, and where its bytes stand too', async () => {
    const house = await office();
    const [deck, copy, other] = [
      await fileIn(house, 'deck', 'the same'),
      await fileIn(house, 'copy', 'the same'),
      await fileIn(house, 'other', 'another'),
    ];
    const gone = { ...other, ref: 'gone', name: 'gone.pdf' };
    await house.stores.projects.save(
      project(1, { parts: parts({ deck, 'image-1': deck, 'image-2': other }) }),
    );
    await house.stores.projects.save(project(2, { parts: parts({ deck: copy, 'image-1': gone }) }));
    const rows = columns(await exported(house, 'materials'));
    expect(rows.map((row) => [row.Code, row.Part, row['File name'], row['Same file as']])).toEqual([
      ['P01', 'Deck', 'deck.pdf', expect.any(String)],
      ['P01', 'Picture 1', 'deck.pdf', expect.any(String)],
      ['P01', 'Picture 2', 'other.pdf', ''],
      ['P02', 'Deck', 'copy.pdf', expect.any(String)],
      ['P02', 'Picture 1', 'gone.pdf', ''],
    ]);
    expect(rows[4]?.['SHA-256']).toBe('the file is gone');
    await house.verbs.setLanguage({ person: idOf('organizer'), lang: 'zh' });
    const { rows: said } = await exported(house, 'materials');
    expect(said[1]?.at(-1)).toBe('P01 图片一、P02 路演材料');
    expect(said[1]?.[5]).toMatch(/^[0-9a-f]{64}$/u);
  });
});

describe('links to the files of a project', () => {
  const linked = async (house: House, name: string, code: string | null = null) => {
    const done = await house.verbs.linkFiles({ person: idOf(name), number: 1, code });
    return done.ok ? done.data.files.map(({ part, link }) => [part, link?.includes('/files/')]) : done.reason;
  };

  it('are for its team, its reviewers and its organizers, and for nobody else', async () => {
    const house = await office();
    await arrive(house, 'lead');
    const deck = await fileIn(house, 'deck', 'the deck');
    const members = [{ person: idOf('lead'), lead: true, at: LIFE }];
    const given = { parts: parts({ deck }), members };
    await house.stores.projects.save(project(1, given));
    expect(await linked(house, 'reviewer')).toBe('unknown-project');
    await house.stores.projects.save(project(1, { ...given, state: 'submitted', rev: 2 }));
    for (const name of ['lead', 'reviewer', 'organizer']) {
      expect(await linked(house, name)).toEqual([['deck', true]]);
      expect(await linked(house, name, 'fair')).toEqual([['deck', true]]);
      expect(await linked(house, name, 'other')).toBe('unknown-project');
    }
    expect(await linked(house, 'guest')).toBe('unknown-project');
    const conflicts = [idOf('reviewer')];
    await house.stores.projects.save(project(1, { ...given, state: 'submitted', conflicts, rev: 3 }));
    expect(await linked(house, 'reviewer')).toBe('unknown-project');
  });

  it('are none while there are no files', async () => {
    const house = await office();
    await house.stores.projects.save(project(1));
    expect(await linked(house, 'organizer')).toBe('no-files');
  });
});
