import { describe, expect, it } from 'vitest';
import fc from '../support/any.ts';
import { MemoryReplay } from '../transcripts/memory-replay.ts';
import type { SceneName } from '../transcripts/scenes.ts';

const WORDS = [
  [
    '报名',
    'register fair',
    'register salon',
    '日程',
    'agenda',
    '我的',
    'mine',
    '修改',
    'change',
    '取消',
    'cancel',
  ],
  [
    'cancel salon yes',
    '取消 fair yes',
    '语言',
    'language en',
    '中文',
    'English',
    '帮助',
    'help',
    '退订',
    'subscribe',
  ],
  [
    '接受',
    'decline',
    'accept 7K2M9QXA',
    '继续',
    'back',
    '返回',
    'skip',
    '跳过',
    '确认',
    'yes',
    '好的',
    '同意',
  ],
  [
    'link',
    '绑定 7K2M9QXA',
    'link 7K2M9QXA yes',
    '解绑其他',
    'unlink other yes',
    'ticket',
    'LY1.7K2M9QXA.h3Jq0sTaxY2kLm9P',
  ],
  ['1', '2', '３', '第1个', '1 3', '全部', '9', '张工', 'Ann', '某大学', '13800138000', 'a@example.org'],
  ['', '😀', '{"$ne":1}', 'language constructor', '__proto__', 'x'.repeat(10_000)],
].flat();

/** What organizers say beside it. */
const ORDERS = [
  [
    'notice',
    '通知 fair',
    'notice new',
    'notice N1',
    '通知 N1 发送 2',
    'notice N1 send 1',
    'notice N1 change',
  ],
  [
    'notice N1 test',
    '通知 N1 报告',
    'notice N1 cancel',
    'notice N1 pause',
    '通知 N1 重发',
    'notice N2 send 2',
  ],
  [
    'notice N1 resend failed yes',
    'notice N1 without web',
    'notice N1 post',
    'received N1',
    '收到',
    'notice with live',
  ],
  ['template', '模板 保存 N1 gate', 'template gate', 'template remove gate office yes', 'template save N1 A'],
  ['onsite and not language en', '现场', 'role owner', 'nobody', '{name}', '{称呼}', 'https://example.org/a'],
  [
    'late',
    '缺材料 fair',
    'chase',
    '催交 发送 2',
    'extend P01 2d',
    '延期 P2 取消',
    'extend all now',
    'extend P1',
  ],
  ['全部延期 2天', 'reopen P02', '重新开放 P01 取消', 'reopen P9 2020-01-01 10:00', 'late from 2', 'extend'],
  ['now', '明天 18:00', 'opening -30m', '2020-01-01 10:00', '普通通知', 'Critical', '继续'],
].flat();

/** What those say who review projects and place them. */
const REVIEWING = [
  ['审核', 'review P01', 'review fair energy', 'review fair page 9', '审核 P99', 'review nothing'],
  [
    'accept P01',
    '通过 P02',
    'reject P03',
    '不通过 P03 材料不全',
    'changes P02',
    '专利',
    'The project as a whole',
  ],
  [
    'undecide P01',
    'note P01 x',
    'conflict P02',
    'conflict P02 yes',
    '审核结果',
    'decisions fair',
    'publish P01 yes',
  ],
  [
    'publish decisions fair 1',
    '公布审核结果 fair 2',
    'publish',
    'publish schedule fair 1',
    '明天 18:00',
    '选好了',
  ],
  [
    'place main P01 P02',
    'place P01 main 1',
    'place P02 main 1 insert',
    '排期 P01 main 2 对调',
    'schedule',
    '排期 main',
  ],
  [
    'unplace P01',
    'slot P01 yes',
    '时段 P01 不参加',
    'invite reviewer fair',
    '邀请 审核人 fair 能源环境 能源组',
  ],
  [
    'invite judge',
    '邀请 评委 main：评委一、评委二',
    'invite judge x30',
    'invite staff x99',
    '邀请 主持 main',
    'claim 7K2M9QXB',
  ],
  ['invites', '邀请记录 fair', 'invites page 9', 'invites revoke 3F9A2C yes', 'roles fair', 'roles page 2'],
].flat();

/** What those say who see to the scoring of a track. */
const SCORING = [
  ['排名', 'standing main', '排名 fair 主会场', 'standings nowhere', 'progress', '打分进度 main'],
  [
    'lock',
    'lock track main 1',
    '锁定打分 主会场',
    'lock main 99',
    'publish results',
    '公布结果 main r1',
    'publish results main r2',
  ],
  ['reopen sheet P03 J3 late', '重开评分表 P01 J2 录入有误', 'reopen sheet P9 J1 x', '重开评分表'],
  [
    'decide P01 P03 the panel',
    '裁定 P01 P02 合议',
    'decide P01',
    'award P05 x',
    '授奖 P03 最佳展示',
    'award P03 none',
  ],
  ['announce results', '发布结果通知 fair', 'announce results nowhere'],
].flat();

/** What those say who judge a track and drive it. */
const STAGE = [
  [
    '85 90 78',
    '８５，９０，７８ 很扎实',
    'P01 85/90/78',
    '1号 85 90 78',
    '市场90 产业化85',
    'P04 80 80 80',
    '85',
  ],
  [
    'P01 85 190 78',
    'P01 85 90',
    'P01 P02 85 90 78',
    'P99 1 2 3',
    '85.25 90 78',
    '产业化85 产业化90',
    '-1 2 3',
  ],
  ['打分', 'score P02', '打分 P01', '5分', '90', 'correct', '更正 P01 80 80 80', 'score page 9'],
  ['回避', 'recuse P02', '撤销回避 P02', 'return P03', '我的评分', 'sheets', '评委须知 fair', 'briefing'],
  ['confirm judge', '确认担任评委', '评委席', 'judges', '代 评委1 P01 85 90 78', 'for J9 P01 1 2 3', 'proxy'],
  ['now', '现在 fair', 'next', '下一个', 'next main #2', 'next', 'run', '流程 主赛道', '排流程 main 25:00'],
  ['run plan main 10:30', 'run add', '加环节 签约 成果转化签约 5', '甲方单位\n乙方单位', '休息', '15'],
  ['delay 10', '延时', 'delay 999', 'swap P02 P03', '换序 P02', 'noshow P03', '缺席 P09', 'pause', '暂停'],
  [
    '继续流程',
    'resume run',
    'undo',
    '撤销',
    'close',
    '结束打分 main',
    'close main yes',
    'standing',
    'progress',
  ],
  ['vote P01', '开启投票', 'vote result', 'paper', '打印流程 main', '评分表格', 'import scores', 'paper run'],
].flat();

const actOf = (words: readonly string[]) =>
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({ does: fc.constant('says' as const), what: fc.constantFrom(...words) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        does: fc.constant('opens' as const),
        what: fc.constantFrom('', 'fair', 'no', 'claim-7K2M9QXA'),
      }),
    },
    { weight: 1, arbitrary: fc.record({ does: fc.constant('sends' as const), what: fc.constant('a.pdf') }) },
    { weight: 5, arbitrary: fc.record({ does: fc.constant('presses' as const), what: fc.nat(9) }) },
  );

const GUEST = actOf(WORDS);
const ORGANIZER = actOf([...WORDS, ...ORDERS, ...ORDERS]);
const REVIEWER = actOf([...WORDS, ...REVIEWING, ...REVIEWING]);
const SCORER = actOf([...WORDS, ...SCORING, ...SCORING]);
const JUDGE_AND_HOST = actOf([...WORDS, ...STAGE, ...STAGE, ...STAGE]);
const ACTS: Readonly<Partial<Record<SceneName, typeof GUEST>>> = {
  'with guests': ORGANIZER,
  'with projects': REVIEWER,
  'scored track': SCORER,
  'with teams': ORGANIZER,
  'judge and host invited': JUDGE_AND_HOST,
};
/** How somebody comes by their role. */
const STAGE_SET = ['claim JUDGE-CODE-01', 'claim HOST-CODE-001', 'run plan main', 'next'];
const BEGUN: Readonly<Partial<Record<SceneName, readonly string[]>>> = {
  'judge and host invited': STAGE_SET,
};
const VARIABLE = /\{(?:name|organization|ticket|session|event|start|place)\}/gu;

describe('whatever a guest does', () => {
  it.each([
    'conference',
    'two events',
    'full salon',
    'full roadshow',
    'with guests',
    'with projects',
    'scored track',
    'with teams',
    'judge and host invited',
  ] as const)('they get an answer that says something, in the scene of a %s', async (scene) => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('zh', 'en'),
        fc.array(ACTS[scene] ?? GUEST, {
          minLength: 10,
          maxLength: 60,
          size: 'max',
        }),
        async (lang, all) => {
          const replay = await MemoryReplay.in(scene, lang);
          const begun = BEGUN[scene] ?? (scene in ACTS ? ['claim FIRST-OWNER-CODE'] : []);
          for (const words of begun) await replay.say(words);
          let choices: readonly string[] = [];
          for (const one of all) {
            const pressed =
              one.does === 'presses' ? choices[one.what % Math.max(1, choices.length)] : undefined;
            if (one.does === 'presses' && pressed === undefined) continue;
            const heard =
              one.does === 'says'
                ? await replay.say(one.what)
                : one.does === 'opens'
                  ? await replay.open(one.what)
                  : one.does === 'sends'
                    ? await replay.sendFile(one.what)
                    : await replay.press(pressed ?? '');
            expect(heard.length).toBeGreaterThan(0);
            for (const { text, choices: labels } of heard) {
              expect(text).toMatch(/\S/u);
              expect(`${text}${labels.join('')}`.replace(VARIABLE, '')).not.toMatch(
                /undefined|\[object|NaN|\{[a-z]+\}/u,
              );
              expect(text.length).toBeLessThan(4_000);
              if (labels.length > 0) choices = labels;
            }
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});
