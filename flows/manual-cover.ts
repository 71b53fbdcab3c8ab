import type { Flow, TextQuestion } from '../src/conversation/flow.ts';
import { fill, type Text } from '../src/text/text.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import { calledEvents } from './manual-events.ts';

const TEXTS = {
  title: { zh: '手册封面', en: 'Cover of the manual' },
  ask: {
    zh: '请发送{label}，最多 {most} 字。',
    en: '{label}, in up to {most} characters?',
  },
  tooLong: {
    zh: '最多 {most} 字，请缩短后再发。',
    en: 'That is too long: no more than {most} characters, please.',
  },
} as const satisfies Record<string, Text>;

const TITLE_MAX = 60;
const TEXT_MAX = 600;

/** A text of the cover in one language; left out, it is not printed. */
function coverQuestion(id: string, label: Text, most: number): TextQuestion<Facts> {
  return {
    kind: 'text',
    id,
    label,
    ask: ({ lang }) => fill(TEXTS.ask, lang, { label: label[lang], most }),
    optional: true,
    parse: (text, { lang }) =>
      [...text].length > most ? { wrong: fill(TEXTS.tooLong, lang, { most }) } : { ok: text },
  };
}

/** The front page of the next edition. */
export const coverFlow: Flow<Facts> = {
  id: 'cover',
  title: ({ lang }) => TEXTS.title[lang],
  questions: [
    {
      kind: 'choice',
      id: 'event',
      ask: { zh: '是哪个活动？', en: 'Which event is it about?' },
      label: { zh: '活动', en: 'Event' },
      preset: true,
      sole: true,
      choices: (c) => calledEvents(c).map(({ id, title }) => ({ value: id, label: title[c.lang] })),
    },
    coverQuestion('title-zh', { zh: '封面标题（中文）', en: 'Title of the cover in Chinese' }, TITLE_MAX),
    coverQuestion('title-en', { zh: '封面标题（英文）', en: 'Title of the cover in English' }, TITLE_MAX * 2),
    coverQuestion('subtitle-zh', { zh: '副标题（中文）', en: 'Subtitle in Chinese' }, TITLE_MAX),
    coverQuestion('subtitle-en', { zh: '副标题（英文）', en: 'Subtitle in English' }, TITLE_MAX * 2),
    coverQuestion('text-zh', { zh: '卷首语（中文）', en: 'Foreword in Chinese' }, TEXT_MAX),
    coverQuestion('text-en', { zh: '卷首语（英文）', en: 'Foreword in English' }, TEXT_MAX * 2),
  ],
  review: { zh: '请核对封面内容：', en: 'Please check the cover:' },
  confirm: { zh: '保存', en: 'Save' },
  effect: ({ answers }) => {
    const text = (id: string) => (typeof answers[id] === 'string' ? answers[id] : '');
    const both = (id: string) => ({ zh: text(`${id}-zh`), en: text(`${id}-en`) });
    return {
      kind: 'plan-manual',
      input: {
        event: text('event'),
        cover: { title: both('title'), subtitle: both('subtitle'), text: both('text') },
      },
    };
  },
};
