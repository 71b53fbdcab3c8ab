import { describe, expect, it } from 'vitest';
import type { Grant } from '../../src/domain/access.ts';
import { aCall, aProject } from '../support/projects.ts';
import { event, facts, guest, NOW, texts } from './guest.ts';

const track = { code: 'green', name: { zh: '绿色', en: 'Green' }, session: null, fields: [], capacity: null };
const fair = event('fair', { call: aCall({ tracks: [track] }) });
const expo = event('expo', { call: aCall(), title: { zh: '展会', en: 'Expo' } });
const grant = (given: Partial<Grant>): Grant => ({
  id: 'g',
  person: 'person',
  role: 'organizer',
  office: 'office',
  event: null,
  part: null,
  note: null,
  by: null,
  at: NOW,
  ended: null,
  ...given,
});
const organizer = () => guest(facts([fair, expo], { grants: [grant({})] }));
const nobody = () => guest(facts([fair]));

/** What is done with what was said, in short. */
function done(said: string, chat = organizer()): unknown {
  const before = chat.effects.length;
  chat.say(said);
  const effect = chat.effects[before];
  return effect ? [effect.kind, effect.input] : chat.last.text;
}

const decide = (given: object) => [
  'decide-project',
  { event: null, number: 3, messages: [], until: null, ...given },
];

describe('what a reviewer says', () => {
  it.each([
    ['review', ['review', { event: null, part: null, page: 0 }]],
    ['审核 fair', ['review', { event: fair.id, part: null, page: 0 }]],
    ['review fair energy page 2', ['review', { event: fair.id, part: 'energy', page: 1 }]],
    ['审核 fair 能源环境', ['review', { event: fair.id, part: 'energy', page: 0 }]],
    ['审核 green', ['review', { event: fair.id, part: 'green', page: 0 }]],
    ['审核P03', ['review-project', { event: null, number: 3, view: 'whole' }]],
    ['review p3 expo', ['review-project', { event: expo.id, number: 3, view: 'whole' }]],
    ['accept P03', decide({ verdict: 'accept' })],
    ['/accept P03 fair', decide({ verdict: 'accept', event: fair.id })],
    ['通过 Ｐ０３', decide({ verdict: 'accept' })],
    ['不通过 P03', ['review-project', { event: null, number: 3, view: 'reject' }]],
    ['reject P03 fair', ['review-project', { event: fair.id, number: 3, view: 'reject' }]],
    [
      'reject P03 fair price missing',
      decide({ verdict: 'reject', messages: [{ part: null, text: 'fair price missing' }] }),
    ],
    ['要求修改P03', ['review-project', { event: null, number: 3, view: 'changes' }]],
    ['note expo P03 look again', ['note-project', { event: expo.id, number: 3, text: 'look again' }]],
    ['回避审核 P03', ['review-project', { event: null, number: 3, view: 'conflict' }]],
    ['conflict P03 yes', ['stand-back', { event: null, number: 3 }]],
    ['撤销决定 P03', ['undecide-project', { event: null, number: 3 }]],
    ['审核结果 fair', ['decisions', { event: fair.id }]],
    ['publish decisions fair', ['decisions', { event: fair.id }]],
    ['公布审核结果 fair 45', ['publish-decisions', { event: fair.id, counted: 45 }]],
    ['公布排期 fair', ['schedule', { event: fair.id, track: null, page: 0 }]],
    ['publish P03', ['review-project', { event: null, number: 3, view: 'publish' }]],
    ['publish P03 fair yes', ['publish-decision', { event: fair.id, number: 3 }]],
  ])('“%s” is understood', (said, expected) => expect(done(said)).toEqual(expected));

  it.each([
    ['place green P03 P07', { numbers: [3, 7], place: null }],
    ['排期 P03 绿色 2', { numbers: [3], place: 2 }],
    ['place fair P03 green 2 insert anyway', { numbers: [3], place: 2, how: 'insert', anyway: true }],
  ])('“%s” places projects', (said, given) => {
    const usual = { event: fair.id, track: 'green', how: 'keep', anyway: false };
    expect(done(said)).toEqual(['place', { ...usual, ...given }]);
  });

  it('without a project, or of an unknown field, is told how to say it', () => {
    expect(done('通过')).toContain('accept P03');
    expect(done('note P03')).toContain('note P03 patents');
    expect(done('review nonsense')).toContain('no event, field or track “nonsense”');
    expect(done('place P03')).toContain('place P03 green 2');
    expect(done(`note P03 ${'x'.repeat(1_001)}`)).toContain('1,001 characters, and at most 1,000');
  });

  it('is not heard of anybody else, and a seat is still accepted by its ticket', () => {
    for (const said of ['审核', 'reject P03', 'publish decisions', 'place P03 green', 'accept P03'])
      expect(done(said, nobody())).toContain('reviewed by reviewers and the organizers');
    expect(done('accept P1234567', nobody())).toEqual(['answer-offer', expect.anything()]);
  });
});

describe('a reviewer', () => {
  it.each([
    [
      'invite reviewer fair energy the energy group',
      { event: fair.id, part: 'energy', notes: ['the energy group'] },
    ],
    ['邀请 审核人 fair 能源环境 能源组', { event: fair.id, part: 'energy', notes: ['能源组'] }],
    ['invite reviewer FAIR all hands', { event: fair.id, part: null, notes: ['all hands'] }],
  ])('is invited by “%s”', (said, given) =>
    expect(done(said)).toEqual(['invite', { role: 'reviewer', office: 'office', ...given }]),
  );

  it('is invited to an event that is chosen, and by nobody else', () => {
    const chat = organizer();
    chat.say('invite reviewer');
    expect(chat.labels).toEqual(['Matchmaking fair', 'Expo']);
    expect(done('invite reviewer fair', nobody())).toContain('Only owners');
  });

  it('is told what they review and how much waits', () => {
    const chat = nobody();
    chat.say('claim 7K2M9QXA');
    const review = { event: fair, waiting: 4 };
    const [reply] = chat.ends({
      ok: true,
      data: { ...grant({ role: 'reviewer', event: fair.id, part: 'energy' }), review },
    });
    expect(reply?.text).toBe(
      'You are a reviewer of “Matchmaking fair” now, for its projects of “Energy and environment”. 4 projects wait for you.',
    );
  });

  it('has a menu that leads to the projects', () => {
    const chat = guest(facts([fair], { grants: [grant({ role: 'reviewer', event: fair.id })] }));
    chat.say('help');
    expect(chat.labels).toContain('Review projects');
  });

  const words = ['Mine', 'Language / 语言'];
  const work = ['Notices', 'Review projects', 'Who is late', 'Project manual', 'Export'];
  it.each([
    ['organizer', [...words, ...work, 'Invite', 'Roles']],
    ['owner', [...words, ...work, 'Invite', 'Roles']],
  ] as const)('who is an %s too finds all of that in it, and never more than ten choices', (role, labels) => {
    const chat = guest(facts([fair, expo], { grants: [grant({ role })] }));
    chat.say('help');
    expect(chat.labels).toEqual(['Register: Matchmaking fair', ...labels]);
    expect(chat.labels.length).toBeLessThanOrEqual(10);
  });

  it('of 200 projects sees the counts first, ten lines and the next page', () => {
    const chat = organizer();
    chat.say('review fair');
    const waiting = Array.from({ length: 200 }, (_, i) => aProject({ number: i + 1, state: 'submitted' }));
    const page = {
      event: fair,
      isOrganizer: true,
      waiting,
      pending: 3,
      counts: { accepted: 5 },
      leftAlone: [],
      part: null,
    };
    const [reply] = chat.ends({ ok: true, data: [{ ...page, page: 19 }] });
    expect(reply?.text).toContain('200 projects wait for review (page 20)');
    expect(reply?.text).toContain('3 decided and not published · 5 accepted');
    expect(chat.labels).toHaveLength(11);
    chat.say('review fair');
    chat.ends({ ok: true, data: [{ ...page, page: 0 }] });
    expect(chat.last.choices?.at(-2)).toEqual({ value: 'review fair page 2', label: 'More' });
  });
});

describe('a team', () => {
  const project = aProject({
    number: 3,
    event: fair.id,
    members: [{ person: 'person', lead: true, at: NOW }],
  });
  const member = () => guest(facts([fair], { projects: [{ project, event: fair }] }));

  it.each([
    ['slot P03 yes', { accepted: true, seen: null }],
    ['时段 P03 不参加', { accepted: false, seen: null }],
    ['slot P03 no fair green 2', { accepted: false, seen: { track: 'green', place: 2 } }],
  ])('answers by “%s”', (said, given) =>
    expect(done(said, member())).toEqual(['answer-slot', { project: project.id, ...given }]),
  );

  it('is asked for its answer, or told that the project is not its own', () => {
    const chat = member();
    expect(texts(chat.say('slot P03'))).toEqual(['Will project P03 come to its slot?']);
    expect(texts(chat.say('slot P09 yes'))[0]).toContain('You are not a member of project P09');
  });
});
