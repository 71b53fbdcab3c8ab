import {
  APPLICANTS,
  type Call,
  DEFAULT_ASKED,
  DEFAULT_FIELDS,
  DEFAULT_LIMITS,
} from '../../src/domain/call.ts';
import type { Part, PartValue, Project } from '../../src/domain/project.ts';

import { DEFAULT_ROADSHOW } from '../../src/domain/roadshow.ts';

const HOUR = 3_600_000;

/** A call for projects for tests: what matters to a test is given, the rest is plain. Closes in 5 days unless told. */
export function aCall(given: Partial<Call> = {}): Call {
  return {
    opensAt: null,
    closesAt: new Date(Date.now() + 120 * HOUR),
    fields: [...DEFAULT_FIELDS],
    applicants: [...APPLICANTS],
    asked: { ...DEFAULT_ASKED },
    limits: { ...DEFAULT_LIMITS },
    perPerson: 5,
    questions: [],
    tracks: [],
    reminders: [],
    roadshow: DEFAULT_ROADSHOW,
    ...given,
  };
}

/** Parts as a person wrote them. */
export function parts(values: Readonly<Record<string, PartValue>>, by = 'lead'): Record<string, Part> {
  const at = new Date('2026-11-01T02:00:00Z');
  return Object.fromEntries(Object.entries(values).map(([id, value]) => [id, { value, version: 1, by, at }]));
}

/** What a team has written when nothing is missing, but for its files. */
export const WRITTEN: Readonly<Record<string, PartValue>> = {
  'title-zh': '盐碱地改良技术',
  'title-en': 'Soil improvement with desulfurized coal waste',
  field: 'energy',
  applicant: 'department',
  organization: '热能工程系',
  contact: '项目联络人',
  phone: '+8613800138000',
  email: 'team@example.org',
  stage: 'pilot',
  'summary-zh': '利用燃煤烟气脱硫废弃物改良盐碱土壤。',
  'summary-en': 'Improves saline-alkali soil with desulfurized coal waste.',
  industrialization: '已在三省完成示范。',
  market: '面向西北盐碱地区推广。',
  capital: '5000000 CNY',
  cooperation: null,
  patents: null,
  public: ['industrialization', 'market'],
};

/** A project for tests, complete but for its deck, of one lead. */
export function aProject(given: Partial<Project> = {}): Project {
  return {
    id: 'project-1',
    event: 'event',
    number: 1,
    state: 'draft',
    parts: parts(WRITTEN),
    members: [{ person: 'lead', lead: true, at: new Date('2026-11-01T02:00:00Z') }],
    extendedUntil: null,
    submittedAt: null,
    decision: null,
    conflicts: [],
    notes: [],
    slot: null,
    proof: null,
    seen: {},
    history: [],
    createdAt: new Date('2026-11-01T02:00:00Z'),
    rev: 1,
    ...given,
  };
}
