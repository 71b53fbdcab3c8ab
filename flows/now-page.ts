import type { RunPhase } from '../src/domain/run-of-show.ts';
import type { TimedItem, TrackNow } from '../src/domain/track-now.ts';
import { fill, type Lang, type Text } from '../src/text/text.ts';
import { clockText, delayText, itemName } from './run-words.ts';

const TEXTS = {
  title: { zh: '现在与接下来', en: 'Now and next' },
  onStage: { zh: '台上', en: 'On stage' },
  next: { zh: '接下来', en: 'Next' },
  nothing: { zh: '还没有排好的流程。', en: 'No run of show is planned yet.' },
  nobody: { zh: '目前没有项目在台上', en: 'Nobody at the moment' },
  last: { zh: '后面没有环节了', en: 'Nothing follows' },
  unknown: { zh: '没有这个活动，或者它已经结束。', en: 'There is no such event, or it is over.' },
  other: { zh: 'English', en: '中文' },
  zone: { zh: '（{zone}）', en: '({zone})' },
} as const satisfies Record<string, Text>;

const PHASES: Readonly<Record<RunPhase, Text>> = {
  planned: { zh: '未开始', en: 'not begun' },
  live: { zh: '进行中', en: 'live' },
  paused: { zh: '已暂停', en: 'paused' },
  closed: { zh: '已结束', en: 'over' },
};

/** What the public page of a day says. */
export function nowPageWords(lang: Lang) {
  return {
    title: TEXTS.title[lang],
    onStage: TEXTS.onStage[lang],
    next: TEXTS.next[lang],
    nothing: TEXTS.nothing[lang],
    nobody: TEXTS.nobody[lang],
    last: TEXTS.last[lang],
    unknown: TEXTS.unknown[lang],
    other: { lang: lang === 'zh' ? ('en' as const) : ('zh' as const), label: TEXTS.other[lang] },
    phase: ({ phase }: TrackNow) => PHASES[phase][lang],
    delay: (minutes: number) => delayText(minutes, lang),
    clock: (now: TrackNow) => clockText(now, lang),
    name: ({ about }: TimedItem) => itemName(about, lang),
    zone: (zone: string) => fill(TEXTS.zone, lang, { zone }),
  };
}
