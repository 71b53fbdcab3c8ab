import { z } from 'zod';
import { choiceCodeSchema, codeSchema, extraQuestionSchema, textSchema } from './questions.ts';
import { reminderRuleSchema } from './reminder.ts';
import { roadshowSchema } from './roadshow.ts';

/** From what kind of body a team comes. */
export const APPLICANTS = [
  'department',
  'local-institute',
  'dispatched-institute',
  'alumni-enterprise',
  'other',
] as const;
export type Applicant = (typeof APPLICANTS)[number];

/** How far a project has come. */
export const STAGES = ['research', 'prototype', 'pilot', 'small-batch', 'production'] as const;
export type Stage = (typeof STAGES)[number];

/** Parts of a project that an event may ask for, or leave out. */
export const ASKABLE = [
  'industrialization',
  'market',
  'capital',
  'cooperation',
  'patents',
  'deck',
  'images',
] as const;
export type Askable = (typeof ASKABLE)[number];

const askedSchema = z.enum(['required', 'optional', 'off']);
export type Asked = z.infer<typeof askedSchema>;

/** Parts in free text, whose length an event may bound. */
export const LIMITED = ['summary', 'industrialization', 'market', 'cooperation', 'patents'] as const;

const limitSchema = z.int().min(20).max(4_000);

const namedSchema = z.strictObject({ code: choiceCodeSchema, name: textSchema });

export const trackSchema = z.strictObject({
  code: choiceCodeSchema,
  name: textSchema,
  /** The session that it takes place in, which has its time and its venue; null: none yet. */
  session: codeSchema.nullable(),
  /** The fields whose projects it is for; none: every field. */
  fields: z.array(choiceCodeSchema).max(20),
  /** How many projects it has room for; null: no limit. */
  capacity: z.int().min(1).max(200).nullable(),
});
export type Track = z.infer<typeof trackSchema>;

/** An event's call for projects: what teams are asked, until when, and where the accepted ones are shown. */
export const callSchema = z.strictObject({
  /** null: from the moment that the event is open. */
  opensAt: z.date().nullable(),
  /** The deadline. A project may have a later one of its own. */
  closesAt: z.date(),
  fields: z.array(namedSchema).min(1).max(20),
  applicants: z.array(z.enum(APPLICANTS)).min(1),
  asked: z.record(z.enum(ASKABLE), askedSchema),
  /** Most characters of a text. */
  limits: z.record(z.enum(LIMITED), limitSchema),
  /** Projects that one person may have open at once. */
  perPerson: z.int().min(1).max(20),
  questions: z.array(extraQuestionSchema).max(20),
  tracks: z.array(trackSchema).max(20),
  /** Before the deadline, to teams that have yet to submit or lack something: `of` is not looked at. */
  reminders: z.array(reminderRuleSchema).max(10),
  roadshow: roadshowSchema,
});
export type Call = z.infer<typeof callSchema>;

/** The six fields of the house, for an event that names none of its own. */
export const DEFAULT_FIELDS: Call['fields'] = [
  { code: 'information', name: { zh: '电子信息', en: 'Electronic information' } },
  { code: 'energy', name: { zh: '能源环境', en: 'Energy and environment' } },
  { code: 'biomedicine', name: { zh: '生物医药', en: 'Biomedicine' } },
  { code: 'manufacturing', name: { zh: '先进制造', en: 'Advanced manufacturing' } },
  { code: 'materials', name: { zh: '新材料', en: 'New materials' } },
  { code: 'transport', name: { zh: '交通规划', en: 'Transport planning' } },
];

export const DEFAULT_ASKED: Call['asked'] = {
  industrialization: 'required',
  market: 'required',
  capital: 'required',
  cooperation: 'optional',
  patents: 'optional',
  deck: 'required',
  images: 'optional',
};

export const DEFAULT_LIMITS: Call['limits'] = {
  summary: 500,
  industrialization: 500,
  market: 500,
  cooperation: 300,
  patents: 500,
};

/** Whether teams can begin a project now, and why not. */
export function callClosed(call: Call, now: Date): 'not-yet' | 'over' | undefined {
  if (call.opensAt && now < call.opensAt) return 'not-yet';
  return now >= call.closesAt ? 'over' : undefined;
}

export function findTrack({ tracks }: Call, code: string): Track | undefined {
  return tracks.find((track) => track.code === code);
}
