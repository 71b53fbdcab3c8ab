import { describe, expect, it } from 'vitest';
import type { Grant } from '../../src/domain/access.ts';
import type { Invitation } from '../../src/usecases/list-invitations.ts';
import fc from '../support/any.ts';
import { aCall } from '../support/projects.ts';
import { event, facts, guest, NOW } from './guest.ts';

const trackOf = (code: string, zh: string, en: string) => ({
  code,
  name: { zh, en },
  session: null,
  fields: [],
  capacity: null,
});
const MAIN = trackOf('main', '主会场', 'Main stage');
const GREEN = trackOf('green', '绿色', 'Green');
const fair = event('fair', { call: aCall({ tracks: [MAIN, GREEN] }) });
const expo = event('expo', { call: aCall({ tracks: [] }), title: { zh: '展会', en: 'Expo' } });
const salon = event('salon', { title: { zh: '沙龙', en: 'Salon' } });
const grant = (given: Partial<Grant> = {}): Grant => ({
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
const organizer = (events = [fair, expo, salon], lang: 'zh' | 'en' = 'en') =>
  guest(facts(events, { grants: [grant()] }), lang);
const nobody = () => guest(facts([fair]));

/** What is done with what was said, in short. */
function done(said: string, chat = organizer()): unknown {
  const before = chat.effects.length;
  chat.say(said);
  const effect = chat.effects[before];
  return effect ? [effect.kind, effect.input] : chat.last.text;
}
const invite = (given: object) => [
  'invite',
  { role: 'judge', office: 'office', event: fair.id, part: 'main', notes: [null], ...given },
];
const many = (count: number, note: string | null = null) => Array.from({ length: count }, () => note);

describe('who is invited', () => {
  it.each([
    ['invite judge fair main', {}],
    ['invite judge main', {}],
    ['邀请 评委 fair 主会场 产业评委', { notes: ['产业评委'] }],
    ['邀请评委 主会场', {}],
    ['invite judge main x5', { notes: many(5) }],
    ['邀请 评委 main 5个', { notes: many(5) }],
    ['邀请 评委 main ×３ 产业组', { notes: many(3, '产业组') }],
    ['邀请 评委 main：评委一、评委二，评委三', { notes: ['评委一', '评委二', '评委三'] }],
    ['invite judge fair all: A, B', { part: null, notes: ['A', 'B'] }],
    ['invite judge main:', {}],
    ['invite judge main group: east', { notes: ['group: east'] }],
    ['invite judge expo', { event: expo.id, part: null }],
    ['邀请 计分长 fair 全部赛道', { role: 'scorer', part: null }],
    ['invite chief scorer green', { role: 'scorer', part: 'green' }],
    ['邀请 主持 绿色', { role: 'host', part: 'green' }],
    ['invite staff salon x30', { role: 'staff', event: salon.id, part: null, notes: many(30) }],
    ['邀请 工作人员 fair 签到组', { role: 'staff', part: null, notes: ['签到组'] }],
  ])('is understood from “%s”', (said, given) => expect(done(said)).toEqual(invite(given)));

  it.each(['invite judge main x31', 'invite judge main x0', `invite judge main: ${'A,'.repeat(31)}`])(
    'is no more than 30 at once: %s',
    (said) => expect(done(said)).toContain('1 to 30 codes'),
  );

  it('is asked for by buttons: the event, then the track, and nothing that was said is lost', () => {
    const chat = organizer();
    chat.say('invite judge: A, B');
    expect(chat.labels).toEqual(['Matchmaking fair', 'Expo']);
    chat.press('Matchmaking fair');
    expect(chat.labels).toEqual(['Main stage', 'Green', 'All tracks']);
    expect(chat.last.text).toBe('Inviting a judge of “Matchmaking fair”: please choose the track.');
    chat.press('Green');
    expect(chat.effects.at(-1)?.input).toMatchObject({ event: fair.id, part: 'green', notes: ['A', 'B'] });
  });

  it('is asked for the track alone where there is one event', () => {
    const chat = organizer([fair], 'zh');
    chat.say('邀请 评委');
    expect(chat.labels).toEqual(['主会场', '绿色', '全部赛道']);
    chat.press('全部赛道');
    expect(chat.effects.at(-1)?.input).toMatchObject({ part: null, notes: [null] });
  });

  it('is none of an event without a call, but staff', () => {
    const chat = organizer([salon]);
    expect(done('invite judge', chat)).toContain('no event to invite a judge to');
    chat.say('invite');
    expect(chat.labels).toEqual(['Invite staff']);
    expect(done('invite owner', organizer())).toMatchObject(['invite', { role: 'owner' }]);
  });

  it('is nobody’s say but owners’ and organizers’', () => {
    for (const said of ['invite judge main', 'invites', '角色', '邀请记录 撤销 3F9A2C yes'])
      expect(done(said, nobody())).toContain('Only owners');
  });

  it('whatever is said, makes no more than 30 codes with short notes', () => {
    const words = fc.array(
      fc.constantFrom(
        'judge',
        '评委',
        'fair',
        'main',
        'all',
        'x5',
        'x99',
        ':',
        '、',
        '甲',
        'A,B',
        '7',
        '3个',
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(words, fc.string(), (said, end) => {
        const chat = organizer();
        chat.say(`invite judge ${said.join(' ')}${end}`);
        const { notes = [] } = (chat.effects.at(-1)?.input ?? {}) as { notes?: (string | null)[] };
        expect(notes.length).toBeLessThanOrEqual(30);
        for (const note of notes) expect((note ?? 'x').length).toBeLessThanOrEqual(60);
        expect(chat.effects.length + chat.heard.length).toBeGreaterThan(0);
      }),
    );
  });
});

const CODE = { code: '7K2M-9QXA', note: null, link: undefined };
const made = (codes: object[], until = new Date('2026-05-20T17:00+08:00'), given: object = {}) => ({
  ok: true as const,
  data: {
    scope: { role: 'judge', office: 'office', event: fair.id, part: 'main' },
    about: { ...fair, endsAt: new Date('2026-05-20T17:00+08:00') },
    codes,
    until,
    ...given,
  },
});

describe('an invitation', () => {
  it('of one is ready to be passed on', () => {
    const chat = organizer();
    chat.say('invite judge main');
    chat.ends(made([{ ...CODE, link: 'https://luyan.example.org/?event=claim-7K2M9QXA' }]));
    expect(chat.last.text).toBe(
      'Pass this on to the person you mean:\n\nclaim 7K2M-9QXA\nor open https://luyan.example.org/?event=claim-7K2M9QXA\n\nWhoever sends it to me becomes a judge of “Matchmaking fair” (“Main stage”). It works once, until the event ends (Wed, 20 May 2026 17:00 (Asia/Shanghai)).',
    );
  });

  it('of many has a line for each, with their names', () => {
    const chat = organizer([fair], 'zh');
    chat.say('邀请 评委 main：评委一、评委二');
    const codes = [
      { ...CODE, note: '评委一' },
      { ...CODE, code: 'AAAA-BBBB', note: '评委二' },
    ];
    chat.ends(made(codes, new Date('2026-05-27T10:00+08:00')));
    const [head, ...lines] = chat.last.text.split('\n');
    expect(head).toContain('共 2 个认领码');
    expect(head).toContain('的评委（主会场）。每个认领码只能使用一次，有效期至 2026年5月27日');
    expect(lines).toEqual([
      '',
      '评委一：认领 7K2M-9QXA',
      '评委二：认领 AAAA-BBBB',
      '',
      '发送“邀请记录”可查看谁已认领，也可以撤销。',
    ]);
  });

  it('by a link is told first, and taken or left by a button', () => {
    const chat = nobody();
    chat.open('claim-7K2M9QXA');
    expect(chat.effects.at(-1)).toMatchObject({ kind: 'check-claim', input: { code: '7k2m9qxa' } });
    const offered = { role: 'judge', office: 'office', event: fair.id, part: 'main', about: fair };
    chat.ends({ ok: true, data: offered });
    expect(chat.last.text).toBe('This makes you a judge of “Matchmaking fair” (“Main stage”). Do you agree?');
    chat.press('No, leave it');
    expect(chat.last.text).toContain('the code is unused');
    expect(chat.effects).toHaveLength(1);
    chat.press('Yes, I agree');
    expect(chat.effects.at(-1)).toMatchObject({ kind: 'claim', input: { code: '7k2m9qxa' } });
    chat.ends({ ok: true, data: grant({ role: 'judge', event: fair.id, part: 'main' }) });
    expect(chat.last.text).toContain('You are a judge of “Matchmaking fair” (“Main stage”) now.');
  });

  it('by a link that leads to no code is a link to an event', () => {
    const chat = nobody();
    chat.open('claim-?');
    expect(chat.last.text).toContain('There is no event “claim-?”');
  });
});

const invitation = (given: Partial<Invitation> = {}): Invitation => ({
  role: 'judge',
  office: 'office',
  event: fair.id,
  part: 'main',
  mark: '3F9A2C',
  note: 'the first',
  about: fair,
  state: 'open',
  at: new Date('2026-05-20T17:00+08:00'),
  ended: false,
  ...given,
});

describe('the list of invitations', () => {
  it('names what became of each, and revokes open ones after a question', () => {
    const chat = organizer();
    expect(done('invites fair', chat)).toEqual(['invitations', { event: fair.id, page: 0 }]);
    const used = invitation({ mark: 'AAAAAA', note: null, state: 'used', ended: true });
    chat.ends({ ok: true, data: [invitation(), used] });
    expect(chat.last.text).toBe(
      'Invitations:\n\nOpen (1)\n- 3F9A2C a judge of “Matchmaking fair” (“Main stage”), the first, until 2026-05-20 17:00\n\nUsed (1)\n- AAAAAA a judge of “Matchmaking fair” (“Main stage”), used 2026-05-20 17:00, role taken back',
    );
    expect(chat.labels).toEqual(['Revoke: 3F9A2C the first']);
    chat.press('Revoke: 3F9A2C the first');
    chat.press('Yes, revoke it');
    expect(chat.effects.at(-1)).toMatchObject({ kind: 'revoke-invitation', input: { mark: '3f9a2c' } });
    chat.ends({ ok: true, data: invitation({ state: 'revoked' }) });
    expect(chat.last.text).toContain('Invitation 3F9A2C is revoked: a judge of “Matchmaking fair”');
    chat.say('invites revoke 3F9A2C yes');
    chat.ends({ ok: false, reason: 'used' });
    expect(chat.last.text).toContain('Send “roles” to take the role back');
  });

  it('of many has pages, each within a message', () => {
    const chat = organizer();
    const all = Array.from({ length: 30 }, (_, i) =>
      invitation({ mark: `3F9A${i + 10}`, note: '长'.repeat(60) }),
    );
    chat.say('invites fair');
    chat.ends({ ok: true, data: all });
    expect(chat.last.text.length).toBeLessThan(4_000);
    expect(chat.last.choices?.at(-1)).toEqual({ value: 'invites fair page 2', label: 'More' });
    chat.press('More');
    chat.ends({ ok: true, data: all });
    expect(chat.last.text).toContain('Invitations (page 2):');
    expect(done('邀请记录 page 99', chat)).toEqual(['invitations', { event: null, page: 98 }]);
    chat.ends({ ok: true, data: all });
    expect(chat.labels).toHaveLength(6);
  });
});

describe('the list of roles', () => {
  it('names event and track, and says what becomes of the sheets', () => {
    const chat = organizer([fair], 'zh');
    expect(done('角色 fair', chat)).toEqual(['roles', { event: fair.id, page: 0 }]);
    const judge = { ...grant({ role: 'judge', event: fair.id, part: 'main', note: '评委一' }), about: fair };
    chat.ends({ ok: true, data: [judge] });
    const [label = ''] = chat.labels;
    expect(label).toBe('评委（主会场，fair）：评委一（您本人）');
    chat.press(label);
    expect(chat.effects.at(-1)).toMatchObject({ kind: 'weigh-role', input: { grant: 'g' } });
    chat.ends({ ok: true, data: { ...judge, sheets: 3 } });
    expect(chat.last.text).toContain('确定收回吗？收回后立即生效。这位评委已有的 3 张评分表原样保留');
    chat.press('确定收回');
    chat.ends({ ok: true, data: { ...judge, sheets: 3 } });
    expect(chat.last.text).toContain('已有的 3 张评分表保留。');
  });
});
