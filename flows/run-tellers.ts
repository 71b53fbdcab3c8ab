import type { Context, Told } from '../src/conversation/flow.ts';
import type { Effect, Outcome } from '../src/conversation/types.ts';
import type { CallingEvent } from '../src/domain/event.ts';
import { findSession } from '../src/domain/event.ts';
import { projectCode } from '../src/domain/project.ts';
import { expectedTimes, firstState, type RunCommand } from '../src/domain/run-of-show.ts';
import { formatClock, formatSpan, MINUTE } from '../src/domain/time.ts';
import type { TrackRun } from '../src/domain/track-run.ts';
import { fill, type Lang, type Text } from '../src/text/text.ts';
import type { DrivenRun, DrivenTrack } from '../src/usecases/driven-run.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import type { AddedItem, PlannedRun } from '../src/usecases/plan-run.ts';
import type { Order, Steered } from '../src/usecases/steer-run.ts';
import { hostChoices, itemName, nowOf, nowText, orderText, trackName } from './run-words.ts';
import { offer, tell } from './telling.ts';

type C = Context<Facts>;
type Teller = (outcome: Outcome, c: C, effect: Effect) => Told;

const TEXTS = {
  head: { zh: '{event} · {track}\n{span}', en: '{event}, {track}\n{span}' },
  line: { zh: '{time} {item}', en: '{time} {item}' },
  parties: { zh: '{time} {item}（{parties}）', en: '{time} {item} ({parties})' },
  comma: { zh: '、', en: ', ' },
  overrun: {
    zh: '请注意：按此流程，结束时间将比场次（{end} 结束）晚 {minutes, number} 分钟。',
    en: 'Please note: this ends {minutes, plural, one {# minute} other {# minutes}} after the session does ({end}).',
  },
  declined: {
    zh: '未排入（团队不能参加）：{projects}',
    en: 'Left out, as their teams cannot come: {projects}',
  },
  begin: {
    zh: '发送“下一个”开始第一个环节，并开放打分。',
    en: 'Send “next” to begin with the first one and to open the scoring.',
  },
  beginButton: { zh: '开始', en: 'Begin' },
  addButton: { zh: '加环节', en: 'Add an item' },
  added: {
    zh: '已添加：{item}。',
    en: 'Added: {item}.',
  },
  notHost: {
    zh: '流程由赛道主持人和活动主办方控制。{contact, select, none {} other {如有疑问，请联系：{contact}}}',
    en: 'The run of show is driven by the hosts of the track and the organizers.{contact, select, none {} other { For questions: {contact}}}',
  },
  unknownTrack: {
    zh: '没有这个赛道，或者它不归您负责。您的赛道：{tracks}',
    en: 'There is no such track, or it is not yours to drive. Yours: {tracks}',
  },
  whichTrack: { zh: '是哪个赛道？', en: 'Which track do you mean?' },
  trackChoice: { zh: '{track} · {event}', en: '{track}, {event}' },
  noRun: {
    zh: '“{track}”还没有排流程，请先发送“排流程 {code}”。',
    en: '“{track}” has no run of show yet. Please send “run plan {code}” first.',
  },
  planButton: { zh: '排流程', en: 'Plan it' },
  noProjects: {
    zh: '“{track}”还没有已通过并排期的项目，无法排流程。请先用“排期”安排项目。',
    en: 'No accepted project is placed in “{track}” yet, so there is nothing to plan. Please place projects first, with “schedule”.',
  },
  noSuchTime: {
    zh: '当天没有这个时间，请写成 14:30 这样的格式。',
    en: 'There is no such time on that day. Please write it like 14:30.',
  },
  begun: {
    zh: '“{track}”的流程已经开始，不能重排，也不能加环节。要调整顺序，请发送“换序 P04 P06”。',
    en: 'The run of “{track}” has begun, so it can be neither planned anew nor added to. To change the order, send “swap P04 P06”.',
  },
  tooMany: {
    zh: '流程的环节已达上限，没有添加。',
    en: 'The run has as many items as it can; nothing was added.',
  },
  closed: {
    zh: '“{track}”的流程已结束，打分已停止，没有做任何改动。',
    en: 'The run of “{track}” is over and its scoring has ended; nothing was changed.',
  },
  nothingNext: {
    zh: '后面没有环节了。全部打完分后，请发送“结束打分”。',
    en: 'Nothing follows. Once everything is scored, send “close”.',
  },
  notLive: {
    zh: '“{track}”还没有开始，不能结束打分。发送“下一个”即可开始。',
    en: '“{track}” has not begun, so there is no scoring to close. Send “next” to begin.',
  },
  notPaused: { zh: '流程没有暂停，正在进行。', en: 'The run is not paused.' },
  alreadyPaused: {
    zh: '流程已经暂停。发送“继续流程”可恢复。',
    en: 'The run is paused already. Send “go on” to resume it.',
  },
  unknownItem: {
    zh: '“{track}”的流程里没有 {items}。还没上台的有：{left}',
    en: 'The run of “{track}” has no {items}. Yet to come: {left}',
  },
  alreadyShown: {
    zh: '只能改动还没上台的环节，没有做任何改动。还没上台的有：{left}',
    en: 'Only what is yet to come can be changed, so nothing was. Yet to come: {left}',
  },
  onStage: {
    zh: '{items} 中有一个正在台上，不能换序。',
    en: 'One of {items} is on stage, so they cannot be swapped.',
  },
  sameItem: {
    zh: '两次写的是同一个项目，请写明要对调的两个项目。',
    en: 'These are the same. Please name two to swap.',
  },
  nothingToUndo: { zh: '没有可以撤销的操作。', en: 'There is nothing to undo.' },
  wentOn: {
    zh: '流程在您看到之后已有变化，没有重复操作。目前：',
    en: 'The run has moved since you saw it, so nothing was done twice. It stands like this:',
  },
  justWentOn: {
    zh: '另一位主持人刚刚已切到下一个，没有重复操作。要再往后，请再次点“下一个”。',
    en: 'Another host has just gone on, so nothing was done twice. To go on once more, tap “Next”.',
  },
  confirmClose: {
    zh: '确定结束“{track}”的流程并停止打分吗？{left, plural, =0 {} other {还有 # 个环节没上台。}}结束后不能撤销。',
    en: 'Do you really want to end the run of “{track}” and its scoring?{left, plural, =0 {} one { # item has not been on stage.} other { # items have not been on stage.}} This cannot be undone.',
  },
  closeYes: { zh: '结束打分', en: 'Close the scoring' },
  closeNo: { zh: '不结束', en: 'Do not close it' },
  didNext: { zh: '请 {item}上台。', en: 'On stage now: {item}.' },
  didBegin: { zh: '现在进行：{item}。', en: 'Now: {item}.' },
  didCue: { zh: '请{party}上台。', en: 'Please call {party} to the stage.' },
  didLast: { zh: '最后一个环节已结束。', en: 'The last item has left the stage.' },
  didDelay: {
    zh: '后面的环节已推迟 {minutes, number} 分钟。',
    en: 'What follows is put off by {minutes, number} min.',
  },
  didSwap: { zh: '已对调 {items}。', en: 'Swapped: {items}.' },
  didNoshow: { zh: '已记录缺席：{items}。', en: 'Noted as absent: {items}.' },
  didPause: { zh: '流程已暂停。', en: 'The run is paused.' },
  didResume: { zh: '流程继续。', en: 'The run goes on.' },
  didUndo: { zh: '已撤销：{what}。', en: 'Taken back: {what}.' },
  didClose: {
    zh: '流程已结束，打分已停止，评分表正在锁定。',
    en: 'The run is over and the scoring has ended. The score sheets are being locked.',
  },
} as const satisfies Record<string, Text>;

const NAMES = {
  next: { zh: '下一个', en: 'next' },
  pause: { zh: '暂停', en: 'pause' },
  resume: { zh: '继续流程', en: 'go on' },
  close: { zh: '结束打分', en: 'close' },
  undo: { zh: '撤销', en: 'undo' },
  delay: { zh: '延时 {minutes, number}', en: 'delay {minutes, number}' },
  swap: { zh: '换序 {items}', en: 'swap {items}' },
  noshow: { zh: '缺席 {items}', en: 'noshow {items}' },
} as const satisfies Record<RunCommand['what'], Text>;

function commandName(command: RunCommand, lang: Lang): string {
  const minutes = command.what === 'delay' ? command.minutes : 0;
  const items =
    command.what === 'swap' ? command.items.join(' ') : command.what === 'noshow' ? command.item : '';
  return fill(NAMES[command.what], lang, { minutes, items });
}

const join = (words: readonly string[], lang: Lang): string => words.join(TEXTS.comma[lang]);

/** A whole run with its times: as planned before it begins, then as expected. */
export function planText(run: TrackRun, event: CallingEvent, { lang }: Pick<C, 'lang'>): string {
  const { plan } = run;
  const items = new Map(plan.items.map((item) => [item.id, item]));
  const times = expectedTimes(plan, firstState(plan), plan.startsAt);
  const ends = times.at(-1)?.to ?? plan.startsAt;
  const lines = times.flatMap(({ item: id, from }) => {
    const item = items.get(id);
    if (!item) return [];
    const values = { time: formatClock(from, event.zone, lang), item: itemName(item, lang) };
    const parties = join(
      item.parties.map((party) => party[lang]),
      lang,
    );
    return [fill(parties === '' ? TEXTS.line : TEXTS.parties, lang, { ...values, parties })];
  });
  const head = fill(TEXTS.head, lang, {
    event: event.title[lang],
    track: trackName(run.track, event, lang),
    span: formatSpan(plan.startsAt, ends, event.zone, lang),
  });
  return [head, ...lines, ...overrunLine(run, ends, event, lang)].join('\n');
}

function overrunLine({ track }: TrackRun, ends: Date, event: CallingEvent, lang: Lang): string[] {
  const code = event.call.tracks.find((one) => one.code === track)?.session;
  const end = ((code ? findSession(event, code) : undefined) ?? event).endsAt;
  if (ends <= end) return [];
  const minutes = Math.ceil((ends.getTime() - end.getTime()) / MINUTE);
  return ['', fill(TEXTS.overrun, lang, { minutes, end: formatClock(end, event.zone, lang) })];
}

function tellPlanned(planned: PlannedRun, c: C): Told {
  const { run, event, declined } = planned;
  const left = declined.map((one) => projectCode(one));
  const text = [
    planText(run, event, c),
    ...(left.length > 0 ? [fill(TEXTS.declined, c.lang, { projects: join(left, c.lang) })] : []),
    '',
    TEXTS.begin[c.lang],
  ].join('\n');
  return offer(text, beginChoices(run, event, c));
}

function beginChoices(run: TrackRun, event: CallingEvent, c: C) {
  const { step } = nowOf(run, c);
  return [
    { value: orderText({ what: 'next', step }, event, run.track), label: TEXTS.beginButton[c.lang] },
    { value: `run add ${event.code} ${run.track}`, label: TEXTS.addButton[c.lang] },
  ];
}

function doneText({ run, undone }: Steered, order: Order, c: C): string {
  const { lang } = c;
  const { onStage, party } = nowOf(run, c);
  if (order.what === 'next') {
    if (party) return fill(TEXTS.didCue, lang, { party: party[lang] });
    return onStage
      ? fill(onStage.about.kind === 'project' ? TEXTS.didNext : TEXTS.didBegin, lang, {
          item: itemName(onStage.about, lang),
        })
      : TEXTS.didLast[lang];
  }
  if (order.what === 'delay') return fill(TEXTS.didDelay, lang, { minutes: order.minutes });
  if (order.what === 'swap') return fill(TEXTS.didSwap, lang, { items: join(order.items, lang) });
  if (order.what === 'noshow') return fill(TEXTS.didNoshow, lang, { items: order.item });
  if (order.what === 'undo')
    return fill(TEXTS.didUndo, lang, { what: undone ? commandName(undone, lang) : '' });
  if (order.what === 'close') return TEXTS.didClose[lang];
  return (order.what === 'pause' ? TEXTS.didPause : TEXTS.didResume)[lang];
}

/** Some words, then how the track stands, with what a host does most. */
function withNow(text: string, { run, event }: DrivenRun, c: C): Told {
  const now = nowOf(run, c);
  return offer([text, '', nowText(now, event, c.lang)].join('\n'), hostChoices(now, event, c.lang));
}

function askTrack(tracks: readonly DrivenTrack[], command: (one: DrivenTrack) => string, c: C): Told {
  const isOneEvent = new Set(tracks.map(({ event }) => event.id)).size === 1;
  const label = ({ event, track }: DrivenTrack): string =>
    isOneEvent
      ? track.name[c.lang]
      : fill(TEXTS.trackChoice, c.lang, { track: track.name[c.lang], event: event.title[c.lang] });
  return offer(
    TEXTS.whichTrack[c.lang],
    tracks.map((one) => ({ value: command(one), label: label(one) })),
  );
}

const SENTENCES: Readonly<Record<string, Text>> = {
  begun: TEXTS.begun,
  'no-projects': TEXTS.noProjects,
  'no-such-time': TEXTS.noSuchTime,
  'too-many': TEXTS.tooMany,
  closed: TEXTS.closed,
  'nothing-next': TEXTS.nothingNext,
  'not-live': TEXTS.notLive,
  'not-paused': TEXTS.notPaused,
  'already-paused': TEXTS.alreadyPaused,
  'unknown-item': TEXTS.unknownItem,
  'already-shown': TEXTS.alreadyShown,
  'on-stage': TEXTS.onStage,
  'same-item': TEXTS.sameItem,
  'nothing-to-undo': TEXTS.nothingToUndo,
};

/** Refusals after which it helps to see how the track stands. */
const WITH_NOW = ['nothing-next', 'not-paused', 'already-paused'];

function tellRefusal(
  { reason, data }: Extract<Outcome, { ok: false }>,
  c: C,
  command: (one: DrivenTrack) => string,
  items: readonly string[] = [],
): Told {
  if (reason === 'not-host') {
    const [event] = data as readonly CallingEvent[];
    return tell(TEXTS.notHost, c, { contact: event?.contact[c.lang] ?? 'none' });
  }
  if (reason === 'unknown-track') {
    const tracks = (data as readonly DrivenTrack[]).map(({ track }) => track.name[c.lang]);
    return tell(TEXTS.unknownTrack, c, { tracks: join([...new Set(tracks)], c.lang) });
  }
  if (reason === 'which-track') return askTrack(data as readonly DrivenTrack[], command, c);
  if (reason === 'no-run') return tellNoRun(data as readonly DrivenTrack[], c);
  const driven = data as DrivenRun;
  const text = SENTENCES[reason];
  if (!text) throw new Error(`expected a sentence for the refusal "${reason}", found none`);
  const left = driven.run ? nowOf(driven.run, c).coming.map(({ item }) => item) : [];
  const said = fill(text, c.lang, {
    track: driven.track.name[c.lang],
    items: join(items, c.lang),
    left: left.length > 0 ? join(left, c.lang) : '—',
  });
  return WITH_NOW.includes(reason) ? withNow(said, driven, c) : offer(said, []);
}

function tellNoRun(tracks: readonly DrivenTrack[], c: C): Told {
  const planOf = ({ event, track }: DrivenTrack) => `run plan ${event.code} ${track.code}`;
  const [only, ...more] = tracks;
  if (!only || more.length > 0) return askTrack(tracks, planOf, c);
  const text = fill(TEXTS.noRun, c.lang, { track: only.track.name[c.lang], code: only.track.code });
  return offer(text, [{ value: planOf(only), label: TEXTS.planButton[c.lang] }]);
}

const itemsOf = (order: Order): readonly string[] =>
  order.what === 'swap' ? order.items : order.what === 'noshow' ? [order.item] : [];

const tellSteered: Teller = (outcome, c, { input }) => {
  const order = input.order as Order;
  if (outcome.ok) {
    const steered = outcome.data as Steered;
    return withNow(doneText(steered, order, c), steered, c);
  }
  const { reason, data } = outcome;
  if (reason === 'went-on') return withNow(TEXTS.wentOn[c.lang], data as DrivenRun, c);
  if (reason === 'just-went-on') return withNow(TEXTS.justWentOn[c.lang], data as DrivenRun, c);
  if (reason === 'confirm-close') return askClose(data as DrivenRun, c);
  return tellRefusal(outcome, c, ({ event, track }) => orderText(order, event, track.code), itemsOf(order));
};

function askClose({ run, event, track }: DrivenRun, c: C): Told {
  const left = nowOf(run, c).coming.length;
  return offer(fill(TEXTS.confirmClose, c.lang, { track: track.name[c.lang], left }), [
    { value: orderText({ what: 'close', sure: true }, event, run.track), label: TEXTS.closeYes[c.lang] },
    { value: `now ${event.code} ${run.track}`, label: TEXTS.closeNo[c.lang] },
  ]);
}

const tellPlan: Teller = (outcome, c, { input }) => {
  if (outcome.ok) return tellPlanned(outcome.data as PlannedRun, c);
  const time = input.time as { hour: number; minute: number } | null;
  const at = time ? ` ${time.hour}:${String(time.minute).padStart(2, '0')}` : '';
  return tellRefusal(outcome, c, ({ event, track }) => `run plan ${event.code} ${track.code}${at}`);
};

const tellAdded: Teller = (outcome, c, { input }) => {
  if (!outcome.ok)
    return tellRefusal(
      outcome,
      c,
      ({ event, track }) => `run add ${event.code} ${track.code}`,
      typeof input.after === 'string' ? [input.after] : [],
    );
  const { item, run, event } = outcome.data as AddedItem;
  const added = fill(TEXTS.added, c.lang, { item: itemName(item, c.lang) });
  return offer([added, '', planText(run, event, c)].join('\n'), beginChoices(run, event, c));
};

export const runTellers: Readonly<Record<string, Teller>> = {
  'plan-run': tellPlan,
  'add-run-item': tellAdded,
  'steer-run': tellSteered,
};
