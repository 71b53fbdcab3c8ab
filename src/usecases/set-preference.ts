import type { Lang } from '../text/text.ts';
import type { People } from './ports.ts';

/** The person chose the language that they are addressed in. */
export function setLanguage({ people }: { people: People }) {
  return (input: { person: string; lang: Lang }): Promise<void> =>
    people.setLanguage(input.person, input.lang);
}

/** The person wants notices and reminders, or none from now on. */
export function setNotices({ people }: { people: People }) {
  return (input: { person: string; wanted: boolean }): Promise<void> =>
    people.setNotices(input.person, input.wanted);
}
