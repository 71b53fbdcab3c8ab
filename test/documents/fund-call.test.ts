import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseEventFile, printEventFile } from '../../src/documents/event-file.ts';
import { planDeadlines } from '../../src/domain/deadline.ts';
import { closedBecause, type Event } from '../../src/domain/event.ts';
import { requiredParts } from '../../src/domain/project.ts';
import { inZone } from '../../src/domain/time.ts';
import { NOW } from './support/files.ts';

const FILE = new URL('../../src/documents/examples/fund-call.yaml', import.meta.url);

function fund(): Event {
  const read = parseEventFile(readFileSync(FILE, 'utf8'), NOW);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return { id: 'fund', ...read.event };
}

describe('the example of a fund’s call', () => {
  const event = fund();

  it('takes projects and no guests', () => {
    expect([event.office, event.code, event.takesGuests]).toEqual(['local-cooperation', 'fund', false]);
    expect(closedBecause(event, NOW)).toBe('not-open');
    expect(event.call?.opensAt).toBeNull();
    expect(event.call?.tracks).toEqual([]);
  });

  it('asks for fields and answers of its own', () => {
    const { call } = event;
    if (!call) throw new Error('expected a call, received none');
    expect(call.fields.map(({ code }) => code)).toEqual(['chips', 'carbon', 'medical']);
    expect(call.applicants).toEqual(['department', 'local-institute', 'alumni-enterprise']);
    expect(call.asked).toMatchObject({ cooperation: 'required', images: 'off', deck: 'required' });
    expect(requiredParts(event, call)).toEqual(expect.arrayContaining(['patents', 'own-round', 'deck']));
    expect(requiredParts(event, call)).not.toContain('own-investors');
  });

  it('reminds a week, two days and in the morning before its deadline', () => {
    expect(
      planDeadlines(event, []).map(({ dueAt }) => inZone(dueAt, event.zone).toFormat('MM-dd HH:mm')),
    ).toEqual(['12-13 18:00', '12-18 18:00', '12-20 09:00']);
  });

  it('is printed as a file that is read as the same call', () => {
    const { id: _id, ...content } = event;
    expect(parseEventFile(printEventFile(event), NOW)).toEqual({ event: content });
  });
});
