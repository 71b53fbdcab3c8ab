import type { Action, Command, Context, Told } from '../src/conversation/flow.ts';
import type { Effect, Outcome } from '../src/conversation/types.ts';
import { fold } from '../src/conversation/words.ts';
import { isOrganizer } from '../src/domain/access.ts';
import { choiceCodeSchema } from '../src/domain/questions.ts';
import type { Template } from '../src/domain/template.ts';
import { fill, LANGS, type Text } from '../src/text/text.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import { organizedEvents } from './notice-answers.ts';
import { notAllowed } from './notice-command.ts';
import { tellNoticeRefusal } from './notice-refusals.ts';
import { templatesOf } from './notice-templates.ts';
import { offer, tell } from './telling.ts';

type C = Context<Facts>;

const TEXTS = {
  list: {
    zh: '以下是通知模板，请选择一个查看。要把通知 N12 的正文存为模板，请发送“模板 保存 N12 代码”，代码由小写字母、数字和连字符组成，例如：模板 保存 N12 welcome',
    en: 'These are the templates for notices; choose one to see it. To keep the text of notice N12 as one, send “template save N12” and a code of small letters, digits and dashes, for example: template save N12 welcome',
  },
  none: {
    zh: '目前没有您可以使用模板的活动：活动须已开放，并由您的办公室主办。',
    en: 'There is no event that you could use a template for: it has to be open, and one of your office’s.',
  },
  line: { zh: '{title}（{code}）', en: '{title} ({code})' },
  shown: { zh: '模板“{title}”（{code}）：\n\n{text}', en: 'The template “{title}” ({code}):\n\n{text}' },
  use: { zh: '用它写通知', en: 'Write a notice with it' },
  remove: { zh: '删除这个模板', en: 'Remove this template' },
  sure: {
    zh: '确定删除模板“{code}”吗？删除后不能恢复，已经写好的通知不受影响。',
    en: 'Do you really want to remove the template “{code}”? This cannot be undone. Notices that were written with it stay as they are.',
  },
  yes: { zh: '确定删除', en: 'Yes, remove it' },
  no: { zh: '保留', en: 'Keep it' },
  saved: {
    zh: '已存为模板“{code}”，写通知时可以选用。',
    en: 'Kept as the template “{code}”. It can be chosen when you write a notice.',
  },
  removed: { zh: '已删除模板“{code}”。', en: 'The template “{code}” is removed.' },
  badCode: {
    zh: '模板代码由 1 到 32 个小写字母、数字和连字符组成，例如：模板 保存 N12 welcome',
    en: 'A template’s code has 1 to 32 small letters, digits and dashes, for example: template save N12 welcome',
  },
  unknown: {
    zh: '没有找到这个模板。发送“模板”可查看全部模板。',
    en: 'There is no such template. Send “template” to see them all.',
  },
} as const satisfies Record<string, Text>;

const SAVE = /^(?:save|保存) ?n? ?(?<number>\d{1,8})(?: (?<code>\S+))?$/u;
const REMOVE = /^(?:remove|删除) ?(?<code>\S+) (?<office>\S+)(?: (?<sure>yes))?$/u;

/** What a person can write notices with, of every office that they organize events of. */
function known(c: C): readonly Template[] {
  const offices = [...new Set(organizedEvents(c).map(({ office }) => office))];
  return offices.flatMap((office) => templatesOf(c.facts, office));
}

function isOwn({ facts }: C, { office, code }: Template): boolean {
  return facts.templates.some((one) => one.office === office && one.code === code);
}

function template(argument: string, c: C): Action {
  const { facts, lang } = c;
  if (!isOrganizer(facts.grants)) return notAllowed(c);
  const said = fold(argument);
  const save = SAVE.exec(said)?.groups;
  if (save) return saving(Number(save.number), save.code ?? '', c);
  const remove = REMOVE.exec(said)?.groups;
  if (remove) return removing(remove.code ?? '', remove.office ?? '', remove.sure !== undefined, c);
  const all = known(c);
  const one = all.find(({ code }) => code === said);
  if (one) return show(one, c);
  if (said !== '') return tell(TEXTS.unknown, c);
  if (all.length === 0) return tell(TEXTS.none, c);
  const choices = all.map(({ code, title }) => ({
    value: `template ${code}`,
    label: fill(TEXTS.line, lang, { title: title[lang], code }),
  }));
  return offer(TEXTS.list[lang], choices);
}

function saving(number: number, code: string, c: C): Action {
  const isCode = choiceCodeSchema.safeParse(code).success;
  if (number === 0 || !isCode) return tell(TEXTS.badCode, c);
  return { effect: { kind: 'save-template', input: { number, code } } };
}

function removing(code: string, office: string, isSure: boolean, c: C): Action {
  const found = c.facts.templates.find((one) => one.office === office && one.code === code);
  if (!found) return tell(TEXTS.unknown, c);
  if (isSure) return { effect: { kind: 'remove-template', input: { office, code } } };
  return offer(fill(TEXTS.sure, c.lang, { code }), [
    { value: `template remove ${code} ${office} yes`, label: TEXTS.yes[c.lang] },
    { value: `template ${code}`, label: TEXTS.no[c.lang] },
  ]);
}

function show(one: Template, c: C): Action {
  const { lang } = c;
  const { office, code, title } = one;
  const text = LANGS.flatMap((language) => one.text[language] ?? []).join('\n\n');
  const remove = { value: `template remove ${code} ${office}`, label: TEXTS.remove[lang] };
  return offer(fill(TEXTS.shown, lang, { title: title[lang], code, text }), [
    { value: `notice with ${code}`, label: TEXTS.use[lang] },
    ...(isOwn(c, one) ? [remove] : []),
  ]);
}

/** Texts that are kept for notices: listed, shown, kept and thrown away. */
export const templateCommands: readonly Command<Facts>[] = [
  {
    id: 'template',
    words: { zh: ['模板'], en: ['template', 'templates'] },
    argument: true,
    knows: (argument, c) =>
      isOrganizer(c.facts.grants) &&
      (SAVE.test(fold(argument)) ||
        REMOVE.test(fold(argument)) ||
        known(c).some(({ code }) => code === fold(argument))),
    run: template,
  },
];

/** What is told of templates, by effect. */
export const templateTellers: Readonly<Record<string, (outcome: Outcome, c: C, effect: Effect) => Told>> = {
  'save-template': (outcome, c, effect) => {
    if (outcome.ok) return tell(TEXTS.saved, c, { code: (outcome.data as Template).code });
    return outcome.reason === 'bad-code' ? tell(TEXTS.badCode, c) : tellNoticeRefusal(outcome, c, effect);
  },
  'remove-template': (outcome, c) =>
    outcome.ok ? tell(TEXTS.removed, c, { code: (outcome.data as Template).code }) : tell(TEXTS.unknown, c),
};
