import { z } from 'zod';
import { LANGS, type Lang, type Text } from '../text/text.ts';
import { APPLICANTS, STAGES } from './call.ts';
import type { Event } from './event.ts';
import { plainText } from './plain-text.ts';
import { chosenOf, fileOf, isPublic, type Project, projectCode, wordsOf } from './project.ts';

export const MANUAL_LANGS = ['zh', 'en', 'both'] as const;
/** The languages that an edition is printed in. */
export type ManualLangs = (typeof MANUAL_LANGS)[number];

export const MANUAL_ORDERS = ['code', 'title', 'track'] as const;
/** How the projects of a field follow each other. */
export type ManualOrder = (typeof MANUAL_ORDERS)[number];

/** Parts in free text, in the order in which they are printed; `capital` is a sum. */
export const PASSAGES = ['industrialization', 'market', 'capital', 'cooperation', 'patents'] as const;
export type Passage = (typeof PASSAGES)[number];

const IMAGES = ['image-1', 'image-2', 'image-3'] as const;

const bothSchema = z.strictObject({ zh: z.string(), en: z.string() });

const coverSchema = z.strictObject({ title: bothSchema, subtitle: bothSchema, text: bothSchema });
/** What stands on the front page; an empty text is left out. */
export type Cover = z.infer<typeof coverSchema>;

export const NO_COVER: Cover = {
  title: { zh: '', en: '' },
  subtitle: { zh: '', en: '' },
  text: { zh: '', en: '' },
};

const entrySchema = z.strictObject({
  project: z.string(),
  number: z.int().min(1),
  code: z.string(),
  field: z.string(),
  track: z.strictObject({ code: z.string(), name: bothSchema, place: z.int() }).nullable(),
  /** In the language that lacks one stands the other's. */
  title: bothSchema,
  organization: z.string(),
  applicant: z.enum(APPLICANTS).nullable(),
  stage: z.enum(STAGES).nullable(),
  /** Empty: there is none in that language. */
  summary: bothSchema,
  passages: z.array(z.strictObject({ part: z.enum(PASSAGES), text: z.string() })),
  contact: z.strictObject({
    name: z.string().nullable(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
  }),
  images: z.array(z.strictObject({ ref: z.string(), type: z.string() })),
});
/** One project as the manual shows it: what everybody may read, and nothing else. */
export type ManualEntry = z.infer<typeof entrySchema>;

export const manualSchema = z.strictObject({
  event: z.strictObject({
    id: z.string(),
    code: z.string(),
    title: bothSchema,
    place: bothSchema,
    zone: z.string(),
    startsAt: z.iso.datetime(),
    endsAt: z.iso.datetime(),
    contact: bothSchema,
  }),
  number: z.int().min(1),
  langs: z.enum(MANUAL_LANGS),
  /** When its content was taken down: it is dated so. */
  takenAt: z.iso.datetime(),
  cover: coverSchema,
  /** Fields that have projects, in the order of the call. */
  fields: z.array(
    z.strictObject({ code: z.string(), name: bothSchema, entries: z.array(entrySchema).min(1) }),
  ),
});
/** The content of an edition, complete but for the bytes of its pictures. It can be stored as JSON. */
export type Manual = z.infer<typeof manualSchema>;

export interface ManualPlan {
  readonly number: number;
  readonly langs: ManualLangs;
  readonly order: ManualOrder;
  readonly cover: Cover;
  readonly takenAt: Date;
}

/** Whether a project is in the manual: accepted, and its team has been told so. */
export function isInManual({ state, decision }: Pick<Project, 'state' | 'decision'>): boolean {
  return state === 'accepted' && decision !== null && decision.publishedAt !== null;
}

/** The languages that an edition speaks, the first one first. */
export function spoken(langs: ManualLangs): readonly [Lang, ...Lang[]] {
  return langs === 'both' ? ['zh', 'en'] : [langs];
}

const both = (words: Text): z.infer<typeof bothSchema> => ({
  zh: plainText(words.zh),
  en: plainText(words.en),
});

/** What the manual of an event says of these projects; those that are not in it are left out. */
export function manualOf(event: Event, projects: readonly Project[], plan: ManualPlan): Manual {
  const entries = projects.filter(isInManual).map((project) => entryOf(event, project));
  const known = event.call?.fields ?? [];
  const others = entries.filter(({ field }) => !known.some(({ code }) => code === field));
  const fields = [...known, ...(others.length > 0 ? [OTHER] : [])].flatMap(({ code, name }) => {
    const mine = code === OTHER.code ? others : entries.filter(({ field }) => field === code);
    return mine.length > 0 ? [{ code, name: both(name), entries: mine.sort(byOrder(event, plan)) }] : [];
  });
  const { number, langs, cover, takenAt } = plan;
  return {
    event: {
      id: event.id,
      code: event.code,
      title: both(event.title),
      place: both(event.place),
      zone: event.zone,
      startsAt: event.startsAt.toISOString(),
      endsAt: event.endsAt.toISOString(),
      contact: both(event.contact),
    },
    number,
    langs,
    takenAt: takenAt.toISOString(),
    cover: { title: both(cover.title), subtitle: both(cover.subtitle), text: both(cover.text) },
    fields,
  };
}

/** Of projects whose field the call no longer has. Underscores are in no field's code. */
const OTHER = { code: '_other', name: { zh: '其他', en: 'Other' } } as const;

/** One project as the manual shows it. */
export function entryOf(event: Event, project: Project): ManualEntry {
  const words = (part: string) => plainText(wordsOf(project, part));
  const open = (part: string) => (isPublic(project, part) ? words(part) : '');
  const code = projectCode(project);
  const [zh, en] = [words('title-zh'), words('title-en')];
  const track = event.call?.tracks.find((one) => one.code === project.slot?.track);
  return {
    project: project.id,
    number: project.number,
    code,
    field: words('field'),
    track:
      track && project.slot ? { code: track.code, name: both(track.name), place: project.slot.place } : null,
    title: { zh: zh || en || code, en: en || zh || code },
    organization: words('organization'),
    applicant: APPLICANTS.find((one) => chosenOf(project, 'applicant').includes(one)) ?? null,
    stage: STAGES.find((one) => chosenOf(project, 'stage').includes(one)) ?? null,
    summary: { zh: words('summary-zh'), en: words('summary-en') },
    passages: PASSAGES.map((part) => ({ part, text: open(part) })).filter(({ text }) => text !== ''),
    contact: {
      name: open('contact') || null,
      phone: open('phone') || null,
      email: open('email') || null,
    },
    images: IMAGES.flatMap((part) => {
      const file = isPublic(project, part) ? fileOf(project, part) : undefined;
      return file ? [{ ref: file.ref, type: file.type }] : [];
    }),
  };
}

/** Names as a Chinese directory has them: by pinyin, numbers by their value. */
const collator = new Intl.Collator('zh-u-co-pinyin', { numeric: true });

type Compare = (a: ManualEntry, b: ManualEntry) => number;

const byNumber: Compare = (a, b) => a.number - b.number;

function byOrder({ call }: Event, { order, langs }: ManualPlan): Compare {
  const [lang] = spoken(langs);
  const places = (call?.tracks ?? []).map(({ code }) => code);
  // Projects without a slot come last.
  const place = ({ track }: ManualEntry) => (track ? places.indexOf(track.code) : places.length);
  const orders: Readonly<Record<ManualOrder, Compare>> = {
    code: byNumber,
    title: (a, b) => collator.compare(a.title[lang], b.title[lang]) || byNumber(a, b),
    track: (a, b) => place(a) - place(b) || (a.track?.place ?? 0) - (b.track?.place ?? 0) || byNumber(a, b),
  };
  return orders[order];
}

export interface IndexLine {
  readonly organization: string;
  readonly entries: readonly ManualEntry[];
}

/** Organizations with their projects, in the order of a directory. */
export function indexOf({ fields }: Manual): readonly IndexLine[] {
  const by = new Map<string, ManualEntry[]>();
  for (const entry of fields.flatMap(({ entries }) => entries)) {
    const known = by.get(entry.organization);
    if (known) known.push(entry);
    else by.set(entry.organization, [entry]);
  }
  return [...by]
    .map(([organization, entries]) => ({ organization, entries: entries.sort(byNumber) }))
    .sort((a, b) => collator.compare(a.organization, b.organization));
}

/** Whether both languages of an edition say the same: then it is printed once. */
export function said(
  words: Text,
  langs: ManualLangs,
): readonly { readonly lang: Lang; readonly text: string }[] {
  const all = spoken(langs).map((lang) => ({ lang, text: words[lang] }));
  const had = all.filter(({ text }) => text !== '');
  // An edition in one language tells in the other what it lacks in its own.
  const found =
    had.length > 0
      ? had
      : LANGS.map((lang) => ({ lang, text: words[lang] })).filter(({ text }) => text !== '');
  return found.filter(({ text }, i) => found.findIndex((one) => one.text === text) === i);
}

/** What the link to a project's team says in its `start`: the event and the number of the project. */
export function meetPayload(event: string, number: number): string {
  return `meet_${event}_${number}`;
}

const MEET = /^meet_(?<event>[\w-]{1,40})_(?<number>[1-9]\d{0,4})$/u;

/** The project that such a link leads to; undefined: it is another link. */
export function meetOf(payload: string): { readonly event: string; readonly number: number } | undefined {
  const found = MEET.exec(payload)?.groups;
  return found?.event ? { event: found.event, number: Number(found.number) } : undefined;
}
