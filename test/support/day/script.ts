import { SHOWN, TRACKS, type TrackCode } from './fair.ts';
import type { Given } from './reckoning.ts';

/** Seven judges for each track, by the notes of their invitations. */
export const judgesOf = (track: TrackCode): readonly string[] =>
  Array.from({ length: 7 }, (_, i) => `${track} judge ${i + 1}`);
export const SCORER = 'the chief scorer';
export const HOST_A = 'host A';
export const HOST_B = 'host B';
/** Who writes from where; everybody else uses the web chat. */
export const ON_TELEGRAM = [
  ...judgesOf('main').slice(0, 4),
  ...judgesOf('digital').slice(0, 2),
  ...judgesOf('green').slice(0, 1),
];
export const ON_WECHAT = ['digital judge 6', 'digital judge 7', 'green judge 6'];

/** One line of somebody at a minute of the day, and what its answer has in it. */
export interface Line {
  readonly minute: number;
  readonly who: string;
  readonly says: string;
  readonly reads: string;
}

const line = (minute: number, who: string, says: string, reads: string): Line => ({
  minute,
  who,
  says,
  reads,
});

/** What hosts say, and whoever else turns the day. */
export const LINES: readonly Line[] = [
  line(-5, 'main judge 1', '回避 P03', '您已回避“P03 第3项成果”'),
  // The main track begins ten minutes late, and its hosts take a wrong word back.
  line(-3, HOST_A, '延时 10 main', '后面的环节已推迟 10 分钟'),
  line(10, HOST_A, '下一个 main', '请 P01《第1项成果》上台'),
  line(18, HOST_A, '下一个 main', '请 P02《第2项成果》上台'),
  line(20, HOST_A, '缺席 P04', '已记录缺席：P04'),
  line(20, HOST_A, '撤销 main', '已撤销：缺席 P04'),
  line(26, HOST_A, '下一个 main', '请 P03《第3项成果》上台'),
  line(34, HOST_A, '下一个 main', '请 P04《第4项成果》上台'),
  line(42, HOST_A, '下一个 main', '最后一个环节已结束'),
  // In the digital track one team is absent, and the hall is without power for three minutes.
  line(0, HOST_B, 'next digital', 'P05'),
  line(8, HOST_B, 'next digital', 'P06'),
  line(10, HOST_B, 'noshow P08', 'P08'),
  line(16, HOST_B, 'next digital', 'P07'),
  line(18, HOST_B, 'pause digital', '已暂停'),
  line(20, 'digital judge 4', 'recuse P09', 'P09'),
  line(21, HOST_B, 'resume run digital', '流程继续'),
  line(27, HOST_B, 'next digital', 'P09'),
  line(35, HOST_B, 'next digital', 'P10'),
  line(43, HOST_B, 'next digital', '最后一个环节已结束'),
  // In the green track two change their places.
  line(0, HOST_B, '下一个 绿色赛道', '请 P11'),
  line(4, HOST_B, '换序 P13 P15', '已对调 P13、P15'),
  line(8, HOST_B, '下一个 绿色赛道', '请 P12'),
  line(16, HOST_B, '下一个 绿色赛道', '请 P15'),
  line(24, HOST_B, '下一个 绿色赛道', '请 P14'),
  line(32, HOST_B, '下一个 绿色赛道', '请 P13'),
  line(40, HOST_B, '下一个 绿色赛道', '请 P16'),
  line(48, HOST_B, '下一个 绿色赛道', '最后一个环节已结束'),
  // Late, corrected, for somebody else, and what is refused.
  line(29, 'main judge 3', 'P02 71 82 93 迟交', '已记录：P02'),
  line(30, 'main judge 2', '更正 P01 95 96 97', '合计：95.90'),
  line(34, 'main judge 4', '88 90 70', 'P03'),
  line(34, 'main judge 4', 'P03 88 90 70', '已记录：P03'),
  line(22, SCORER, '代 评委2 P06 66 77 88', '已代评委2（digital judge 2）记录：P06'),
  line(36, 'digital judge 5', 'P05 100 99 98', '合计：99.10'),
  line(31, 'digital judge 4', 'P09 80 80 80', '您已回避 P09，没有记录'),
  line(31, 'green judge 2', 'P99 80 80 80', '没有记录'),
];

/** When each project came on stage, and when it left it. */
export const ON_STAGE: Readonly<Record<string, readonly [number, number]>> = {
  ...{ P01: [10, 18], P02: [18, 26], P03: [26, 34], P04: [34, 42] },
  ...{ P05: [0, 8], P06: [8, 16], P07: [16, 27], P09: [27, 35], P10: [35, 43] },
  ...{ P11: [0, 8], P12: [8, 16], P15: [16, 24], P14: [24, 32], P13: [32, 40], P16: [40, 48] },
};

/** Sheets that do not come by themselves while the project is on stage. */
const KEPT_BACK: Readonly<Record<string, readonly string[]>> = {
  P02: ['main judge 3'],
  P03: ['main judge 1', 'main judge 4'],
  P06: ['digital judge 2'],
  P09: ['digital judge 4'],
  // Who leaves after half of the day.
  ...{ P14: ['green judge 7'], P13: ['green judge 7'], P16: ['green judge 7'] },
};

const FORMS = [
  ([a, b, c]: Given['scores']) => `${a} ${b} ${c} 很扎实`,
  ([a, b, c]: Given['scores'], code: string) => `${code} ${a}/${b}/${c}`,
  ([a, b, c]: Given['scores'], code: string) => `${Number(code.slice(1))}号 ${a}，${b}，${c}`,
  ([a, b, c]: Given['scores']) => wide(`${a} ${b} ${c}`),
  ([a, b, c]: Given['scores']) => `资金${c} 产业化${a} 市场${b}`,
  ([a, b, c]: Given['scores'], code: string) => `${code.toLowerCase()} ${a} ${b} ${c}`,
  ([a, b, c]: Given['scores']) => `${a},${b},${c}`,
] as const;

const wide = (text: string): string =>
  text.replace(/\d/gu, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).replaceAll(' ', '　');

/** What a judge gives a project, of no meaning but always the same. */
function scoresFor(judge: number, project: number): Given['scores'] {
  const at = (criterion: number) => 55 + ((7 * judge + 11 * project + 13 * criterion + judge * project) % 45);
  return [at(1), at(2), at(3)];
}

interface Sent extends Given, Line {}

/** The lines of scores that come while the project is on stage, three minutes after it came. */
export const SCORES: readonly Sent[] = TRACKS.flatMap((track) =>
  SHOWN[track].flatMap((project) =>
    judgesOf(track).flatMap((judge, i): Sent[] => {
      const stage = ON_STAGE[project];
      if (!stage || KEPT_BACK[project]?.includes(judge)) return [];
      const scores = scoresFor(i + 1, Number(project.slice(1)));
      const says = (FORMS[i] ?? FORMS[0])(scores, project);
      const total = ((40 * scores[0] + 30 * scores[1] + 30 * scores[2]) / 100).toFixed(2);
      return [{ judge, project, scores, minute: stage[0] + 3, who: judge, says, reads: `合计：${total}` }];
    }),
  ),
);

const LATER: readonly Given[] = [
  { judge: 'main judge 3', project: 'P02', scores: [71, 82, 93] },
  { judge: 'main judge 2', project: 'P01', scores: [95, 96, 97] },
  { judge: 'main judge 4', project: 'P03', scores: [88, 90, 70] },
  { judge: 'digital judge 2', project: 'P06', scores: [66, 77, 88] },
  { judge: 'digital judge 5', project: 'P05', scores: [100, 99, 98] },
];

/** The sheets as they stand at the end of the day. */
export function sheetsAtTheEnd(track: TrackCode): readonly Given[] {
  const isHere = ({ project }: Given) => SHOWN[track].includes(project);
  const isReplaced = (one: Given) =>
    LATER.some(({ judge, project }) => judge === one.judge && project === one.project);
  const first = SCORES.filter((one) => isHere(one) && !isReplaced(one));
  return [...first, ...LATER.filter(isHere)].map(({ judge, project, scores }) => ({
    judge,
    project,
    scores,
  }));
}
