import type { Context, Told } from '../src/conversation/flow.ts';
import type { Choice, Effect, Outcome } from '../src/conversation/types.ts';
import type { Track } from '../src/domain/call.ts';
import type { CallingEvent, Event } from '../src/domain/event.ts';
import { type Project, projectCode } from '../src/domain/project.ts';
import { fill, type Text } from '../src/text/text.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import type { Placed, PlacingInput, Warning } from '../src/usecases/place-projects.ts';
import type { Published } from '../src/usecases/publish-decisions.ts';
import type { Reviewed } from '../src/usecases/reviewed-project.ts';
import type { Schedule, ScheduledTrack, SlotAnswered } from '../src/usecases/schedule-projects.ts';
import { SLOT_LABELS, STATE_LABELS } from './project-words.ts';
import { trackPlace } from './review-letters.ts';
import { codesOf, tellReviewRefusal } from './review-tellers.ts';
import { askEvent, fieldOf, moreChoice, projectLine } from './review-words.ts';
import { offer, tell } from './telling.ts';

type C = Context<Facts>;
type Teller = (outcome: Outcome, c: C, effect: Effect) => Told;

const TEXTS = {
  head: { zh: '“{title}”排期', en: 'The schedule of “{title}”' },
  track: {
    zh: '{track}：已排 {count, number}{capacity, select, none {} other {/{capacity}}}\n{time}，{venue}',
    en: '{track}: {count, number}{capacity, select, none {} other { of {capacity}}} placed\n{time}, {venue}',
  },
  silent: { zh: '未答复：{projects}', en: 'No answer yet: {projects}' },
  line: { zh: '第 {place} 位 {project} · {state}', en: '#{place} {project} · {state}' },
  unplaced: {
    zh: '已通过、尚未排期 {count, number} 项：{projects}',
    en: 'Accepted and without a slot, {count, number}: {projects}',
  },
  noTracks: {
    zh: '“{title}”还没有赛道。请在活动文件的 call 部分添加 tracks。',
    en: '“{title}” has no tracks. Please add tracks to the call in its event file.',
  },
  publish: {
    zh: '公布并通知 {count, number} 个团队',
    en: 'Publish and tell {count, plural, one {# team} other {# teams}}',
  },
  open: { zh: '{track}（{count, number}）', en: '{track} ({count, number})' },
  countChanged: {
    zh: '数量有变，还没有通知任何团队。请重新确认：',
    en: 'The number has changed meanwhile, so no team was told. Please confirm again:',
  },
  published: {
    zh: '排期已公布，正在通知 {count, number} 个团队。没有变动的团队不会再收到通知。',
    en: 'The schedule is published. {count, plural, one {# team is} other {# teams are}} being told; those whose slot stays the same hear nothing.',
  },
  placed: {
    zh: '已排好（{moved, number} 个项目有变动）。公布排期之前，团队看不到。',
    en: 'Done: {moved, plural, =0 {nothing changed} one {# project moved} other {# projects moved}}. No team is told before the schedule is published.',
  },
  unknownTrack: {
    zh: '没有这个赛道。可用的赛道：{tracks}',
    en: 'There is no such track. These are known: {tracks}',
  },
  unknownProjects: { zh: '没有找到项目：{projects}', en: 'These projects were not found: {projects}' },
  notAccepted: {
    zh: '只有已公布通过的项目可以排期，这些还不是：{projects}',
    en: 'Only projects whose acceptance is published can be placed. These are not: {projects}',
  },
  notAcceptedOne: { zh: '{code}（{state}）', en: '{code} ({state})' },
  full: {
    zh: '“{track}”最多 {capacity, number} 个项目，已排 {placed, number} 个，放不下，没有改动。',
    en: '“{track}” has room for {capacity, number} and {placed, number} are placed already, so nothing was changed.',
  },
  taken: {
    zh: '“{track}”第 {place} 位已经是“{project}”。要怎么排？',
    en: 'Number {place} of “{track}” is {project}. What would you like to do?',
  },
  insert: { zh: '插入，后面的顺延', en: 'Insert it, the others move down' },
  swap: { zh: '两者对调', en: 'Swap the two' },
  warned: { zh: '请注意：', en: 'Please note:' },
  clash: {
    zh: '· “{project}”与“{other}”有共同成员，而“{other}”的路演在同一时间。',
    en: '· {project} shares a member with {other}, which is presented at the same time.',
  },
  reviewer: {
    zh: '· “{project}”与这个赛道的一位审核人单位相近（{organization}）。',
    en: '· {project} seems to come from the organization of a reviewer of this track ({organization}).',
  },
  field: {
    zh: '· “{project}”的领域（{field}）不在这个赛道的范围内。',
    en: '· The field of {project} ({field}) is not one of this track.',
  },
  anyway: { zh: '仍然安排', en: 'Place it anyway' },
  busy: {
    zh: '有人同时在排期，请稍后查看排期再试。',
    en: 'Somebody else is placing projects too. Please look at the schedule and try again.',
  },
  unplacedOne: { zh: '“{project}”已取消排期。', en: '{project} has no slot any more.' },
  notPlaced: { zh: '“{project}”还没有排期。', en: '{project} has no slot.' },
  confirmed: {
    zh: '已确认：“{project}”参加路演。\n{track}，第 {place} 位\n{time}\n{venue}',
    en: 'Confirmed: {project} will be presented.\n{track}, number {place}\n{time}\n{venue}',
  },
  declined: {
    zh: '已记录：“{project}”不能参加路演，主办方会收到通知。改变主意的话，可以改为“参加”。',
    en: 'Noted: {project} will not be presented, and the organizers are told. If you change your mind, you can still confirm.',
  },
  yes: { zh: '改为参加', en: 'We will be there after all' },
  noSlot: {
    zh: '“{project}”目前没有需要确认的路演时段。安排好后会通知您。',
    en: '{project} has no slot to confirm at present. You will be told once there is one.',
  },
  changed: {
    zh: '“{project}”的路演时段有变动，请按最新的安排答复：{track}，第 {place} 位',
    en: 'The slot of {project} has changed. Please answer for the new one: {track}, number {place}',
  },
  unknownProject: {
    zh: '您不是这个项目的成员，没有做任何改动。',
    en: 'You are not a member of that project; nothing was changed.',
  },
  attend: { zh: '参加', en: 'We will be there' },
  stayAway: { zh: '不能参加', en: 'We cannot come' },
} as const satisfies Record<string, Text>;

const PAGE = 10;
const LISTED_TRACKS = 10;

function headOf({ track, projects }: ScheduledTrack, event: CallingEvent, lang: C['lang']): string {
  const values = { ...trackPlace(track.code, event, lang), count: projects.length };
  return fill(TEXTS.track, lang, { ...values, capacity: track.capacity ?? 'none' });
}

function lineOf(project: Project, lang: C['lang']): string {
  const { place = 0, state = 'proposed' as const } = project.slot ?? {};
  return fill(TEXTS.line, lang, {
    place,
    project: projectLine(project, lang),
    state: SLOT_LABELS[state][lang],
  });
}

function silentLine(projects: readonly Project[], lang: C['lang']): string[] {
  const silent = projects.filter(({ slot }) => slot?.state === 'told');
  return silent.length > 0 ? [fill(TEXTS.silent, lang, { projects: codesOf(silent) })] : [];
}

function tellSchedule(schedule: Schedule, c: C, note?: Text): Told {
  const { lang } = c;
  const { event, tracks, unplaced, untold } = schedule;
  if (tracks.length === 0) return tell(TEXTS.noTracks, c, { title: event.title[lang] });
  const wanted = tracks.find(({ track }) => track.code === schedule.track);
  const publish: Choice[] =
    untold > 0
      ? [
          {
            value: `publish schedule ${event.code} ${untold}`,
            label: fill(TEXTS.publish, lang, { count: untold }),
          },
        ]
      : [];
  if (wanted) return tellTrack(wanted, schedule, publish, c);
  const text = [
    ...(note ? [note[lang]] : []),
    fill(TEXTS.head, lang, { title: event.title[lang] }),
    ...tracks
      .slice(0, LISTED_TRACKS)
      .flatMap((one) => ['', headOf(one, event, lang), ...silentLine(one.projects, lang)]),
    ...(unplaced.length > 0
      ? ['', fill(TEXTS.unplaced, lang, { count: unplaced.length, projects: codesOf(unplaced) })]
      : []),
  ].join('\n');
  const opens = tracks.map(({ track, projects }) => ({
    value: `schedule ${event.code} ${track.code}`,
    label: fill(TEXTS.open, lang, { track: track.name[lang], count: projects.length }),
  }));
  return offer(text, [...opens, ...publish]);
}

function tellTrack(
  one: ScheduledTrack,
  { event, page }: Schedule,
  publish: readonly Choice[],
  { lang }: C,
): Told {
  const shown = one.projects.slice(page * PAGE, (page + 1) * PAGE);
  const text = [
    headOf(one, event, lang),
    ...silentLine(one.projects, lang),
    ...(shown.length > 0 ? [''] : []),
    ...shown.map((project) => lineOf(project, lang)),
  ].join('\n');
  const isMore = one.projects.length > (page + 1) * PAGE;
  const more = isMore ? [moreChoice(`schedule ${event.code} ${one.track.code} page ${page + 2}`, lang)] : [];
  return offer(text, [...more, ...publish]);
}

function tellPlaced({ event, track, projects, moved }: Placed, c: C): Told {
  const { lang } = c;
  const text = [
    fill(TEXTS.placed, lang, { moved }),
    '',
    headOf({ track, projects }, event, lang),
    ...projects.slice(-PAGE).map((project) => lineOf(project, lang)),
  ].join('\n');
  const untold = projects.filter(({ slot }) => slot?.state === 'proposed').length;
  const open = {
    value: `schedule ${event.code}`,
    label: fill(TEXTS.head, lang, { title: event.title[lang] }),
  };
  return offer(text, untold > 0 ? [open] : []);
}

/** The same order as it was given, with a word more. */
function orderOf(
  { track, numbers, place }: PlacingInput,
  event: Pick<Event, 'code'>,
  ...more: readonly string[]
): string {
  const codes = numbers.map((number) => projectCode({ number }));
  return ['place', event.code, ...codes, track, ...(place === null ? [] : [`${place}`]), ...more].join(' ');
}

interface Refused {
  readonly event: CallingEvent;
  readonly track: Track;
  readonly input: PlacingInput;
}

function tellPlaceRefusal(outcome: Extract<Outcome, { ok: false }>, c: C, effect: Effect): Told {
  const { lang } = c;
  const { reason, data } = outcome;
  if (reason === 'which-event' && effect.kind === 'place') {
    const order = effect.input as unknown as PlacingInput;
    return askEvent(data as readonly Event[], (event) => orderOf(order, event), c);
  }
  if (reason === 'unknown-track') {
    const { event } = data as Refused;
    return tell(TEXTS.unknownTrack, c, {
      tracks: event.call.tracks.map(({ code }) => code).join(' ') || '—',
    });
  }
  if (reason === 'unknown-projects') {
    const { numbers } = data as { numbers: readonly number[] };
    return tell(TEXTS.unknownProjects, c, {
      projects: numbers.map((number) => projectCode({ number })).join(' '),
    });
  }
  if (reason === 'not-accepted') {
    const { projects } = data as { projects: readonly Project[] };
    const named = projects.map((one) =>
      fill(TEXTS.notAcceptedOne, lang, { code: projectCode(one), state: STATE_LABELS[one.state][lang] }),
    );
    return tell(TEXTS.notAccepted, c, { projects: named.join(' ') });
  }
  if (reason === 'full') {
    const { track, capacity, placed } = data as Refused & { capacity: number; placed: number };
    return tell(TEXTS.full, c, { track: track.name[lang], capacity, placed });
  }
  if (reason === 'taken') return tellTaken(data as Refused & { holder: Project }, c);
  if (reason === 'warned') return tellWarned(data as Refused & { warnings: readonly Warning[] }, c);
  if (reason === 'busy') return tell(TEXTS.busy, c);
  if (reason === 'not-placed')
    return tell(TEXTS.notPlaced, c, { project: projectLine((data as Reviewed).project, lang) });
  return tellReviewRefusal(outcome, c, effect);
}

function tellTaken(
  { event, track, input, holder }: Refused & { readonly holder: Project },
  { lang }: C,
): Told {
  const values = { track: track.name[lang], place: input.place ?? 0, project: projectLine(holder, lang) };
  return offer(fill(TEXTS.taken, lang, values), [
    { value: orderOf(input, event, 'insert'), label: TEXTS.insert[lang] },
    { value: orderOf(input, event, 'swap'), label: TEXTS.swap[lang] },
  ]);
}

const WARNED = 10;

function tellWarned(
  { event, input, warnings }: Refused & { readonly warnings: readonly Warning[] },
  { lang }: C,
): Told {
  const lines = warnings.slice(0, WARNED).map((one) => {
    const project = projectLine(one.project, lang);
    if (one.kind === 'clash')
      return fill(TEXTS.clash, lang, { project, other: projectLine(one.other, lang) });
    if (one.kind === 'field')
      return fill(TEXTS.field, lang, { project, field: fieldOf(one.project, event.call, lang) });
    return fill(TEXTS.reviewer, lang, { project, organization: one.organization });
  });
  const how = input.how === 'keep' ? [] : [input.how];
  return offer([TEXTS.warned[lang], ...lines].join('\n'), [
    { value: orderOf(input, event, ...how, 'anyway'), label: TEXTS.anyway[lang] },
  ]);
}

function tellAnswered({ event, project }: SlotAnswered, { lang }: C): Told {
  const { slot } = project;
  const said = { project: projectLine(project, lang) };
  if (slot?.state === 'confirmed') {
    const values = { ...said, ...trackPlace(slot.track, event, lang), place: slot.place };
    return offer(fill(TEXTS.confirmed, lang, values), []);
  }
  return offer(fill(TEXTS.declined, lang, said), [
    { value: `slot ${projectCode(project)} yes ${event.code}`, label: TEXTS.yes[lang] },
  ]);
}

function tellAnswerRefusal({ reason, data }: Extract<Outcome, { ok: false }>, c: C): Told {
  if (reason === 'unknown-project') return tell(TEXTS.unknownProject, c);
  const { event, project } = data as SlotAnswered;
  const said = { project: projectLine(project, c.lang) };
  const { slot } = project;
  if (reason === 'no-slot' || !slot) return tell(TEXTS.noSlot, c, said);
  const values = { ...said, track: trackPlace(slot.track, event, c.lang).track, place: slot.place };
  const order = (answer: string) =>
    `slot ${projectCode(project)} ${answer} ${event.code} ${slot.track} ${slot.place}`;
  return offer(fill(TEXTS.changed, c.lang, values), [
    { value: order('yes'), label: TEXTS.attend[c.lang] },
    { value: order('no'), label: TEXTS.stayAway[c.lang] },
  ]);
}

/** What is told of slots, by effect. */
export const slotTellers: Readonly<Record<string, Teller>> = {
  place: (outcome, c, effect) =>
    outcome.ok ? tellPlaced(outcome.data as Placed, c) : tellPlaceRefusal(outcome, c, effect),
  unplace: (outcome, c, effect) =>
    outcome.ok
      ? tell(TEXTS.unplacedOne, c, { project: projectLine((outcome.data as Reviewed).project, c.lang) })
      : tellPlaceRefusal(outcome, c, effect),
  schedule: (outcome, c, effect) =>
    outcome.ok ? tellSchedule(outcome.data as Schedule, c) : tellPlaceRefusal(outcome, c, effect),
  'publish-schedule': (outcome, c, effect) => {
    if (outcome.ok) return tell(TEXTS.published, c, { count: (outcome.data as Published).count });
    if (outcome.reason !== 'count-changed') return tellReviewRefusal(outcome, c, effect);
    return tellSchedule(outcome.data as Schedule, c, TEXTS.countChanged);
  },
  'answer-slot': (outcome, c) =>
    outcome.ok ? tellAnswered(outcome.data as SlotAnswered, c) : tellAnswerRefusal(outcome, c),
};
