import { organizes } from '../domain/access.ts';
import type { Audience } from '../domain/audience.ts';
import { languageOf } from '../domain/audience-match.ts';
import type { Letter, LetterFile } from '../domain/delivery.ts';
import type { Event } from '../domain/event.ts';
import { afterQuiet, type Notice, type NoticeButton, type NoticeContent } from '../domain/notice.ts';
import { languageFor, OF_REGISTRATION, TEXT_MAX, variablesIn } from '../domain/notice-text.ts';
import { LANGS, type Lang } from '../text/text.ts';
import { type AudienceCount, countAudience } from './count-audience.ts';
import { letterFor } from './notice-letters.ts';
import {
  type Clock,
  type Events,
  type Files,
  type Grants,
  type Lanes,
  type Letters,
  type Notices,
  type People,
  type Result,
  refused,
} from './ports.ts';
import { resolveAudience } from './resolve-audience.ts';

export interface WritePorts extends CountPorts {
  readonly clock: Clock;
  readonly events: Events;
  readonly grants: Grants;
  readonly notices: Notices;
  readonly people: People;
  readonly files: Files;
  readonly letters: Letters;
  readonly lanes: Lanes;
}

type CountPorts = Parameters<typeof countAudience>[0];

export interface Writing {
  /** The same again is the same notice. */
  readonly id: string;
  readonly person: string;
  readonly conversation: string;
  /** The number of the notice that is written anew; it must not have started. */
  readonly edits: number | null;
  readonly event: string;
  readonly audience: Audience;
  readonly text: NoticeContent['text'];
  readonly file: LetterFile | null;
  readonly buttons: readonly NoticeButton[];
  readonly link: string | null;
  readonly critical: boolean;
  /** Channels that it does not go out by. */
  readonly without: readonly string[];
  readonly startsAt: Date | null;
}

/** How many go out by one bot account, and how long that takes at its pace. */
export interface LanePlan {
  readonly lane: string;
  readonly count: number;
  readonly seconds: number;
  /** As many as a person's own account may write to at once; undefined: no limit. */
  readonly limit: number | undefined;
}

/** What is about to happen, for whoever decides. */
export interface Preview {
  readonly notice: Notice;
  readonly event: Event;
  readonly count: AudienceCount;
  /** Whom it will be sent to, as far as is known now. */
  readonly reach: number;
  readonly lanes: readonly LanePlan[];
  /** One reader's copy in each language that somebody reads it in. */
  readonly letters: Readonly<Partial<Record<Lang, Letter>>>;
  /** When it begins; null: at once. */
  readonly begins: Date | null;
  /** It begins later than wished, as nobody is to be woken. */
  readonly isDelayed: boolean;
}

export type WriteRefusal =
  | 'not-allowed'
  | 'unknown-notice'
  | 'not-editable'
  | 'missing-language'
  | 'too-long'
  | 'unknown-variable'
  | 'lacking'
  | 'past'
  | 'empty-audience'
  | 'file-gone';

/**
 * Writes a notice down as a draft, counts its readers and shows what they will get. Nothing is sent: that takes a
 * confirmation which repeats the count. Refused to whoever does not organize the event.
 */
export function writeNotice(ports: WritePorts) {
  return async (writing: Writing): Promise<Result<Preview, WriteRefusal>> => {
    const [known] = await ports.notices.byId([writing.id]);
    const [event] = await ports.events.byId([writing.event]);
    const grants = await ports.grants.of([writing.person]);
    if (!event || !organizes(grants, event.office)) return refused('not-allowed');
    if (known) return { ok: true, data: await preview(ports, known, event) };
    const refusal = contentRefusal(writing, event, ports.clock.now());
    if (refusal) return refusal;
    const asked = { office: event.office, audience: writing.audience };
    const count = await countAudience(ports)(asked);
    if (reachOf(count, writing) === 0) return refused('empty-audience', { count });
    const needed = LANGS.flatMap((lang) => variablesIn(writing.text[lang] ?? '').known);
    const lacks = needed.find((variable) => OF_REGISTRATION.includes(variable));
    if (lacks && count.withoutRegistration > 0)
      return refused('lacking', { variable: lacks, count: count.withoutRegistration });
    if (writing.file && !(await ports.files.adopt(writing.file.id, `notice:${writing.id}`)))
      return refused('file-gone');
    const stored = await store(ports, writing, event, reachOf(count, writing));
    return stored.ok ? { ok: true, data: await preview(ports, stored.data, event, count) } : stored;
  };
}

function contentRefusal(
  { text, startsAt }: Writing,
  { languages }: Event,
  now: Date,
): Result<never, WriteRefusal> | undefined {
  const missing = languages.find((lang) => !text[lang]);
  if (missing) return refused('missing-language', { lang: missing });
  for (const lang of LANGS) {
    const written = text[lang] ?? '';
    if (written.length > TEXT_MAX)
      return refused('too-long', { lang, length: written.length, max: TEXT_MAX });
    const { unknown } = variablesIn(written);
    if (unknown.length > 0) return refused('unknown-variable', { names: unknown });
  }
  return startsAt && startsAt <= now ? refused('past', { startsAt }) : undefined;
}

async function store(
  ports: WritePorts,
  writing: Writing,
  event: Event,
  counted: number,
): Promise<Result<Notice, WriteRefusal>> {
  const now = ports.clock.now();
  const { id, person, conversation, edits, audience, text, file, buttons, link, critical, without } = writing;
  const fresh = {
    office: event.office,
    event: event.id,
    zone: event.zone,
    author: person,
    conversation,
    content: { text, file, buttons, link },
    audience,
    critical,
    without,
    startsAt: writing.startsAt,
    counted,
  };
  if (edits !== null) {
    const before = await ports.notices.byNumber(edits);
    if (!before || before.office !== event.office) return refused('unknown-notice');
    if (!EDITABLE.includes(before.state)) return refused('not-editable', { state: before.state });
    const history = [...before.history, { at: now, by: person, what: 'draft' as const }];
    const next: Notice = {
      ...before,
      ...fresh,
      state: 'draft',
      endedAt: null,
      told: null,
      history,
      rev: before.rev + 1,
    };
    return (await ports.notices.save(next))
      ? { ok: true, data: next }
      : refused('not-editable', { state: before.state });
  }
  for (;;) {
    const notice: Notice = {
      id,
      number: (await ports.notices.lastNumber()) + 1,
      ...fresh,
      state: 'draft',
      pausedFor: null,
      cursor: '',
      total: 0,
      createdAt: now,
      beganAt: null,
      endedAt: null,
      told: null,
      history: [{ at: now, by: person, what: 'draft' }],
      rev: 1,
    };
    if (await ports.notices.add(notice)) return { ok: true, data: notice };
    const [twin] = await ports.notices.byId([id]);
    if (twin) return { ok: true, data: twin };
  }
}

/** States in which nothing has left yet. */
export const EDITABLE: readonly Notice['state'][] = ['draft', 'scheduled', 'missed'];

/** Whom a notice will be sent to, as far as is known. */
export function reachOf(
  { lanes, unsubscribed }: AudienceCount,
  { without, critical }: Pick<Notice, 'without' | 'critical'>,
): number {
  const reached = Object.entries(lanes).filter(([lane]) => !without.includes(channelOf(lane)));
  const sum = reached.reduce((all, [, count]) => all + count, 0);
  return Math.max(0, critical ? sum : sum - unsubscribed);
}

const channelOf = (lane: string): string => lane.split(':')[0] ?? lane;

/** Shows a notice as it would go out now. */
export async function preview(
  ports: WritePorts,
  notice: Notice,
  event: Event,
  known?: AudienceCount,
): Promise<Preview> {
  const asked = { office: notice.office, audience: notice.audience };
  const count = known ?? (await countAudience(ports)(asked));
  const lanes = Object.entries(count.lanes)
    .filter(([lane]) => !notice.without.includes(channelOf(lane)))
    .map(([lane, of]): LanePlan => {
      const { perSecond, limit } = ports.lanes.paceOf(lane);
      return { lane, count: of, seconds: Math.ceil(of / perSecond), limit };
    });
  const wished = notice.startsAt ?? ports.clock.now();
  const awake = notice.critical ? wished : afterQuiet(wished, notice.zone);
  return {
    notice,
    event,
    count,
    reach: reachOf(count, notice),
    lanes,
    letters: await sampleLetters(ports, notice, event, count),
    begins: awake > wished ? awake : notice.startsAt,
    isDelayed: awake > wished,
  };
}

/** What the first reader of each language gets; where none is among the first ones, nobody's in particular. */
async function sampleLetters(ports: WritePorts, notice: Notice, event: Event, count: AudienceCount) {
  const asked = { office: notice.office, audience: notice.audience };
  const { recipients } = await resolveAudience(ports)(asked, '', 200);
  const letters: Partial<Record<Lang, Letter>> = {};
  for (const lang of LANGS.filter((one) => (count.languages[one] ?? 0) > 0)) {
    const reader = recipients.find((one) => languageOf(one) === lang);
    const written = languageFor(notice.content, lang);
    letters[written] ??= letterFor(ports.letters, notice, event, written, reader?.registration ?? null);
  }
  return letters;
}

/** The notice of a number, if this person organizes its office. */
export async function noticeFor(
  { notices, grants }: Pick<WritePorts, 'notices' | 'grants'>,
  person: string,
  number: number,
): Promise<Result<Notice, 'unknown-notice' | 'not-allowed'>> {
  const notice = await notices.byNumber(number);
  if (!notice) return refused('unknown-notice');
  return organizes(await grants.of([person]), notice.office)
    ? { ok: true, data: notice }
    : refused('not-allowed');
}

/** Changes a notice by compare-and-set; `change` is called again after a conflict. */
export async function changeNotice(
  { notices }: Pick<WritePorts, 'notices'>,
  id: string,
  change: (notice: Notice) => Notice | undefined,
): Promise<Notice | undefined> {
  for (;;) {
    const [notice] = await notices.byId([id]);
    const next = notice && change(notice);
    if (!next) return undefined;
    if (await notices.save(next)) return next;
  }
}
