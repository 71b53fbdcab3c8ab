import type { Action, Context } from '../src/conversation/flow.ts';
import { fold } from '../src/conversation/words.ts';
import { organizes } from '../src/domain/access.ts';
import type { Event } from '../src/domain/event.ts';
import type { Text } from '../src/text/text.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import { offer, tell } from './telling.ts';

type C = Context<Facts>;

const TEXTS = {
  none: {
    zh: '目前没有您主办并征集项目的活动。',
    en: 'There is no event of yours at present that calls for projects.',
  },
  which: { zh: '是哪个活动？', en: 'Which event is it about?' },
} as const satisfies Record<string, Text>;

/** Events with a call for projects that the person organizes. */
export function calledEvents({ facts }: C): readonly Event[] {
  return facts.events
    .map(({ event }) => event)
    .filter(({ call, office }) => call !== null && organizes(facts.grants, office));
}

/** The words of an argument, the code of an event before them taken off. */
export function wordsAfterEvent(
  argument: string,
  events: readonly Event[],
): { readonly event: Event | undefined; readonly words: readonly string[] } {
  const words = argument.trim().split(/\s+/u).filter(Boolean);
  const event = events.find(({ code }) => code === fold(words[0] ?? ''));
  return event ? { event, words: words.slice(1) } : { event: undefined, words };
}

/** Does something about the event that an argument begins with, or the only one there is; or asks which. */
export function aboutEvent(
  argument: string,
  command: string,
  c: C,
  act: (event: Event, words: readonly string[]) => Action,
): Action {
  const events = calledEvents(c);
  if (events.length === 0) return tell(TEXTS.none, c);
  const { event, words } = wordsAfterEvent(argument, events);
  const meant = event ?? (events.length === 1 ? events[0] : undefined);
  if (meant) return act(meant, words);
  return offer(
    TEXTS.which[c.lang],
    events.map(({ code, title }) => ({ value: [command, code, ...words].join(' '), label: title[c.lang] })),
  );
}
