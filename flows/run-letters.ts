import { formatClock } from '../src/domain/time.ts';
import { stepOf } from '../src/domain/track-now.ts';
import { fill, type Lang, type Text } from '../src/text/text.ts';
import type { OnDay, RunLetters } from '../src/usecases/run-letters.ts';
import { itemName, orderText, placeOf } from './run-words.ts';

const CALLS = {
  30: {
    zh: '{item}预计 {time}上台，还有约 30 分钟。请提前到场候场。',
    en: '{item} is expected on stage at {time}, in about 30 minutes. Please come to the venue.',
  },
  10: {
    zh: '{item}预计 {time}上台，还有约 10 分钟。请到台边候场。',
    en: '{item} is expected on stage at {time}, in about 10 minutes. Please wait beside the stage.',
  },
  next: {
    zh: '下一个就是 {item}，预计 {time}上台。请做好准备。',
    en: 'You are next: {item}, expected on stage at {time}. Please be ready.',
  },
  moved: {
    zh: '{item}的上台时间有变动，现预计 {time}。',
    en: 'The time of {item} has changed: it is now expected on stage at {time}.',
  },
  paused: {
    zh: '流程已暂停，{item}的上台时间待定。恢复后会通知您。',
    en: 'The run is paused, so the time of {item} is open. You will be told once it goes on.',
  },
  absent: {
    zh: '{item}被记录为缺席。如果您已到场，请马上联系会场主持人，或：{contact}',
    en: '{item} was noted as absent. If you are here, please see the host of the venue at once, or contact: {contact}',
  },
} as const satisfies Record<string, Text>;

const CUES = {
  questions: {
    zh: '{item}：陈述时间到，提问环节开始（{minutes, number} 分钟）。',
    en: '{item}: the pitch time is up. Questions begin ({minutes, number} min).',
  },
  'last-minute': { zh: '{item}：还剩 1 分钟。', en: '{item}: 1 minute left.' },
  over: {
    zh: '{item}：已超时 {minutes, number} 分钟。',
    en: '{item}: {minutes, plural, one {# minute} other {# minutes}} over time.',
  },
} as const satisfies Record<string, Text>;

const TEXTS = {
  time: { zh: '{time}（{zone}）', en: '{time} ({zone})' },
  where: {
    zh: '{track}{venue, select, none {} other {，{venue}}}',
    en: '{track}{venue, select, none {} other {, {venue}}}',
  },
  next: { zh: '下一个', en: 'Next' },
  delay: { zh: '延时 5 分钟', en: 'Delay 5 min' },
} as const satisfies Record<string, Text>;

function place({ event, run }: OnDay, lang: Lang): string {
  const { call } = event;
  return call ? fill(TEXTS.where, lang, placeOf(run.track, { ...event, call }, lang)) : '';
}

/** Letters on the day of a track. */
export const runLetters: RunLetters = {
  callUp({ why, from }, about, lang) {
    const { event, item } = about;
    const time = from
      ? fill(TEXTS.time, lang, { time: formatClock(from, event.zone, lang), zone: event.zone })
      : '';
    const values = { item: itemName(item, lang), time, contact: event.contact[lang] };
    return { text: [fill(CALLS[why], lang, values), place(about, lang)].join('\n') };
  },
  stageCue(cue, about, lang) {
    const { event, run, item } = about;
    const minutes = cue.what === 'last-minute' ? 1 : cue.minutes;
    const text = fill(CUES[cue.what], lang, { item: itemName(item, lang), minutes });
    return {
      text: [text, place(about, lang)].join('\n'),
      choices: [
        {
          value: orderText({ what: 'next', step: stepOf(run.commands) }, event, run.track),
          label: TEXTS.next[lang],
        },
        {
          value: orderText({ what: 'delay', minutes: 5 }, event, run.track),
          label: TEXTS.delay[lang],
        },
      ],
    };
  },
};
