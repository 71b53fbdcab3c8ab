import { describe, expect, it } from 'vitest';
import { readWanted } from '../../flows/deadline-times.ts';
import { eventId } from '../../src/usecases/import-event.ts';
import { anEvent } from '../support/events.ts';
import { aCall, aProject } from '../support/projects.ts';
import { MemoryReplay } from '../transcripts/memory-replay.ts';
import { NOW } from '../transcripts/scenes.ts';

const FAIR = { id: 'fair', ...anEvent({ startsAt: new Date('2026-11-27T01:00:00Z') }) };

describe('a time or a span', () => {
  it.each([
    ['2d', { by: { days: 2, minutes: 0 } }],
    ['2 天', { by: { days: 2, minutes: 0 } }],
    ['48小时', { by: { days: 0, minutes: 2880 } }],
    ['1d12h', { by: { days: 1, minutes: 720 } }],
    ['2026-11-28 18:00', { until: new Date('2026-11-28T10:00:00Z') }],
    ['11月28日18点', { until: new Date('2026-11-28T10:00:00Z') }],
    ['明天 18:00', { until: new Date('2026-11-21T10:00:00Z') }],
    ['2020-01-01 10:00', { wrong: 'past' }],
    ['0d', { wrong: 'unreadable' }],
    ['soon', { wrong: 'unreadable' }],
    ['', { wrong: 'unreadable' }],
  ])('%s is read', (said, wanted) => expect(readWanted(said, FAIR, NOW)).toEqual(wanted));
});

async function organizer(): Promise<MemoryReplay> {
  const replay = await MemoryReplay.in('with teams', 'en');
  await replay.say('claim FIRST-OWNER-CODE');
  return replay;
}

const said = async (replay: MemoryReplay, text: string) => (await replay.say(text)).at(-1);

describe('an organizer', () => {
  it('of several calls is asked which one, and goes on with what was said', async () => {
    const replay = await organizer();
    await replay.verbs.importEvent(
      anEvent({ code: 'fund', title: { zh: '基金', en: 'The fund' }, call: aCall() }),
    );
    expect(await said(replay, 'extend P01 2d')).toMatchObject({
      text: 'Which event is it?',
      choices: ['Technology matchmaking conference', 'The fund'],
    });
    const [heard] = await replay.press('Technology matchmaking conference');
    expect(heard?.text).toContain('send “extend P01 off fair”');
    expect((await said(replay, 'extend P01 2d fund'))?.text).toContain('There is no project P01');
    expect((await said(replay, 'late fund'))?.text).toContain('“The fund”: no project is incomplete.');
  });

  it('goes through who is late page by page', async () => {
    const replay = await organizer();
    const event = eventId('office', 'fair');
    for (let i = 3; i <= 23; i++)
      await replay.stores.projects.save(aProject({ id: `more-${i}`, number: i, event, parts: {} }));
    const first = await said(replay, 'late');
    expect(first?.choices).toEqual(['More', 'Chase them']);
    expect(first?.text).toContain('23 projects are not complete: 22 not submitted');
    const second = (await replay.press('More'))[0];
    expect(second?.text).toMatch(/P11[\s\S]*P20/u);
    expect((await replay.press('More'))[0]).toMatchObject({ choices: ['Chase them'] });
  });

  it('takes a reopening back, and hears why something cannot be', async () => {
    const replay = await organizer();
    const [project] = await replay.stores.projects.byId(['project-1']);
    if (project) await replay.stores.projects.save({ ...project, state: 'withdrawn', rev: 2 });
    expect((await said(replay, 'extend P01 2d'))?.text).toContain('send “reopen P01”');
    const open = await said(replay, 'reopen P01');
    expect(open?.text).toContain('change it until Wed, 25 November 2026 18:00');
    expect(open?.choices).toEqual(['reopen P01 off fair']);
    expect((await replay.press('reopen P01 off fair'))[0]?.text).toContain('“withdrawn” again');
    expect((await said(replay, 'extend P02 2026-11-24 18:00'))?.text).toContain('no later than the deadline');
    expect((await said(replay, 'extend P02 2020-01-01 10:00'))?.text).toContain('That time has passed');
    expect((await said(replay, 'extend all soon'))?.text).toContain('extend all 2d');
    expect((await said(replay, 'chase send 9'))?.text).toContain('Remind 1 team (1 person) now?');
  });
});
