import { z } from 'zod';
import type { Context, Flow, Told } from '../src/conversation/flow.ts';
import type { Effect, Outcome } from '../src/conversation/types.ts';
import type { VotedRow } from '../src/domain/ballot.ts';
import type { Event } from '../src/domain/event.ts';
import { type Project, projectCode, titleOf } from '../src/domain/project.ts';
import { formatClock } from '../src/domain/time.ts';
import { fill, sideBySide, type Text } from '../src/text/text.ts';
import type { Votable, VoteCast } from '../src/usecases/cast-vote.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import type { VoteClosed, VoteStand } from '../src/usecases/run-vote.ts';
import { offer, tell } from './telling.ts';

type C = Context<Facts>;

const TEXTS = {
  title: { zh: '观众投票', en: 'Audience vote' },
  ask: {
    zh: '请选择您支持的项目，最多 {most} 个。{mine}',
    en: 'Which projects do you vote for? You have {most, plural, one {# vote} other {up to # votes}}.{mine}',
  },
  mine: { zh: '您目前投给：{codes}。', en: ' Your vote so far: {codes}.' },
  label: { zh: '您的投票', en: 'Your vote' },
  again: {
    zh: '请发送“投票”，再点选项目。',
    en: 'Please send “vote” and choose the projects.',
  },
  choice: { zh: '{code} {title}', en: '{code} {title}' },
  review: {
    zh: '请核对您的投票，投票结束前可以修改：',
    en: 'Please check your vote. You can change it until the vote closes:',
  },
  confirm: { zh: '提交投票', en: 'Vote' },
  cast: {
    zh: '已收到您的投票：{codes}。投票结束前可以随时修改，以最后一次为准。',
    en: 'Your vote counts for {codes}. You can change it until the vote closes; the last one counts.',
  },
  opened: {
    zh: '“{title}”观众投票已开启。已报名的观众发送“投票”即可参与，最多投 {most} 个项目。',
    en: 'The audience vote of “{title}” is open. Registered guests send “vote”, and can choose up to {most, plural, one {# project} other {# projects}}.',
  },
  closed: {
    zh: '“{title}”观众投票已结束，结果由主办方公布。',
    en: 'The audience vote of “{title}” is closed. The organizers publish the result.',
  },
  closeIt: { zh: '结束投票', en: 'Close the vote' },
  publishIt: { zh: '公布结果', en: 'Publish the result' },
  reopen: { zh: '重新开启投票', en: 'Open it again' },
  stand: {
    zh: '“{title}”观众投票（{state}），共 {ballots} 人投票。{lines}',
    en: 'Audience vote of “{title}” ({state}): {ballots, plural, one {# ballot} other {# ballots}}.{lines}',
  },
  published: {
    zh: '“{title}”观众投票结果\n共 {ballots} 人投票。{lines}',
    en: 'Result of the audience vote of “{title}”\n{ballots, plural, one {# person} other {# people}} voted.{lines}',
  },
  line: {
    zh: '\n第 {place} 名{tied, select, yes {（并列）} other {}}：{code} {title}，{votes} 票',
    en: '\nPlace {place}{tied, select, yes { (shared)} other {}}: {code} {title}, {votes, plural, one {# vote} other {# votes}}',
  },
  more: {
    zh: '\n其余 {count} 个项目的票数更少。',
    en: '\n{count, plural, one {# more project has} other {# more projects have}} fewer votes.',
  },
  announced: {
    zh: '结果已公布，任何人发送“投票结果”都可以查看。以下文字可以直接转发：\n\n{text}',
    en: 'The result is public: anybody can send “vote result” to read it. You can pass this on as it is:\n\n{text}',
  },
} as const satisfies Record<string, Text>;

const STATES: Readonly<Record<VoteStand['state'], Text>> = {
  open: { zh: '进行中', en: 'open' },
  closing: { zh: '正在结束', en: 'closing' },
  closed: { zh: '已结束，未公布', en: 'closed, not published' },
  published: { zh: '已公布', en: 'published' },
};

const REFUSED: Readonly<Record<string, Text>> = {
  'no-vote': { zh: '这个活动不设观众投票。', en: 'That event has no audience vote.' },
  'not-registered': {
    zh: '只有已报名“{title}”的观众可以投票。报名请发送“报名 {event}”。',
    en: 'Only registered guests of “{title}” can vote. To register, send “register {event}”.',
  },
  'not-open': {
    zh: '“{title}”的观众投票还没有开启。',
    en: 'The audience vote of “{title}” has not been opened yet.',
  },
  closed: {
    zh: '“{title}”的观众投票已经结束，投票不能再改动。',
    en: 'The audience vote of “{title}” has closed; nothing can be changed any more.',
  },
  'nothing-shown': {
    zh: '还没有可以投票的项目：路演过的项目才能投票，自己团队的除外。',
    en: 'There is nothing to vote for yet: only projects that have been on stage, and not those of your own team.',
  },
  none: { zh: '请至少选择一个项目。', en: 'Please choose at least one project.' },
  'too-many': {
    zh: '最多只能投 {most} 个项目，投票没有改动。请减少后再发。',
    en: 'That is too many: you can vote for up to {most, plural, one {# project} other {# projects}}. Nothing was changed; please choose fewer.',
  },
  'unknown-project': {
    zh: '没有参加路演的项目 {code}，投票没有改动。请核对编号，例如：投票 P03',
    en: 'No project {code} takes part in the roadshow; nothing was changed. Please check the code, for example: vote P03',
  },
  'not-shown': {
    zh: '{code} 还没有路演，投票没有改动。请在它路演之后再投。',
    en: '{code} has not been on stage yet; nothing was changed. Please vote for it after its presentation.',
  },
  'own-project': {
    zh: '{code} 是您自己团队的项目，不能投给它，投票没有改动。',
    en: '{code} is a project of your own team, so you cannot vote for it; nothing was changed.',
  },
  twice: {
    zh: '{code} 写了两次，每个项目只能投一票，投票没有改动。',
    en: 'You named {code} twice. A project gets one vote from each person; nothing was changed.',
  },
  'too-often': {
    zh: '您一小时内改动投票的次数过多，请在 {again} 之后再改。目前的投票仍然有效。',
    en: 'You have changed your vote too often within an hour. Please wait until {again}; your present vote counts.',
  },
  'not-allowed': {
    zh: '只有这个活动的主办方可以查看和公布结果，开启和结束投票也可以由主持人操作。结果公布后所有人都能查看。',
    en: 'Only organizers of the event can see and publish the result; hosts can open and close the vote, too. Once the result is public, everybody can read it.',
  },
  published: {
    zh: '“{title}”的投票结果已经公布，不能再开启投票。',
    en: 'The result of the audience vote of “{title}” is public, so the vote cannot be opened again.',
  },
  'still-open': {
    zh: '“{title}”的观众投票还在进行。请先发送“结束投票”，再公布结果。',
    en: 'The audience vote of “{title}” is still open. Please send “vote close” first, then publish.',
  },
};

const LISTED = 20;

const optionsSchema = z.object({
  most: z.int(),
  mine: z.array(z.string()),
  projects: z.array(z.object({ number: z.int(), label: z.string() })),
});
type Options = z.infer<typeof optionsSchema>;

/** What a form was begun with; undefined: it is none of ours. */
function readOptions(text: unknown): Options | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    return optionsSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

const codesOf = (projects: readonly Project[], { lang }: C): string =>
  sideBySide(projects.map(projectCode), lang);

/** One vote, chosen among the projects that were on stage when it was begun. */
export const voteFlow: Flow<Facts> = {
  id: 'vote',
  title: ({ lang }) => TEXTS.title[lang],
  questions: [
    {
      kind: 'text',
      id: 'event',
      preset: true,
      ask: TEXTS.again,
      label: { zh: '活动', en: 'Event' },
      parse: (text) => ({ ok: text }),
    },
    {
      kind: 'text',
      id: 'options',
      preset: true,
      ask: TEXTS.again,
      label: { zh: '项目', en: 'Projects' },
      parse: (text, { lang }) => (readOptions(text) ? { ok: text } : { wrong: TEXTS.again[lang] }),
    },
    {
      kind: 'multi',
      id: 'projects',
      label: TEXTS.label,
      ask({ answers, lang }) {
        const { most = 1, mine = [] } = readOptions(answers.options) ?? {};
        const codes = sideBySide(mine, lang);
        return fill(TEXTS.ask, lang, {
          most,
          mine: mine.length > 0 ? fill(TEXTS.mine, lang, { codes }) : '',
        });
      },
      choices: ({ answers }) =>
        (readOptions(answers.options)?.projects ?? []).map(({ number, label }) => ({
          value: String(number),
          label,
        })),
    },
  ],
  review: TEXTS.review,
  confirm: TEXTS.confirm,
  effect: ({ answers }) => ({
    kind: 'vote',
    input: {
      event: typeof answers.event === 'string' ? answers.event : '',
      numbers: (Array.isArray(answers.projects) ? answers.projects : []).map(Number),
    },
  }),
};

interface Refusal {
  readonly event?: Event;
  readonly number?: number;
  readonly most?: number;
  readonly again?: Date;
}

function refusal({ reason, data }: Extract<Outcome, { ok: false }>, c: C): Told {
  const { event, number = 0, most = 0, again } = (data ?? {}) as Refusal;
  return tell(REFUSED[reason] ?? TEXTS.again, c, {
    title: event?.title[c.lang] ?? '',
    event: event?.code ?? '',
    code: projectCode({ number }),
    most,
    again: event && again ? formatClock(again, event.zone, c.lang) : '',
  });
}

/** Refusals that another choice mends. */
const MENDED = ['none', 'too-many', 'not-shown', 'own-project', 'unknown-project'];

function startVote({ event, most, projects, mine }: Votable, { lang }: C): Told {
  const options: Options = {
    most,
    mine: mine.map(projectCode),
    projects: projects.map((one) => ({
      number: one.number,
      label: fill(TEXTS.choice, lang, {
        code: projectCode(one),
        title: [...titleOf(one, lang)].slice(0, 30).join(''),
      }),
    })),
  };
  return {
    replies: [],
    start: {
      flow: 'vote',
      raw: {
        event: { kind: 'text', text: event.id },
        options: { kind: 'text', text: JSON.stringify(options) },
      },
    },
  };
}

const lineOf = (row: VotedRow, { lang }: C): string =>
  fill(TEXTS.line, lang, {
    place: row.place,
    tied: row.tied ? 'yes' : 'no',
    code: projectCode(row),
    title: row.title[lang],
    votes: row.votes,
  });

function standText({ event, state, result }: VoteStand, c: C): string {
  // Nobody's place is left out beside somebody of as many votes.
  const last = result.rows[LISTED - 1]?.votes ?? 0;
  const listed = result.rows.filter((row, i) => i < LISTED || row.votes === last);
  const rest = result.rows.length - listed.length;
  const lines = listed.map((row) => lineOf(row, c)).join('');
  return fill(state === 'published' ? TEXTS.published : TEXTS.stand, c.lang, {
    title: event.title[c.lang],
    state: STATES[state][c.lang],
    ballots: result.ballots,
    lines: rest > 0 ? lines + fill(TEXTS.more, c.lang, { count: rest }) : lines,
  });
}

function tellStand(stand: VoteStand, c: C): Told {
  const { code } = stand.event;
  const choices = {
    open: [{ value: `vote close ${code}`, label: TEXTS.closeIt[c.lang] }],
    closing: [{ value: `vote close ${code}`, label: TEXTS.closeIt[c.lang] }],
    closed: [
      { value: `vote publish ${code}`, label: TEXTS.publishIt[c.lang] },
      { value: `vote open ${code}`, label: TEXTS.reopen[c.lang] },
    ],
    published: [],
  };
  return offer(standText(stand, c), choices[stand.state]);
}

type Teller = (outcome: Outcome, c: C, effect: Effect) => Told;

const told =
  <T>(say: (data: T, c: C) => Told): Teller =>
  (outcome, c) =>
    outcome.ok ? say(outcome.data as T, c) : refusal(outcome, c);

/** What is told about the vote of the audience, by effect. */
export const voteTellers: Readonly<Record<string, Teller>> = {
  'show-vote': told(startVote),
  vote(outcome, c, { run }) {
    if (outcome.ok) return tell(TEXTS.cast, c, { codes: codesOf((outcome.data as VoteCast).projects, c) });
    const said = refusal(outcome, c);
    return run && MENDED.includes(outcome.reason) ? { ...said, reopen: ['projects'] } : said;
  },
  'open-vote': told(({ event }: { event: Event }, c) =>
    offer(fill(TEXTS.opened, c.lang, { title: event.title[c.lang], most: event.call?.roadshow.votes ?? 0 }), [
      { value: `vote close ${event.code}`, label: TEXTS.closeIt[c.lang] },
    ]),
  ),
  'close-vote': told(({ event, stand }: VoteClosed, c) =>
    stand ? tellStand(stand, c) : tell(TEXTS.closed, c, { title: event.title[c.lang] }),
  ),
  'vote-result': told(tellStand),
  'publish-vote': told((stand: VoteStand, c) => tell(TEXTS.announced, c, { text: standText(stand, c) })),
};
