import { type Askable, type Call, STAGES } from './call.ts';
import type { Event } from './event.ts';
import { FILE_MAX_BYTES } from './file.ts';
import { moneyCode, moneyOf } from './money.ts';
import { limitOf, type PartValue, type ProjectFile, requiredParts, WITHHOLDABLE } from './project.ts';
import type { ExtraQuestion } from './questions.ts';

/** The most characters of the lines that every project has. */
export const LINE_MAX = { title: 80, organization: 120, contact: 60 } as const;

/** What a deck may be, by MIME type. */
export const DECK_TYPES: readonly string[] = [
  'application/pdf',
  'application/vnd.ms-powerpoint',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/vnd.oasis.opendocument.presentation',
];
export const DECK_MAX_BYTES = FILE_MAX_BYTES;
export const IMAGE_TYPES: readonly string[] = ['image/'];
export const IMAGE_MAX_BYTES = 10 * 1024 * 1024;
export const IMAGES = ['image-1', 'image-2', 'image-3'] as const;

/** How a part names an event's own question. */
const OWN = 'own-';
export const ownPart = (id: string): string => `${OWN}${id}`;

/** An event's own question that a part answers. */
export function ownQuestionOf(part: string, { questions }: Call): ExtraQuestion | undefined {
  return part.startsWith(OWN) ? questions.find(({ id }) => ownPart(id) === part) : undefined;
}

/** Every part that a team is asked for, in order. */
export function askedParts({ languages }: Pick<Event, 'languages'>, call: Call): readonly string[] {
  const wanted = (...parts: Askable[]) => parts.filter((part) => (call.asked[part] ?? 'off') !== 'off');
  return [
    ...languages.map((lang) => `title-${lang}`),
    'field',
    'applicant',
    'organization',
    'contact',
    'phone',
    'email',
    'stage',
    ...languages.map((lang) => `summary-${lang}`),
    ...wanted('industrialization', 'market', 'capital', 'cooperation', 'patents'),
    ...call.questions.map(({ id }) => ownPart(id)),
    ...wanted('deck'),
    ...(wanted('images').length > 0 ? IMAGES : []),
    'public',
  ];
}

/** The most characters of a part in free text; undefined: it has no bound of its own. */
export function mostOf(part: string, call: Call): number | undefined {
  const own = ownQuestionOf(part, call);
  if (own) return own.kind === 'text' ? own.max : undefined;
  if (part.startsWith('title-')) return LINE_MAX.title;
  if (part === 'organization' || part === 'contact') return LINE_MAX[part];
  return limitOf(part, call);
}

/** Whether a value can stand in a part: by the event's call, whoever sends it and however it came. */
export function fitsPart(
  part: string,
  value: PartValue,
  event: Pick<Event, 'languages'>,
  call: Call,
): boolean {
  if (!askedParts(event, call).includes(part)) return false;
  if (value === null) return !requiredParts(event, call).includes(part);
  if (typeof value === 'object' && 'ref' in value) return fitsFile(part, value);
  if (typeof value !== 'string') return fitsMany(part, value, call);
  return fitsOne(part, value, call);
}

function fitsFile(part: string, { type, size }: ProjectFile): boolean {
  const isDeck = part === 'deck';
  if (!isDeck && !IMAGES.some((one) => one === part)) return false;
  const types = isDeck ? DECK_TYPES : IMAGE_TYPES;
  const isWanted = types.some((one) => (one.endsWith('/') ? type.startsWith(one) : type === one));
  return isWanted && size > 0 && size <= (isDeck ? DECK_MAX_BYTES : IMAGE_MAX_BYTES);
}

function fitsMany(part: string, values: readonly string[], call: Call): boolean {
  const own = ownQuestionOf(part, call);
  const known =
    part === 'public' ? WITHHOLDABLE : own?.kind === 'multi' ? own.choices.map((one) => one.value) : [];
  const isEach = values.every((value) => known.some((one) => one === value));
  return isEach && values.length > 0 && new Set(values).size === values.length;
}

function fitsOne(part: string, value: string, call: Call): boolean {
  const own = ownQuestionOf(part, call);
  if (own?.kind === 'choice') return own.choices.some((one) => one.value === value);
  if (part === 'field') return call.fields.some(({ code }) => code === value);
  if (part === 'applicant') return call.applicants.some((one) => one === value);
  if (part === 'stage') return STAGES.some((one) => one === value);
  if (part === 'capital') {
    const money = moneyOf(value);
    return money !== undefined && moneyCode(money) === value;
  }
  if (part === 'phone') return /^\+\d{5,15}$/u.test(value);
  if (part === 'email') return /^[^\s@]+@[^\s@]+$/u.test(value) && value.length <= 254;
  const most = mostOf(part, call);
  const length = [...value].length;
  return most !== undefined && length >= 1 && length <= most;
}
