import type { Action, Command, Context } from '../src/conversation/flow.ts';
import { fold } from '../src/conversation/words.ts';
import { isOrganizer, organizes } from '../src/domain/access.ts';
import { codeSchema } from '../src/domain/questions.ts';
import { fill, type Lang, type Text } from '../src/text/text.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import { byCode } from './facts.ts';
import { askEscalation } from './notice-report.ts';
import { offer, tell } from './telling.ts';

type C = Context<Facts>;

const TEXTS = {
  notAllowed: {
    zh: '通知由活动主办方发送。如需发送通知或有疑问，请联系：{contact}',
    en: 'Notices are sent by the organizers of an event. If you need one sent, or have a question: {contact}',
  },
  notAllowedNobody: {
    zh: '通知由活动主办方发送。如需发送通知，请联系活动主办方或管理员。',
    en: 'Notices are sent by the organizers of an event. If you need one sent, please ask them or an owner.',
  },
  unknown: {
    zh: '没有看懂“{said}”。查看通知请发送编号，例如：通知 N12；新建通知请发送活动代码，例如：通知 {example}',
    en: 'I did not understand “{said}”. To see a notice, send its number, for example: notice N12. To write one, send the code of an event, for example: notice {example}',
  },
  start: { zh: '新建通知', en: 'Write a notice' },
  list: { zh: '查看全部通知', en: 'All notices' },
  whichReceived: {
    zh: '请点通知下面的“确认收到”，或发送通知编号，例如：收到 N12',
    en: 'Please tap “I have read this” under the notice, or send its number, for example: received N12',
  },
} as const satisfies Record<string, Text>;

const ACTS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    send: ['send', '发送'],
    test: ['test', '测试'],
    pause: ['pause', '暂停'],
    resume: ['resume', 'continue', '继续'],
    cancel: ['cancel', 'discard', '取消', '放弃'],
    resend: ['resend', '重发'],
    change: ['change', 'edit', '修改'],
    report: ['report', '报告'],
    without: ['without', '排除'],
    post: ['post', '群文字'],
    escalate: ['escalate', '催促'],
  }).flatMap(([act, words]) => words.map((word) => [word, act] as const)),
);
const RESENT: ReadonlyMap<string, 'failed' | 'unknown'> = new Map([
  ['', 'unknown'],
  ['unknown', 'unknown'],
  ['未知', 'unknown'],
  ['failed', 'failed'],
  ['失败', 'failed'],
]);
const NEW = ['new', '新建'];
const WITH = /^(?:with|用模板) ?(?<code>[a-z0-9-]{1,32})$/u;
const NUMBERED = /^n ?(?<number>\d{1,8})(?:[ :,]*(?<rest>\D.*))?$/u;
const BARE_NUMBER = /^n? ?(?<number>\d{1,8})$/u;

/** An order about one notice: `N12`, `N12 send 412`, `N12发送412`. */
interface Order {
  readonly number: number;
  /** '': it is only to be shown. undefined: nothing that is known. */
  readonly act: string | undefined;
  readonly rest: string;
}

function orderIn(argument: string): Order | undefined {
  const found = NUMBERED.exec(fold(argument))?.groups;
  if (!found) return undefined;
  const number = Number(found.number);
  const said = (found.rest ?? '').trim();
  if (number === 0) return undefined;
  if (said === '') return { number, act: '', rest: '' };
  const word = [...ACTS.keys()].find(
    (one) =>
      said === one || said.startsWith(`${one} `) || (/\p{Script=Han}/u.test(one) && said.startsWith(one)),
  );
  return { number, act: word && ACTS.get(word), rest: word ? said.slice(word.length).trim() : said };
}

/** Tells somebody who organizes nothing, or not this, who can help; about notices it tells nothing. */
export function notAllowed({ facts, lang }: C, code = ''): Action {
  const known = byCode(facts, code) ?? facts.events[0];
  const contact = known?.event.contact[lang];
  const text = contact ? fill(TEXTS.notAllowed, lang, { contact }) : TEXTS.notAllowedNobody[lang];
  return { replies: [{ kind: 'say', text }] };
}

function notice(argument: string, c: C): Action {
  const { facts } = c;
  const said = fold(argument);
  const found = byCode(facts, said);
  const isAllowed = found ? organizes(facts.grants, found.event.office) : isOrganizer(facts.grants);
  if (!isAllowed) return notAllowed(c, said);
  if (said === '') return { effect: { kind: 'notices', input: {} } };
  if (NEW.includes(said)) return { start: { flow: 'notice' } };
  if (found)
    return { start: { flow: 'notice', raw: { event: { kind: 'picked', values: [found.event.id] } } } };
  const code = WITH.exec(said)?.groups?.code;
  if (code) return { start: { flow: 'notice', raw: { template: { kind: 'picked', values: [code] } } } };
  const order = orderIn(argument);
  return (order && carryOut(order, c.lang)) ?? unknown(argument, c);
}

/** What an order does; undefined: it is none. */
function carryOut({ number, act, rest }: Order, lang: Lang): Action | undefined {
  const effect = (kind: string, input: Record<string, unknown> = {}): Action => ({
    effect: { kind, input: { number, ...input } },
  });
  const show = (view: string) => effect('show-notice', { view });
  const counted = /^(?<count>[\d,]{1,12})(?: ?(?:人|people))?$/u.exec(rest)?.groups?.count;
  const channel = codeSchema.safeParse(rest);
  if (act === 'send')
    return counted ? effect('send-notice', { counted: Number(counted.replaceAll(',', '')) }) : show('stand');
  if (act === 'without') return channel.success ? effect('leave-out', { channel: channel.data }) : undefined;
  if (act === 'resend') return resend(rest, effect, show);
  if (act === 'escalate' && ['yes', '是'].includes(rest)) return effect('escalate-notice');
  if (act === undefined || rest !== '') return undefined;
  if (act === 'report') return effect('report-notice');
  if (act === 'escalate') return askEscalation(number, lang);
  if (act === 'test') return effect('test-notice');
  if (act === 'change') return effect('open-notice');
  if (act === 'pause' || act === 'resume' || act === 'cancel') return effect('steer-notice', { act });
  return show(act === '' ? 'stand' : act);
}

function resend(
  rest: string,
  effect: (kind: string, input: Record<string, unknown>) => Action,
  show: (view: string) => Action,
): Action | undefined {
  const isSure = /(?:^| )(?:yes|是)$/u.test(rest);
  const what = RESENT.get(rest.replace(/(?:^| )(?:yes|是)$/u, ''));
  if (!what) return undefined;
  return isSure ? effect('resend-notice', { what }) : show(`resend-${what}`);
}

function unknown(argument: string, c: C): Action {
  const { facts, lang } = c;
  const own = facts.events.find(({ event }) => organizes(facts.grants, event.office));
  const said = [...argument].slice(0, 40).join('');
  return offer(fill(TEXTS.unknown, lang, { said, example: own?.event.code ?? 'fair' }), [
    { value: 'notice new', label: TEXTS.start[lang] },
    { value: 'notice', label: TEXTS.list[lang] },
  ]);
}

function received(argument: string, c: C): Action {
  const found = BARE_NUMBER.exec(fold(argument))?.groups;
  const number = Number(found?.number ?? 0);
  if (number === 0) return tell(TEXTS.whichReceived, c);
  return { effect: { kind: 'notice-received', input: { number } } };
}

/** Notices: written and steered by organizers, confirmed by readers. */
export const noticeCommands: readonly Command<Facts>[] = [
  {
    id: 'notice',
    words: { zh: ['通知'], en: ['notice', 'notices'] },
    argument: true,
    knows: (argument, { facts, lang }) => {
      if (!isOrganizer(facts.grants)) return false;
      const order = orderIn(argument);
      return (
        (order !== undefined && carryOut(order, lang) !== undefined) ||
        byCode(facts, fold(argument)) !== undefined
      );
    },
    run: notice,
  },
  {
    id: 'received',
    words: { zh: ['收到', '确认收到'], en: ['received'] },
    argument: true,
    knows: (argument) => BARE_NUMBER.test(fold(argument)),
    run: received,
  },
];
