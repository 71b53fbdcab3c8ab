import type { Action, Command, Context, Told } from '../src/conversation/flow.ts';
import type { Choice, Outcome } from '../src/conversation/types.ts';
import { fold } from '../src/conversation/words.ts';
import { fill, type Text } from '../src/text/text.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import type { UnlinkedOthers, UnlinkRefusal } from '../src/usecases/unlink-accounts.ts';

type C = Context<Facts>;

const TEXTS = {
  sure: {
    zh: '确定将当前账号解绑吗？您的报名和票会保留在其他账号里，当前账号将不再显示，也不再收到相关提醒。',
    en: 'Do you really want to unlink this account? Your registrations and tickets stay with your other account; this one will no longer show them or get their reminders.',
  },
  yes: { zh: '确定解绑', en: 'Yes, unlink it' },
  sureOther: {
    zh: '确定将其他账号都解绑吗？报名和票留在这里，被解绑的账号将不再显示，也不再收到相关提醒。',
    en: 'Do you really want to unlink your other accounts? Your registrations and tickets stay here; the other accounts will no longer show them or get their reminders.',
  },
  yesOther: { zh: '解绑其他账号', en: 'Yes, unlink the others' },
  no: { zh: '保持绑定', en: 'Keep it linked' },
  noOther: { zh: '保持绑定', en: 'Keep them linked' },
  kept: { zh: '好的，账号保持绑定。', en: 'Fine, the accounts stay linked.' },
  unlinked: {
    zh: '已解绑。您的报名和票保留在其他账号里。要重新绑定，请用其他账号发送“绑定”获取绑定码。',
    en: 'This account is unlinked. Your registrations and tickets stay with your other account. To link it again, send “link” from that account to get a code.',
  },
  unlinkedOther: {
    zh: '其他账号都已解绑。要重新绑定某个账号，请在这里发送“绑定”获取绑定码。',
    en: 'Your other accounts are unlinked. To link one again, send “link” here to get a code.',
  },
  unlinkedButFirst: {
    zh: '其他账号都已解绑，只保留最初的账号，您的报名保存在那里。',
    en: 'Your other accounts are unlinked, except your first one, which keeps your registrations.',
  },
  nothingLinked: {
    zh: '当前账号没有绑定其他账号。发送“绑定”可绑定。',
    en: 'No other account is linked to this one. Send “link” to link one.',
  },
  first: {
    zh: '这是您最初的账号，报名保存在这里，不能从这里解绑。请用要解除的那个账号发送“解绑”，或在这里发送“解绑其他”。',
    en: 'This is your first account, which keeps your registrations, so it cannot be unlinked. Please send “unlink” from the other account instead, or “unlink other” here.',
  },
} as const satisfies Record<string, Text>;

const say = (text: string): Action => ({ replies: [{ kind: 'say', text }] });

const OTHERS: ReadonlySet<string> = new Set(['other', 'others', '其他', '其他账号']);

/** Which accounts are meant, and what was answered. undefined: the argument is neither. */
function meant(argument: string): { others: boolean; answer: string } | undefined {
  const words = fold(argument)
    .split(' ')
    .filter((word) => word !== '');
  const others = OTHERS.has(words[0] ?? '');
  const [answer = '', ...more] = words.slice(others ? 1 : 0);
  return more.length === 0 && ['', 'yes', 'no'].includes(answer) ? { others, answer } : undefined;
}

function unlink(argument: string, { facts, lang }: C): Action {
  const { others, answer } = meant(argument) ?? { others: false, answer: '' };
  if (answer === 'no') return say(TEXTS.kept[lang]);
  if (answer === 'yes')
    return {
      effect: others
        ? { kind: 'unlink-others', input: {} }
        : { kind: 'unlink', input: { from: facts.person.id } },
    };
  if (facts.person.accounts.length < 2) return say(TEXTS.nothingLinked[lang]);
  const text = others ? TEXTS.sureOther : TEXTS.sure;
  return { replies: [{ kind: 'ask', text: text[lang], choices: choicesOf(others, lang) }] };
}

function choicesOf(others: boolean, lang: C['lang']): Choice[] {
  const [yes, no] = others ? ['unlink other yes', 'unlink other no'] : ['unlink yes', 'unlink no'];
  return [
    { value: yes, label: (others ? TEXTS.yesOther : TEXTS.yes)[lang] },
    { value: no, label: (others ? TEXTS.noOther : TEXTS.no)[lang] },
  ];
}

/** Takes an account off, or all the others. */
export const unlinking: Command<Facts> = {
  id: 'unlink',
  words: { zh: ['解绑', '解除绑定'], en: ['unlink'] },
  argument: true,
  knows: (argument) => meant(argument) !== undefined,
  run: unlink,
};

const REFUSED: Readonly<Record<UnlinkRefusal, Text>> = {
  'nothing-linked': TEXTS.nothingLinked,
  'first-account': TEXTS.first,
};

const tell = (text: Text, { lang }: C): Told => ({ replies: [{ kind: 'say', text: fill(text, lang) }] });
const tellRefusal = ({ reason }: Extract<Outcome, { ok: false }>, c: C): Told =>
  tell(REFUSED[reason as UnlinkRefusal], c);

/** What is told of unlinking, by effect. */
export const unlinkTellers: Readonly<Record<string, (outcome: Outcome, c: C) => Told>> = {
  unlink: (outcome, c) => (outcome.ok ? tell(TEXTS.unlinked, c) : tellRefusal(outcome, c)),
  'unlink-others': (outcome, c) => {
    if (!outcome.ok) return tellRefusal(outcome, c);
    const { first } = outcome.data as UnlinkedOthers;
    return tell(first ? TEXTS.unlinkedOther : TEXTS.unlinkedButFirst, c);
  },
};
