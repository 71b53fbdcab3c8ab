import { readFileSync } from 'node:fs';
import type { Event } from '../domain/event.ts';
import { parseEventFile } from './event-file.ts';

const FILES = ['chengdu.yaml', 'salon.yaml'];

/**
 * Two events to try everything with, always ahead of `now`: a conference in a week, and a salon within two hours,
 * so that its reminder is soon seen.
 */
export function exampleEvents(now: Date): Omit<Event, 'id'>[] {
  return FILES.map((name) => {
    const result = parseEventFile(readFileSync(new URL(`examples/${name}`, import.meta.url), 'utf8'), now);
    if ('event' in result) return result.event;
    const problems = result.problems.map(({ path, line, message }) => `line ${line} ${path}: ${message}`);
    throw new Error(`expected ${name} to be a valid event file, found:\n${problems.join('\n')}`);
  });
}
