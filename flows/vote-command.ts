import type { Action, Command, Context } from '../src/conversation/flow.ts';
import { fold } from '../src/conversation/words.ts';
import { organizes } from '../src/domain/access.ts';
import type { Event } from '../src/domain/event.ts';
import { projectNumber } from '../src/domain/project.ts';
import type { Text } from '../src/text/text.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import { myActive } from './facts.ts';
import { wordsAfterEvent } from './manual-events.ts';
import { offer, tell } from './telling.ts';

type C = Context<Facts>;

const TEXTS = {
  none: {
    zh: '目前没有开设观众投票的活动。',
    en: 'No event at present has an audience vote.',
  },
  whichEvent: { zh: '是哪个活动的投票？', en: 'The vote of which event?' },
  notRead: {
    zh: '没有看懂“{said}”。请写明项目编号，例如：投票 P03 P05；也可以只发送“投票”，再点选项目。',
    en: 'I did not understand “{said}”. Please name the projects by their codes, for example: vote P03 P05. Or send “vote” alone and choose.',
  },
} as const satisfies Record<string, Text>;

/** Events whose audience votes. */
function voted({ facts }: C): readonly Event[] {
  return facts.events.map(({ event }) => event).filter(({ call }) => (call?.roadshow.votes ?? 0) > 0);
}

/** Does something about the event that is named, the only one, or the only one of `mine`; or asks which. */
function about(
  argument: string,
  command: string,
  mine: (event: Event) => boolean,
  c: C,
  act: (event: Event, words: readonly string[]) => Action,
): Action {
  const events = voted(c);
  if (events.length === 0) return tell(TEXTS.none, c);
  const { event, words } = wordsAfterEvent(argument, events);
  const own = events.filter(mine);
  const [first] = own.length === 1 ? own : events.length === 1 ? events : [];
  const meant = event ?? first;
  if (meant) return act(meant, words);
  const choices = (own.length > 0 ? own : events).map(({ code, title }) => ({
    value: [command, code, ...words].join(' '),
    label: title[c.lang],
  }));
  return offer(TEXTS.whichEvent[c.lang], choices);
}

const ACTS: ReadonlyMap<string, string> = new Map([
  ['open', 'open-vote'],
  ['开启', 'open-vote'],
  ['close', 'close-vote'],
  ['结束', 'close-vote'],
  ['result', 'vote-result'],
  ['results', 'vote-result'],
  ['结果', 'vote-result'],
  ['publish', 'publish-vote'],
  ['公布', 'publish-vote'],
]);

/** Whether somebody has a hand in the vote of an event. */
const runs =
  ({ facts }: C) =>
  ({ id, office }: Event): boolean =>
    organizes(facts.grants, office) ||
    facts.grants.some(({ role, event }) => role === 'host' && event === id);

const steer =
  (kind: string, command: string) =>
  (argument: string, c: C): Action =>
    about(argument, command, runs(c), c, ({ id }) => ({ effect: { kind, input: { event: id } } }));

const split = (argument: string): string[] =>
  fold(argument)
    .split(/[ ,，、+和及]+/u)
    .filter((word) => word !== '' && word !== 'and');

function vote(argument: string, c: C): Action {
  const [first = '', ...rest] = split(argument);
  const kind = ACTS.get(first);
  if (kind) return steer(kind, `vote ${first}`)(rest.join(' '), c);
  const registered = (event: Event) => myActive(c.facts).some((one) => one.event.id === event.id);
  return about(split(argument).join(' '), 'vote', registered, c, ({ id }, words) => {
    if (words.length === 0) return { effect: { kind: 'show-vote', input: { event: id } } };
    const numbers = words.map(projectNumber);
    const wrong = words.find((_, i) => numbers[i] === undefined);
    if (wrong !== undefined) return tell(TEXTS.notRead, c, { said: [...wrong].slice(0, 40).join('') });
    return { effect: { kind: 'vote', input: { event: id, numbers: numbers.slice(0, 100) } } };
  });
}

const steering = (id: string, zh: string, kind: string, command: string): Command<Facts> => ({
  id,
  words: { zh: [zh], en: [] },
  argument: true,
  run: steer(kind, command),
});

/** The vote of the audience. */
export const voteCommands: readonly Command<Facts>[] = [
  {
    id: 'vote',
    words: { zh: ['投票'], en: ['vote'] },
    argument: true,
    knows: (argument) => split(argument).some((word) => /^p\d+$/u.test(word)),
    run: vote,
  },
  steering('open-vote', '开启投票', 'open-vote', 'vote open'),
  steering('close-vote', '结束投票', 'close-vote', 'vote close'),
  steering('vote-result', '投票结果', 'vote-result', 'vote result'),
  steering('publish-vote', '公布投票', 'publish-vote', 'vote publish'),
];
