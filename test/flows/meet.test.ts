import { describe, expect, it } from 'vitest';
import { meetPayload } from '../../src/domain/manual.ts';
import { eventId } from '../../src/usecases/import-event.ts';
import { MemoryReplay } from '../transcripts/memory-replay.ts';

const FAIR = eventId('office', 'fair');

describe('the code on the page of a project', () => {
  it('opens the project in the chat, with a way to its team', async () => {
    const chat = await MemoryReplay.in('accepted projects', 'en');
    const [card] = await chat.open(meetPayload(FAIR, 2));
    expect(card?.text).toMatch(/^P02 Soil improvement/u);
    expect(card?.text).not.toContain('team@example.org');
    expect(card?.choices).toEqual(['Meet this team']);
  });

  it('leads nowhere where there is no such project', async () => {
    const chat = await MemoryReplay.in('accepted projects', 'en');
    for (const payload of [meetPayload(FAIR, 3), meetPayload('another', 1)])
      expect((await chat.open(payload)).map(({ text }) => text)).toEqual([
        'There is no such project, or it has not been published.',
      ]);
  });

  it('asks what the team is to know, once, and tells what it gets before it is sent', async () => {
    const chat = await MemoryReplay.in('accepted projects', 'en');
    await chat.open(meetPayload(FAIR, 1));
    await chat.press('Meet this team');
    for (const said of ['A visitor', 'Some enterprise', 'visitor@example.org']) await chat.say(said);
    expect(chat.stores.deliveries.all()).toEqual([]);
    const [sent] = await chat.press('Agree and send');
    expect(sent?.text).toContain('has your details');
    const [row] = chat.stores.deliveries.all();
    expect(row?.letter.text).toContain('姓名：A visitor');
    expect(row?.id).toMatch(/^meet\/project-1\//u);
  });
});

describe('what a team says of its page', () => {
  it('is heard with the code of a project alone, as “ok” is said of many things', async () => {
    const chat = await MemoryReplay.in('accepted projects', 'en');
    const [menu] = await chat.say('ok');
    expect(menu?.text).toContain('I am the events assistant');
    for (const said of [
      'ok P01',
      'ok fair P01',
      '确认P01',
      '确认 fair P01',
      'approve P01',
      'fix P01 the name',
    ]) {
      const [told] = await chat.say(said);
      expect(told?.text, said).toBe('There is no such project, or you are not a member of its team.');
    }
    expect((await chat.say('fix'))[0]?.text).toContain('fix P03');
  });
});
