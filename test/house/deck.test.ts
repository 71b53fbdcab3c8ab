import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { eventId } from '../../src/usecases/import-event.ts';
import { anEvent } from '../support/events.ts';
import { fillIn, type Guest } from '../support/guest.ts';
import { ENGINES, type OpenHouse, openHouse } from '../support/house.ts';
import { aCall } from '../support/projects.ts';
import { officeFile, zipOf } from '../support/zip.ts';

const MEGABYTE = 1024 * 1024;
const off = 'off' as const;
const asked = { industrialization: off, market: off, capital: off, cooperation: off, patents: off };
const ANSWERS = {
  'title-zh': '盐碱地改良技术',
  field: '2',
  applicant: '1',
  organization: '热能系',
  contact: '项目联络人',
  phone: '13800138000',
  email: 'team@example.org',
  stage: '1',
  'summary-zh': '改良土壤。',
};
const [ENGINE = { name: 'embedded', env: () => ({}) }] = ENGINES;

describe('a deck that a team sends in the web chat', () => {
  let house: OpenHouse;
  let lead: Guest;
  beforeAll(async () => {
    house = await openHouse(ENGINE);
    const call = aCall({ asked: { ...asked, deck: 'required', images: off } });
    await house.addEvent(anEvent({ languages: ['zh'], call }));
    lead = await house.arrive();
    await lead.say('submit fair');
    await fillIn(lead, ANSWERS, 'deck');
  });
  afterAll(() => house.close());

  const kept = async () => {
    const [project] = await house.app.stores.projects.ofEvent(eventId('office', 'fair'), 0, 10);
    return project?.parts.deck?.value;
  };

  const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(64)]);
  const bomb = [{ name: 'ppt/media/a.bin', bytes: Buffer.alloc(60 * MEGABYTE), deflated: true }];
  it.each([
    ['a program called .pdf', 'deck.pdf', program, 'programs and files with macros are not taken'],
    ['nothing at all', 'deck.pdf', new Uint8Array(0), 'is empty and was not kept'],
    ['too much when it is unpacked', 'deck.pptx', officeFile('x', bomb), 'would unpack to far too much'],
    ['outside of itself', 'deck.pptx', zipOf([{ name: '../../x', bytes: program }]), 'holds unsafe paths'],
  ])('and that is %s is refused in a sentence, and asked for again', async (_, name, bytes, sentence) => {
    const [reply] = await lead.sendFile(name, new Uint8Array(bytes));
    expect(reply?.text).toContain(sentence);
    expect(lead.last.question).toBe('deck');
    expect(await kept()).toBeUndefined();
  });

  it('under a name with a path is kept by the last of it', async () => {
    await lead.sendFile('..\\..\\windows/../路演材料.pdf');
    expect(lead.last.question).not.toBe('deck');
    // It is written after the next question is asked.
    await vi.waitFor(async () =>
      expect(await kept()).toMatchObject({ name: '路演材料.pdf', type: 'application/pdf', size: 8 }),
    );
  });
});
