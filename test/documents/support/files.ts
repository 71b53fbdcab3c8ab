import { type EventFile, type Problem, parseEventFile } from '../../../src/documents/event-file.ts';

/** Friday 20 November 2026, 23:02:30 in China. */
export const NOW = new Date('2026-11-20T15:02:30Z');

/** The least that an event file must say, on lines 1 to 9; what is given replaces or follows it. */
export function file(changes: Record<string, string> = {}): string {
  const least = {
    office: 'local-cooperation',
    code: 'salon',
    title: '{ zh: 沙龙, en: Salon }',
    place: '{ zh: 会议室, en: Meeting room }',
    zone: 'Asia/Shanghai',
    startsAt: '2026-11-27 09:00',
    endsAt: '2026-11-27 17:30',
    contact: '{ zh: 会务组, en: Conference office }',
    privacy: '{ zh: 仅用于会务。, en: For this event alone. }',
  };
  return Object.entries({ ...least, ...changes })
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('');
}

type Content = Extract<EventFile, { event: unknown }>['event'];

export function eventOf(source: string, now = NOW): Content {
  const result = parseEventFile(source, now);
  if ('event' in result) return result.event;
  throw new Error(`expected a valid event file, found:\n${told(result.problems).join('\n')}`);
}

/** Problems as a person reads them: `line 7 startsAt: expected …`. */
export function problemsOf(source: string, now = NOW): string[] {
  const result = parseEventFile(source, now);
  return 'problems' in result ? told(result.problems) : [];
}

function told(problems: readonly Problem[]): string[] {
  return problems.map(({ path, line, message }) => `line ${line} ${path}: ${message}`);
}
