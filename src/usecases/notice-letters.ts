import type { Letter } from '../domain/delivery.ts';
import { type Event, findSession } from '../domain/event.ts';
import type { Notice } from '../domain/notice.ts';
import type { Variable } from '../domain/notice-text.ts';
import type { Registration } from '../domain/registration.ts';
import { formatWhen } from '../domain/time.ts';
import type { Lang } from '../text/text.ts';
import type { Letters } from './ports.ts';

/** What stands for the variables of a notice for one reader. */
export function valuesFor(
  event: Event,
  registration: Registration | null,
  lang: Lang,
): Partial<Record<Variable, string>> {
  const common = {
    event: event.title[lang],
    start: formatWhen(event.startsAt, event.zone, lang),
    place: event.place[lang],
  };
  if (!registration) return common;
  const { name, organization, sessions } = registration.details;
  const titles = sessions.flatMap((code) => findSession(event, code)?.title[lang] ?? []);
  const session = new Intl.ListFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', { type: 'conjunction' }).format(
    titles,
  );
  return {
    ...common,
    name,
    organization,
    ticket: registration.ticket,
    session: session || event.title[lang],
  };
}

/** A notice as one reader gets it. Of an event that is not the notice's own, what is said is its own. */
export function letterFor(
  letters: Letters,
  notice: Notice,
  event: Event,
  lang: Lang,
  registration: Registration | null,
): Letter {
  return letters.notice(notice, event, lang, valuesFor(event, registration, lang));
}
