import type { Action, Command, Context } from '../src/conversation/flow.ts';
import { narrow } from '../src/conversation/words.ts';
import { fill, type Text } from '../src/text/text.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import { referenceOf, seatName } from './facts.ts';

type C = Context<Facts>;

const TEXTS = {
  none: {
    zh: '目前没有为您保留的名额。发送“我的”可查看您的报名。',
    en: 'No seat is being kept for you at present. Send “mine” to see your registration.',
  },
  which: { zh: '为您保留的名额不止一个，请选择：', en: 'More than one seat is kept for you. Please choose:' },
  accept: { zh: '接受：{seat}', en: 'Accept: {seat}' },
  decline: { zh: '放弃：{seat}', en: 'Decline: {seat}' },
} as const satisfies Record<string, Text>;

/** The seats that are offered to a person, each by what it is called and how it is referred to. */
function offered({ facts, lang }: C): { seat: string; ref: string }[] {
  return facts.registrations.flatMap(({ registration, event, entries }) =>
    entries
      .filter(({ state }) => state === 'offered')
      .map(({ pool }) => ({
        seat: seatName(event, pool, lang),
        ref: referenceOf(registration.ticket, pool),
      })),
  );
}

function answer(reference: string, accepted: boolean): Action {
  const [ticket = '', session] = narrow(reference).split(' ');
  const input = { ticket: ticket.toUpperCase(), session: session?.toLowerCase() ?? null, accepted };
  return { effect: { kind: 'answer-offer', input } };
}

/** Without a ticket number it is the one offer that there is. */
function answering(accepted: boolean) {
  const verb = accepted ? 'accept' : 'decline';
  return (argument: string, c: C): Action => {
    if (argument !== '') return answer(argument, accepted);
    const offers = offered(c);
    const [only] = offers;
    if (!only) return { replies: [{ kind: 'say', text: TEXTS.none[c.lang] }] };
    if (offers.length === 1) return answer(only.ref, accepted);
    const choices = offers.map(({ seat, ref }) => ({
      value: `${verb} ${ref}`,
      label: fill(TEXTS[verb], c.lang, { seat }),
    }));
    return { replies: [{ kind: 'ask', text: TEXTS.which[c.lang], choices }] };
  };
}

/** Whether a reference begins with a ticket of the person's own. */
function knows(argument: string, { facts }: C): boolean {
  const ticket = narrow(argument).split(' ')[0]?.toUpperCase();
  return facts.registrations.some(({ registration }) => registration.ticket === ticket);
}

/** What is said to the offer of a freed seat. */
export const offers: readonly Command<Facts>[] = [
  {
    id: 'accept',
    words: { zh: ['接受'], en: ['accept'] },
    argument: true,
    knows,
    run: answering(true),
  },
  {
    id: 'decline',
    words: { zh: ['放弃'], en: ['decline'] },
    argument: true,
    knows,
    run: answering(false),
  },
];
