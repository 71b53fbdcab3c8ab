import type { Action, Command, Context } from '../src/conversation/flow.ts';
import { fold } from '../src/conversation/words.ts';
import type { Lang, Text } from '../src/text/text.ts';
import type { Facts } from '../src/usecases/load-facts.ts';

const TEXTS = {
  which: {
    zh: '请选择语言 / Please choose your language',
    en: 'Please choose your language / 请选择语言',
  },
} as const satisfies Record<string, Text>;

const NAMES: ReadonlyMap<string, Lang> = new Map([
  ['zh', 'zh'],
  ['中文', 'zh'],
  ['汉语', 'zh'],
  ['chinese', 'zh'],
  ['en', 'en'],
  ['english', 'en'],
  ['英文', 'en'],
  ['英语', 'en'],
]);

const speak = (lang: Lang): Action => ({
  language: lang,
  effect: { kind: 'set-language', input: { lang } },
});

function language(argument: string, { lang }: Context<Facts>): Action {
  const wanted = NAMES.get(fold(argument));
  if (wanted) return speak(wanted);
  const choices = [
    { value: 'language zh', label: '中文' },
    { value: 'language en', label: 'English' },
  ];
  return { replies: [{ kind: 'ask', text: TEXTS.which[lang], choices }] };
}

const notices = (wanted: boolean) => (): Action => ({ effect: { kind: 'set-notices', input: { wanted } } });

/** How a person is addressed, and whether they are. */
export const preferences: readonly Command<Facts>[] = [
  {
    id: 'language',
    words: { zh: ['语言'], en: ['language', 'lang'] },
    argument: true,
    knows: (argument) => NAMES.has(fold(argument)),
    run: language,
  },
  {
    id: 'unsubscribe',
    words: { zh: ['退订', '停止接收'], en: ['unsubscribe', 'stop'] },
    run: notices(false),
  },
  { id: 'subscribe', words: { zh: ['订阅', '恢复接收'], en: ['subscribe'] }, run: notices(true) },
];
