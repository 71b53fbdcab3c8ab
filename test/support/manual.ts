import { blackAndWhitePng } from '../../src/documents/png.ts';
import { APPLICANTS, DEFAULT_FIELDS, STAGES } from '../../src/domain/call.ts';
import type { Event } from '../../src/domain/event.ts';
import { type Manual, type ManualPlan, manualOf, NO_COVER } from '../../src/domain/manual.ts';
import type { Project, ProjectFile } from '../../src/domain/project.ts';
import type { Picture } from '../../src/usecases/manual-ports.ts';
import { anEvent } from './events.ts';
import { aCall, aProject, parts, WRITTEN } from './projects.ts';

export const TAKEN_AT = new Date('2026-05-08T02:00:00Z');

const TRACKS = [
  { code: 'main', name: { zh: '主会场', en: 'Main stage' }, session: null, fields: [], capacity: null },
  {
    code: 'green',
    name: { zh: '绿色低碳', en: 'Green and low carbon' },
    session: null,
    fields: [],
    capacity: null,
  },
];

/** An event that has called for projects. */
export function calledEvent(given: Partial<Omit<Event, 'id'>> = {}): Event {
  const startsAt = new Date('2026-05-20T01:00:00Z');
  return { id: 'event-number', ...anEvent({ startsAt, call: aCall({ tracks: TRACKS }), ...given }) };
}

/** An accepted project whose team knows of it. */
export function accepted(
  number: number,
  values: Parameters<typeof parts>[0] = {},
  given: Partial<Project> = {},
): Project {
  const at = TAKEN_AT;
  return aProject({
    id: `project-${number}`,
    event: 'event-number',
    number,
    state: 'accepted',
    parts: parts({ ...WRITTEN, ...values }),
    decision: { number: 1, verdict: 'accept', messages: [], by: 'reviewer', at, publishedAt: at },
    ...given,
  });
}

const TOPICS: readonly (readonly [string, string])[] = [
  ['钠离子电池正极材料', 'Cathode materials for sodium-ion batteries'],
  ['盐碱地改良技术', 'Improvement of saline-alkali soil'],
  ['工业缺陷视觉检测系统', 'Visual inspection of industrial defects'],
  ['可降解心血管支架', 'Bioresorbable cardiovascular stent'],
  ['城市信号协同控制平台', 'Coordinated control of urban traffic signals'],
  ['高温合金增材制造', 'Additive manufacturing of high-temperature alloys'],
];
const BODIES = [
  '热能工程系',
  '材料学院',
  '电子工程系',
  '安徽研究院',
  '精密仪器系',
  '珠三角研究院',
  '车辆与运载学院',
];
const ZH =
  '项目形成了从基础研究到工程验证的完整技术链，关键指标达到国际先进水平，已在三家企业完成示范应用，运行稳定，综合成本下降约三成。';
const EN =
  'The project covers the whole chain from fundamental research to engineering validation; its key figures match the best abroad, and three enterprises run demonstrations that cost about a third less. ';

/** So many accepted projects as teams write them, in both languages, of all fields. */
export function manyProjects(count: number): Project[] {
  return Array.from({ length: count }, (_, i) => {
    const [zh, en] = TOPICS[i % TOPICS.length] ?? ['', ''];
    return accepted(
      i + 1,
      {
        'title-zh': `${zh}（第 ${i + 1} 项）`,
        'title-en': `${en}, no. ${i + 1}`,
        field: DEFAULT_FIELDS[(i * 5) % DEFAULT_FIELDS.length]?.code ?? '',
        applicant: APPLICANTS[i % APPLICANTS.length] ?? '',
        stage: STAGES[i % STAGES.length] ?? '',
        organization: BODIES[i % BODIES.length] ?? '',
        'summary-zh': ZH.repeat(3 + (i % 4)),
        'summary-en': EN.repeat(2 + (i % 2)),
        industrialization: ZH.repeat(2 + (i % 3)),
        market: ZH.repeat(1 + (i % 5)),
        capital: `${(i + 1) * 250_000} CNY`,
        cooperation: '技术许可、作价入股或联合开发。',
        patents: '已获授权发明专利 12 项，国际专利 2 项。',
        public: [
          'industrialization',
          'market',
          'capital',
          'cooperation',
          'patents',
          ...(i % 2 ? ['contact', 'email'] : []),
        ],
      },
      { slot: i % 3 ? null : { track: i % 2 ? 'main' : 'green', place: i + 1, state: 'told', at: TAKEN_AT } },
    );
  });
}

/** A picture that any reader of PNG shows. */
export function aPicture(ref: string, modules = 40): Picture {
  const bytes = new Uint8Array(blackAndWhitePng(modules, 8, (y, x) => (x + y) % 3 === 0));
  return { ref, type: 'image/png', width: modules * 8, height: modules * 8, bytes };
}

/** A file of a project. */
export const aFile = (ref: string, type = 'image/png'): ProjectFile => ({
  ref,
  name: `${ref}.png`,
  type,
  size: 1,
});

/** What the manual of these projects says, in the order of their codes. */
export function aManual(projects: readonly Project[], given: Partial<ManualPlan> = {}): Manual {
  const plan = {
    number: 1,
    langs: 'both',
    order: 'code',
    cover: NO_COVER,
    takenAt: TAKEN_AT,
    ...given,
  } as const;
  return manualOf(calledEvent(), projects, plan);
}
