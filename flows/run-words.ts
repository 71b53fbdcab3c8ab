import type { Context } from '../src/conversation/flow.ts';
import type { Choice } from '../src/conversation/types.ts';
import { fold } from '../src/conversation/words.ts';
import { findTrack } from '../src/domain/call.ts';
import { drives } from '../src/domain/driving.ts';
import type { CallingEvent } from '../src/domain/event.ts';
import { projectCode } from '../src/domain/project.ts';
import type { RunItem } from '../src/domain/run-of-show.ts';
import { formatClock, MINUTE } from '../src/domain/time.ts';
import { type TrackNow, trackNow } from '../src/domain/track-now.ts';
import type { TrackRun } from '../src/domain/track-run.ts';
import { fill, type Lang, type Text } from '../src/text/text.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import type { Order } from '../src/usecases/steer-run.ts';
import { byCode } from './facts.ts';
import { trackPlace } from './review-letters.ts';
import { short } from './review-words.ts';

type C = Context<Facts>;

const TEXTS = {
  project: { zh: '{code}《{title}》', en: '{code} “{title}”' },
  other: { zh: '{code} {title}', en: '{code} {title}' },
  place: {
    zh: '{track}{venue, select, none {} other {（{venue}）}}',
    en: '{track}{venue, select, none {} other { ({venue})}}',
  },
  planned: { zh: '还没有开始。', en: 'It has not begun.' },
  empty: { zh: '台上目前没有项目。', en: 'Nobody is on stage at the moment.' },
  closed: { zh: '已结束。', en: 'It is over.' },
  paused: { zh: '已暂停。', en: 'It is paused.' },
  onStage: { zh: '台上：{item}，{clock}', en: 'On stage: {item}, {clock}' },
  pitch: { zh: '陈述还剩 {minutes, number} 分钟', en: '{minutes, number} min of the pitch left' },
  questions: { zh: '提问还剩 {minutes, number} 分钟', en: '{minutes, number} min of questions left' },
  left: { zh: '还剩 {minutes, number} 分钟', en: '{minutes, number} min left' },
  over: { zh: '已超时 {minutes, number} 分钟', en: '{minutes, number} min over time' },
  party: { zh: '已请上台：{party}', en: 'Called to the stage: {party}' },
  follows: { zh: '接下来请：{party}', en: 'Then: {party}' },
  next: {
    zh: '下一个：{item}，预计 {time}（{zone}）',
    en: 'Next: {item}, expected at {time} ({zone})',
  },
  last: { zh: '后面没有环节了。', en: 'Nothing follows.' },
  late: { zh: '比计划晚 {minutes, number} 分钟', en: '{minutes, number} min behind the plan' },
  early: { zh: '比计划早 {minutes, number} 分钟', en: '{minutes, number} min ahead of the plan' },
  onTime: { zh: '与计划一致', en: 'On time' },
  nextButton: { zh: '下一个', en: 'Next' },
  pauseButton: { zh: '暂停', en: 'Pause' },
  resumeButton: { zh: '继续流程', en: 'Go on' },
  delayButton: { zh: '延时 5 分钟', en: 'Delay 5 min' },
  closeButton: { zh: '结束打分', en: 'Close scoring' },
} as const satisfies Record<string, Text>;

/** `P03《盐碱地改良技术》`: an item of a run, as it is announced. */
export function itemName({ kind, id, title }: RunItem, lang: Lang): string {
  const pattern = kind === 'project' ? TEXTS.project : TEXTS.other;
  return fill(pattern, lang, { code: id, title: short(title[lang]) });
}

/** What stands after a command about a run: which one is meant, and the rest of the words. */
export interface SaidOfRun {
  readonly event: string | null;
  readonly track: string | null;
  /** Items that are named, in order. */
  readonly items: readonly string[];
  readonly time: { readonly hour: number; readonly minute: number } | null;
  /** The first number that is neither a time nor a code. */
  readonly number: number | null;
  readonly step: number | null;
  readonly rest: string;
}

const callingEvents = ({ facts }: Pick<C, 'facts'>): readonly CallingEvent[] =>
  facts.events.flatMap(({ event }) => (event.call ? [{ ...event, call: event.call }] : []));

const ITEM =
  /(?<![\p{L}\d])(?:p ?0*(?<coded>[1-9]\d{0,4})|(?<numbered>[1-9]\d{0,4})号|(?<added>a[1-9]\d{0,2}))(?!\d)/gu;
const TIME = /(?<!\d)(?<hour>\d{1,2})(?::(?<minute>\d{2})|点(?<half>半)?(?<past>\d{1,2})?分?)(?!\d)/u;
const STEP = /#(?<step>\d{1,4})/u;

/** Reads what was said of a run, its words in any order. */
export function readSaid(argument: string, c: Pick<C, 'facts'>): SaidOfRun {
  const named = takeNames(` ${fold(argument)} `, c);
  const step = STEP.exec(named.rest)?.groups?.step;
  const unstepped = named.rest.replace(STEP, ' ');
  const clock = TIME.exec(unstepped)?.groups;
  const untimed = unstepped.replace(TIME, ' ');
  const found = [...untimed.matchAll(ITEM)].map(({ groups = {} }) =>
    groups.added
      ? groups.added.toUpperCase()
      : projectCode({ number: Number(groups.coded ?? groups.numbered) }),
  );
  const rest = untimed.replace(ITEM, ' ').trim();
  const number = /(?<!\d)\d{1,3}(?!\d)/u.exec(rest)?.[0];
  const minute = clock?.half ? 30 : Number(clock?.minute ?? clock?.past ?? 0);
  return {
    ...{ event: named.event, track: named.track, items: found, rest },
    time: clock ? { hour: Number(clock.hour), minute } : null,
    number: number === undefined ? null : Number(number),
    step: step === undefined ? null : Number(step),
  };
}

/** The event and the track that are named, by code or, the track, by its name. */
function takeNames(said: string, c: Pick<C, 'facts'>) {
  const calling = callingEvents(c);
  const names = calling
    .flatMap(({ call }) => call.tracks)
    .flatMap(({ code, name }) => [` ${code} `, fold(name.zh), fold(name.en)].map((word) => ({ code, word })))
    .sort((a, b) => b.word.length - a.word.length);
  const found = names.find(({ word }) => word.trim() !== '' && said.includes(word));
  const without = found ? said.replace(found.word, ' ') : said;
  const words = without.split(' ').filter((word) => word !== '');
  const event = words.flatMap((word) => byCode(c.facts, word)?.event ?? [])[0];
  const rest = words.filter((word) => word !== event?.code).join(' ');
  return { event: event?.id ?? null, track: found?.code ?? null, rest };
}

/** Runs of live events that the person drives. */
export function drivenRuns({ facts }: Pick<C, 'facts'>): readonly { run: TrackRun; event: CallingEvent }[] {
  const events = new Map(callingEvents({ facts }).map((event) => [event.id, event]));
  return facts.runs.flatMap((run) => {
    const event = events.get(run.event);
    return event && drives(facts.grants, event, run.track) ? [{ run, event }] : [];
  });
}

/** An order as it is typed, for a certain track. */
export function orderText(order: Order, event: { readonly code: string }, track: string): string {
  const at = `${event.code} ${track}`;
  if (order.what === 'next') return order.step === null ? `next ${at}` : `next ${at} #${order.step}`;
  if (order.what === 'delay') return `delay ${order.minutes} ${at}`;
  if (order.what === 'swap') return `swap ${order.items.join(' ')} ${at}`;
  if (order.what === 'noshow') return `noshow ${order.item} ${at}`;
  if (order.what === 'close') return order.sure ? `close ${at} yes` : `close ${at}`;
  return order.what === 'resume' ? `go on ${at}` : `${order.what} ${at}`;
}

const minutesOf = (ms: number): number => Math.ceil(ms / MINUTE);

/** How what is on stage stands with its time. */
export function clockText({ onStage, clock }: TrackNow, lang: Lang): string {
  if (!clock) return '';
  if (clock.part === 'over') return fill(TEXTS.over, lang, { minutes: Math.floor(clock.ms / MINUTE) });
  const pattern = onStage?.about.kind === 'project' ? TEXTS[clock.part] : TEXTS.left;
  return fill(pattern, lang, { minutes: minutesOf(clock.ms) });
}

function stageLines(now: TrackNow, lang: Lang): string[] {
  const { onStage, phase, party, nextParty } = now;
  if (phase === 'closed') return [TEXTS.closed[lang]];
  const paused = phase === 'paused' ? [TEXTS.paused[lang]] : [];
  if (!onStage) return [...paused, (phase === 'planned' ? TEXTS.planned : TEXTS.empty)[lang]];
  const item = itemName(onStage.about, lang);
  return [
    ...paused,
    fill(TEXTS.onStage, lang, { item, clock: clockText(now, lang) }),
    ...(party ? [fill(TEXTS.party, lang, { party: party[lang] })] : []),
    ...(nextParty ? [fill(TEXTS.follows, lang, { party: nextParty[lang] })] : []),
  ];
}

function nextLine({ coming, phase }: TrackNow, zone: string, lang: Lang): string[] {
  if (phase === 'closed') return [];
  const [next] = coming;
  if (!next) return [TEXTS.last[lang]];
  const values = { item: itemName(next.about, lang), time: formatClock(next.from, zone, lang), zone };
  return [fill(TEXTS.next, lang, values)];
}

function delayLine({ delayMinutes, phase, onStage, coming }: TrackNow, lang: Lang): string[] {
  if (phase === 'closed' || (!onStage && coming.length === 0)) return [];
  return [delayText(delayMinutes, lang)];
}

/** How far a track is from its plan. */
export function delayText(minutes: number, lang: Lang): string {
  if (minutes === 0) return TEXTS.onTime[lang];
  return fill(minutes > 0 ? TEXTS.late : TEXTS.early, lang, { minutes: Math.abs(minutes) });
}

/** What a track is called and where it is; `none`: its name says so already. */
export function placeOf(code: string, event: CallingEvent, lang: Lang) {
  const { track, venue } = trackPlace(code, event, lang);
  return { track, venue: venue === track ? 'none' : venue };
}

/** Where a track is, what is on stage, what comes next and how far it is from the plan. */
export function nowText(now: TrackNow, event: CallingEvent, lang: Lang): string {
  return [
    fill(TEXTS.place, lang, placeOf(now.track, event, lang)),
    ...stageLines(now, lang),
    ...nextLine(now, event.zone, lang),
    ...delayLine(now, lang),
  ].join('\n');
}

/** What a host does most, as a track stands. */
export function hostChoices(now: TrackNow, event: CallingEvent, lang: Lang): Choice[] {
  const { phase, step, track, onStage, coming } = now;
  if (phase === 'closed') return [];
  const choice = (order: Order, label: Text): Choice => ({
    value: orderText(order, event, track),
    label: label[lang],
  });
  if (!onStage && coming.length === 0) return [choice({ what: 'close', sure: false }, TEXTS.closeButton)];
  const pause =
    phase === 'paused'
      ? choice({ what: 'resume' }, TEXTS.resumeButton)
      : choice({ what: 'pause' }, TEXTS.pauseButton);
  return [
    choice({ what: 'next', step }, TEXTS.nextButton),
    pause,
    choice({ what: 'delay', minutes: 5 }, TEXTS.delayButton),
  ];
}

/** How a run stands as the facts say. */
export function nowOf(run: TrackRun, { facts }: Pick<C, 'facts'>): TrackNow {
  return trackNow(run, facts.now);
}

export function trackName(code: string, { call }: CallingEvent, lang: Lang): string {
  return findTrack(call, code)?.name[lang] ?? code;
}
