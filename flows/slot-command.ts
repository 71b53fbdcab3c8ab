import type { Action, Command, Context } from '../src/conversation/flow.ts';
import { fold } from '../src/conversation/words.ts';
import { isReviewer } from '../src/domain/access.ts';
import { findTrack } from '../src/domain/call.ts';
import { projectCode, projectNumber } from '../src/domain/project.ts';
import { fill, type Text } from '../src/text/text.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import { byCode } from './facts.ts';
import { askEvent, named, namesProject, noReviewer, reviewed } from './review-words.ts';
import { offer, tell } from './telling.ts';

type C = Context<Facts>;

const TEXTS = {
  how: {
    zh: '请写明项目和赛道，例如：排期 P03 {track} 2（第 2 位），或按顺序排多个项目：排期 {track} P03 P07 P12',
    en: 'Please name the project and the track, for example: place P03 {track} 2 (as the second), or several in their order: place {track} P03 P07 P12',
  },
  noTracks: {
    zh: '您主办的活动还没有赛道。请在活动文件的 call 部分添加 tracks。',
    en: 'None of your events has tracks. Please add tracks to the call in the event file.',
  },
  which: {
    zh: '请写明项目编号，例如：{example}',
    en: 'Please name the project by its code, for example: {example}',
  },
  whichSlot: {
    zh: '请写明项目和答复，例如：时段 P03 参加',
    en: 'Please name the project and your answer, for example: slot P03 yes',
  },
  notMember: {
    zh: '您不是项目 {code} 的成员。请核对编号后重新发送。',
    en: 'You are not a member of project {code}. Please check the code and send it again.',
  },
  ask: { zh: '项目 {code} 参加已安排的路演吗？', en: 'Will project {code} come to its slot?' },
  yes: { zh: '参加', en: 'We will be there' },
  no: { zh: '不能参加', en: 'We cannot come' },
} as const satisfies Record<string, Text>;

const effect = (kind: string, input: Record<string, unknown>): Action => ({ effect: { kind, input } });

const HOW: ReadonlyMap<string, 'insert' | 'swap'> = new Map([
  ['insert', 'insert'],
  ['插入', 'insert'],
  ['swap', 'swap'],
  ['对调', 'swap'],
]);
const ANYWAY = ['anyway', '仍然安排'];
const CODED = /^(?:项目)?p0*[1-9]\d{0,4}$/u;

interface Order {
  readonly event: string | null;
  readonly track: string;
  readonly numbers: readonly number[];
  readonly place: number | null;
  readonly how: 'keep' | 'insert' | 'swap';
  readonly anyway: boolean;
}

/** The code of a track, by its code or its name. */
function trackNamed(word: string, c: C): string | undefined {
  const tracks = reviewed(c).flatMap(({ call }) => call.tracks);
  return tracks.find(({ code, name }) => [code, fold(name.zh), fold(name.en)].includes(word))?.code;
}

/** `P03 digital 2`, `digital P03 P07 P12`, `fair P03 digital 2 insert anyway`, in any order of the words; undefined: it places nothing. */
function orderIn(argument: string, c: C): Order | undefined {
  const words = fold(argument)
    .replace(/[,，]/gu, ' ')
    .split(' ')
    .filter((word) => word !== '');
  const numbers = words.filter((word) => CODED.test(word)).flatMap((word) => projectNumber(word) ?? []);
  const rest = words.filter((word) => !CODED.test(word));
  const tracks = rest.flatMap((word) => trackNamed(word, c) ?? []);
  const places = rest
    .filter((word) => /^第?[1-9]\d{0,2}位?$/u.test(word))
    .map((word) => Number(word.replace(/\D/gu, '')));
  const [track] = tracks;
  if (numbers.length === 0 || track === undefined || places.length > 1) return undefined;
  const events = rest.flatMap((word) => (trackNamed(word, c) ? [] : (byCode(c.facts, word)?.event ?? [])));
  const only = reviewed(c).filter(({ call }) => findTrack(call, track));
  return {
    event: events[0]?.id ?? (only.length === 1 ? only[0]?.id : undefined) ?? null,
    track,
    numbers: [...new Set(numbers)],
    place: numbers.length === 1 ? (places[0] ?? null) : null,
    how: rest.flatMap((word) => HOW.get(word) ?? [])[0] ?? 'keep',
    anyway: rest.some((word) => ANYWAY.includes(word)),
  };
}

function place(argument: string, c: C): Action {
  if (reviewed(c).length === 0) return noReviewer(c);
  const order = orderIn(argument, c);
  if (order) return effect('place', { ...order });
  const [track] = reviewed(c).flatMap(({ call }) => call.tracks);
  return track ? tell(TEXTS.how, c, { track: track.code }) : tell(TEXTS.noTracks, c);
}

const PAGE = /(?:^| )(?:page|第) ?(?<page>\d{1,4}) ?页?$/u;

/** `schedule`, `schedule digital`, `schedule fair digital page 2`; with projects it places them. */
function schedule(argument: string, c: C): Action {
  if (reviewed(c).length === 0) return noReviewer(c);
  const said = fold(argument);
  if (said.split(' ').some((word) => CODED.test(word))) return place(argument, c);
  const page = Math.max(0, Number(PAGE.exec(said)?.groups?.page ?? 1) - 1);
  const [first = '', ...more] = said.replace(PAGE, '').trim().split(' ');
  const event = byCode(c.facts, first)?.event;
  const word = (event ? more : [first, ...more]).join(' ');
  const track = word === '' ? null : (trackNamed(word, c) ?? word.slice(0, 32));
  const only = reviewed(c).filter(({ call }) => track !== null && findTrack(call, track));
  const id = event?.id ?? (only.length === 1 ? only[0]?.id : undefined) ?? null;
  return effect('schedule', { event: id, track, page });
}

function unplace(argument: string, c: C): Action {
  if (reviewed(c).length === 0) return noReviewer(c);
  const one = named(argument, c, 'after');
  if (!one) return tell(TEXTS.which, c, { example: fill({ zh: '取消排期 P03', en: 'unplace P03' }, c.lang) });
  return effect('unplace', { event: one.event, number: one.number });
}

const ANSWERS: ReadonlyMap<string, boolean> = new Map([
  ['yes', true],
  ['参加', true],
  ['是', true],
  ['no', false],
  ['不参加', false],
  ['不能参加', false],
  ['否', false],
]);

/** `slot P03 yes`, with the event, and the place that was read, where a button says so. */
function slot(argument: string, c: C): Action {
  const one = named(argument, c, 'before');
  if (!one) return tell(TEXTS.whichSlot, c);
  const code = projectCode(one);
  const [word = '', at = '', track = '', place = ''] = fold(one.rest).split(' ');
  const event = one.event ?? byCode(c.facts, at)?.event.id;
  const mine = c.facts.projects.filter(
    ({ project }) => project.number === one.number && (event === undefined || project.event === event),
  );
  const [first, ...more] = mine;
  if (!first) return tell(TEXTS.notMember, c, { code });
  if (more.length > 0) {
    const events = mine.map((own) => own.event);
    return askEvent(events, (own) => `slot ${code} ${word || 'ask'} ${own.code}`, c, code);
  }
  const accepted = ANSWERS.get(word);
  if (accepted === undefined)
    return offer(fill(TEXTS.ask, c.lang, { code }), [
      { value: `slot ${code} yes ${first.event.code}`, label: TEXTS.yes[c.lang] },
      { value: `slot ${code} no ${first.event.code}`, label: TEXTS.no[c.lang] },
    ]);
  const seen = /^[1-9]\d{0,2}$/u.test(place) ? { track, place: Number(place) } : null;
  return effect('answer-slot', { project: first.project.id, accepted, seen });
}

/** Where and when projects are shown. */
export const slotCommands: readonly Command<Facts>[] = [
  {
    id: 'place',
    words: { zh: ['安排'], en: ['place'] },
    argument: true,
    knows: (argument, c) => isReviewer(c.facts.grants) && orderIn(argument, c) !== undefined,
    run: place,
  },
  {
    id: 'schedule',
    words: { zh: ['排期'], en: ['schedule'] },
    argument: true,
    knows: (argument, c) =>
      isReviewer(c.facts.grants) && (orderIn(argument, c) ?? trackNamed(fold(argument), c)) !== undefined,
    run: schedule,
  },
  {
    id: 'unplace',
    words: { zh: ['取消排期'], en: ['unplace'] },
    argument: true,
    knows: namesProject,
    run: unplace,
  },
  {
    id: 'slot',
    words: { zh: ['时段'], en: ['slot'] },
    argument: true,
    knows: (argument, c) => named(argument, c, 'before') !== undefined && c.facts.projects.length > 0,
    run: slot,
  },
];
