import type { Text } from '../text/text.ts';

/** The words of the page of results. */
export const RESULT_TEXTS = {
  title: { zh: '路演结果', en: 'Roadshow results' },
  standing: { zh: '排名', en: 'Standing' },
  place: { zh: '名次', en: 'Place' },
  project: { zh: '项目', en: 'Project' },
  score: { zh: '得分', en: 'Score' },
  sheets: { zh: '有效评分表', en: 'Valid sheets' },
  note: { zh: '说明', en: 'Note' },
  none: { zh: '—', en: '—' },
  few: { zh: '有效评分表不足 {min} 张，不排名', en: 'Too few valid sheets (under {min}): no place' },
  untrimmed: { zh: '同分，未去分的平均分较高', en: 'Tied; ahead by the mean of all totals' },
  heaviest: { zh: '同分，权重最高的评分项得分较高', en: 'Tied; ahead by the heaviest criterion' },
  chair: { zh: '同分，经主席裁定在前', en: 'Tied; ahead by the chair’s decision' },
  shared: { zh: '并列', en: 'Shared place' },
  absent: { zh: '缺席', en: 'Absent' },
  awards: { zh: '单项奖', en: 'Awards' },
  matrix: { zh: '评分表（评委匿名）', en: 'Score matrix (judges without names)' },
  matrixNote: {
    zh: '数字为加权总分；划线的分数已去掉；* 由工作人员代录。',
    en: 'Numbers are weighted totals; those struck through were dropped; * entered for the judge by staff.',
  },
  dropped: { zh: '已去掉', en: 'dropped' },
  proxy: { zh: '代录', en: 'entered by staff' },
  recused: { zh: '回避', en: 'recused' },
  rule: { zh: '评分规则', en: 'The rule' },
  rubric: {
    zh: '每位评委按评分项打分，按权重折算为百分制总分：',
    en: 'Each judge scores these criteria; weighted by their shares they make a total on 100 points:',
  },
  criterion: { zh: '{name}：权重 {weight}，{min}–{max} 分', en: '{name}: weight {weight}, {min} to {max}' },
  trimmed: {
    zh: '每个项目都有至少 {from} 张有效评分表，因此各去掉一个最高分和一个最低分后取平均。',
    en: 'Every project has {from} valid sheets or more, so the highest and the lowest total of each are dropped and the rest averaged.',
  },
  mean: { zh: '得分为全部有效评分表的平均分。', en: 'The score is the mean of all valid sheets.' },
  minimum: {
    zh: '有效评分表少于 {min} 张的项目不排名；缺交和回避不计为零分。',
    en: 'A project with fewer than {min} valid sheets has no place; missing sheets and recusals never count as zero.',
  },
  ties: {
    zh: '同分时依次比较未去分的平均分、权重最高的评分项，仍相同则并列或由主席裁定。',
    en: 'Ties are broken by the mean of all totals, then by the heaviest criterion; what is still equal shares a place or is decided by the chair.',
  },
  award: { zh: '{name}：{code} {title}', en: '{name}: {code} {title}' },
  decision: { zh: '{order}：{reason}', en: '{order}: {reason}' },
  decisions: { zh: '主席裁定', en: 'Decisions of the chair' },
  check: { zh: '核验', en: 'Check it yourself' },
  checkNote: {
    zh: '下载数据文件，运行 npm run results -- verify 文件，即可重新计算全部总分、名次和校验值。',
    en: 'Download the file and run: npm run results -- verify FILE. It computes every total, every place and the digest again.',
  },
  download: { zh: '下载数据文件（JSON）', en: 'Download the data (JSON)' },
  published: { zh: '公布时间（UTC）：', en: 'Published (UTC):' },
  missing: { zh: '这里还没有公布的结果。', en: 'No results are published here yet.' },
} as const satisfies Record<string, Text>;
