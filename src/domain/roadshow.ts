import { z } from 'zod';
import { rubricSchema } from './rubric.ts';
import { USUAL_RULES } from './standing.ts';

const minutesSchema = z.int().min(0).max(120);

/** How an event's projects are shown and scored. */
export const roadshowSchema = z.strictObject({
  rubric: rubricSchema,
  rules: z.strictObject({
    /** With so many valid sheets on every project of a track, the highest and the lowest total are dropped; null: never. */
    trimFrom: z.int().min(3).max(30).nullable(),
    /** With fewer valid sheets a project has no place. */
    minValid: z.int().min(1).max(30),
  }),
  /** Minutes of one project. */
  pitch: minutesSchema.min(1),
  questions: minutesSchema,
  changeover: minutesSchema,
  /** For how many projects of the day one guest can vote; 0: there is no audience award. */
  votes: z.int().min(0).max(10),
});
export type Roadshow = z.infer<typeof roadshowSchema>;

const hundred = { min: 0, max: 100, step: 1 };

/** The house's roadshow, for an event that says nothing else. */
export const DEFAULT_ROADSHOW: Roadshow = {
  rubric: [
    { code: 'industrialization', name: { zh: '产业化', en: 'Industrialization' }, weight: 40, ...hundred },
    { code: 'market', name: { zh: '市场拓展计划', en: 'Market expansion plan' }, weight: 30, ...hundred },
    { code: 'capital', name: { zh: '资金需求', en: 'Capital needs' }, weight: 30, ...hundred },
  ],
  rules: { ...USUAL_RULES },
  pitch: 8,
  questions: 5,
  changeover: 2,
  votes: 0,
};
