import type { Action, Book, Command, Context, Flow, Question } from '../../src/conversation/flow.ts';
import type { Choice } from '../../src/conversation/types.ts';
import type { Text } from '../../src/text/text.ts';

/** What the toy conversations may look at. */
export interface ToyFacts {
  readonly trips: readonly string[];
  readonly meals: readonly string[];
  /** Questions that the trip adds of its own. */
  readonly extra: readonly Question<ToyFacts>[];
}

export const TOY_FACTS: ToyFacts = { trips: ['lake'], meals: ['rice', 'soup', 'cake'], extra: [] };

type C = Context<ToyFacts>;

const same = (words: string): Text => ({ zh: words, en: words });
const NAMES: Readonly<Record<string, Text>> = {
  lake: { zh: '湖边', en: 'Lake walk' },
  hill: { zh: '登山', en: 'Hill climb' },
  rice: { zh: '米饭', en: 'Rice' },
  soup: { zh: '热汤', en: 'Soup of the day' },
  cake: { zh: '蛋糕', en: 'Cake' },
};
export const named = (value: string, lang: 'zh' | 'en'): Choice => ({
  value,
  label: NAMES[value]?.[lang] ?? value,
});

/** Words of at least two letters. */
export const word: Question<ToyFacts> & { kind: 'text' } = {
  id: 'name',
  kind: 'text',
  ask: { zh: '请问怎么称呼您？', en: 'What is your name?' },
  label: { zh: '姓名', en: 'Name' },
  parse: (text, { lang }) =>
    /\p{L}{2}/u.test(text) && text.length <= 60
      ? { ok: text }
      : { wrong: lang === 'zh' ? '请用文字回答，例如：张工' : 'Please answer in words, for example: Ann' },
};

/** A question whose answer is any text, for books that a release changes. */
export function plain(id: string, given: Partial<Omit<typeof word, 'kind' | 'id'>> = {}): typeof word {
  return {
    ...word,
    id,
    ask: same(`${id}?`),
    label: same(id),
    parse: (text) => (text.length <= 60 ? { ok: text } : { wrong: 'too long' }),
    ...given,
  };
}

export const travel: Question<ToyFacts> & { kind: 'choice' } = {
  id: 'travel',
  kind: 'choice',
  ask: { zh: '怎么来？', en: 'How will you come?' },
  label: { zh: '出行', en: 'Travel' },
  choices: ({ lang }) => [
    { value: 'foot', label: lang === 'zh' ? '步行' : 'On foot' },
    { value: 'car', label: lang === 'zh' ? '自己开车' : 'By car' },
    { value: 'bus', label: lang === 'zh' ? '坐大巴' : 'On the bus' },
  ],
};

export const trip: Flow<ToyFacts> = {
  id: 'trip',
  title: ({ answers, lang }: C) => {
    const name = typeof answers.where === 'string' ? named(answers.where, lang).label : '';
    return [lang === 'zh' ? '出游' : 'Trip', name].filter((part) => part !== '').join(' · ');
  },
  questions: [
    {
      id: 'where',
      kind: 'choice',
      ask: { zh: '去哪里？', en: 'Where to?' },
      label: { zh: '地点', en: 'Place' },
      sole: true,
      choices: ({ facts, lang }) => facts.trips.map((value) => named(value, lang)),
    },
    {
      id: 'tongue',
      kind: 'choice',
      ask: { zh: '请选择语言', en: 'Which language?' },
      label: { zh: '语言', en: 'Language' },
      setsLanguage: true,
      choices: () => [
        { value: 'zh', label: '中文' },
        { value: 'en', label: 'English' },
      ],
    },
    word,
    travel,
    {
      id: 'plate',
      kind: 'text',
      ask: { zh: '车牌号是？', en: 'What is the number plate?' },
      label: { zh: '车牌', en: 'Plate' },
      when: ({ answers }: C) => answers.travel === 'car',
      parse: (text) => (/^[A-Z0-9]{3,8}$/u.test(text) ? { ok: text } : { wrong: 'For example: AB1234' }),
    },
    {
      id: 'meals',
      kind: 'multi',
      ask: { zh: '想吃什么？可多选。', en: 'What would you like to eat? Choose one or more.' },
      label: { zh: '餐食', en: 'Meals' },
      choices: ({ facts, lang }) => facts.meals.map((value) => named(value, lang)),
    },
    {
      id: 'sugar',
      kind: 'choice',
      ask: { zh: '蛋糕要加糖吗？', en: 'Sugar on the cake?' },
      label: { zh: '加糖', en: 'Sugar' },
      optional: true,
      when: ({ answers }: C) => Array.isArray(answers.meals) && answers.meals.includes('cake'),
      choices: () => [
        { value: 'yes', label: 'With sugar' },
        { value: 'no', label: 'Without' },
      ],
    },
    {
      id: 'note',
      kind: 'text',
      optional: true,
      ask: { zh: '还有什么要说的？', en: 'Anything else?' },
      label: { zh: '备注', en: 'Note' },
      parse: (text) => (text.length <= 200 ? { ok: text } : { wrong: 'At most 200 characters.' }),
    },
    { kind: 'from', questions: ({ facts }) => facts.extra },
  ],
  review: { zh: '请核对：', en: 'Please check:' },
  confirm: { zh: '确认出游', en: 'Confirm trip' },
  effect: ({ answers }) => ({ kind: 'book-trip', input: { ...answers } }),
  unavailable: ({ facts, lang }) =>
    facts.trips.length === 0
      ? [{ kind: 'say', text: lang === 'zh' ? '目前没有出游。' : 'There are no trips.' }]
      : undefined,
};

/** A short second form, begun for one thing that a start names. */
export const rating: Flow<ToyFacts> = {
  id: 'rating',
  title: () => 'Rating',
  questions: [
    {
      id: 'of',
      kind: 'choice',
      ask: same('Which trip?'),
      label: same('Trip'),
      preset: true,
      choices: ({ facts, lang }) => facts.trips.map((value) => named(value, lang)),
    },
    plain('stars', { parse: (text) => (/^[1-5]$/u.test(text) ? { ok: text } : { wrong: 'From 1 to 5.' }) }),
    plain('why', { optional: true }),
  ],
  review: same('Send it?'),
  confirm: same('Send rating'),
  effect: ({ answers }) => ({ kind: 'rate', input: { ...answers } }),
};

const card = (text: string, ...choices: Choice[]): Action => ({ replies: [{ kind: 'card', text, choices }] });

const commands: readonly Command<ToyFacts>[] = [
  {
    id: 'trip',
    words: { zh: ['出游'], en: ['trip'] },
    argument: true,
    knows: (argument, { facts }) => facts.trips.includes(argument),
    run: (code) => ({
      start: { flow: 'trip', ...(code !== '' && { raw: { where: { kind: 'picked', values: [code] } } }) },
    }),
  },
  {
    id: 'rate',
    words: { zh: ['评价'], en: ['rate'] },
    argument: true,
    knows: (argument, { facts }) => facts.trips.includes(argument),
    run: (code) => ({ start: { flow: 'rating', raw: { of: { kind: 'picked', values: [code || 'lake'] } } } }),
  },
  {
    id: 'weather',
    open: true,
    words: { zh: ['天气'], en: ['weather', 'the weather'] },
    run: (_, { lang }) => ({
      replies: [{ kind: 'say', text: lang === 'zh' ? '晴。' : 'It will be sunny.' }],
    }),
  },
  {
    id: 'language',
    words: { zh: ['语言'], en: ['language'] },
    argument: true,
    knows: (argument) => argument === 'zh' || argument === 'en',
    run: (argument) =>
      argument === 'zh' || argument === 'en'
        ? { language: argument, effect: { kind: 'set-language', input: { argument } } }
        : card(
            'Choose your language',
            { value: 'language zh', label: '中文' },
            { value: 'language en', label: 'English' },
          ),
  },
  {
    id: 'cancel',
    words: { zh: ['取消', '取消出游'], en: ['cancel'] },
    argument: true,
    run: (argument) =>
      argument === 'yes'
        ? { effect: { kind: 'cancel-trip', input: {} } }
        : card(
            'Cancel the trip?',
            { value: 'cancel yes', label: 'Yes, cancel' },
            { value: 'weather', label: 'Weather first' },
          ),
  },
];

/** A small book with everything that a form can have. */
export const toy: Book<ToyFacts> = {
  flows: { trip, rating },
  commands,
  menu: ({ lang }) => ({
    text: lang === 'zh' ? '您好' : 'Hello',
    choices: [
      { value: 'trip', label: lang === 'zh' ? '报名出游' : 'Join a trip' },
      { value: 'weather', label: lang === 'zh' ? '天气' : 'Weather' },
    ],
  }),
  start: (payload, { facts }) => {
    if (payload === '') return card('Welcome', { value: 'trip', label: 'Join a trip' });
    if (facts.trips.includes(payload))
      return { start: { flow: 'trip', raw: { where: { kind: 'picked', values: [payload] } } } };
    return card(`No trip called ${payload}.`, { value: 'trip', label: 'Join a trip' });
  },
  tell: ({ kind }, outcome) => {
    if (kind === 'set-language') return { replies: [{ kind: 'say', text: 'Language set.' }] };
    if (outcome.ok) return { replies: [{ kind: 'say', text: `Done: ${kind}.` }] };
    const replies = [{ kind: 'say' as const, text: `Refused: ${outcome.reason}.` }];
    return outcome.reason === 'full' ? { replies, reopen: ['travel'] } : { replies };
  },
  human: ({ lang }) => (lang === 'zh' ? '人工：028-1234' : 'A person: 028-1234'),
};
