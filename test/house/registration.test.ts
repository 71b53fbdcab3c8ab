import jsqr from 'jsqr';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anEvent } from '../support/events.ts';
import { ANSWERS, fillIn, register } from '../support/guest.ts';
import { ENGINES, type OpenHouse, openHouse } from '../support/house.ts';
import { readPng } from '../support/png.ts';

describe.each(ENGINES)('a registration over the web chat, on $name', (engine) => {
  let house: OpenHouse;
  beforeAll(async () => {
    house = await openHouse(engine);
    await house.addEvent(
      anEvent({ code: 'fair', maxParty: 3, phone: 'required', email: 'optional', sessions: [] }),
    );
  });
  afterAll(() => house.close());

  it('leads a Chinese guest from the first word to a ticket', async () => {
    const guest = await house.arrive('zh');
    const [hello] = await guest.say('你好');
    expect(hello?.text).toContain('您好');
    await guest.say('报名');
    await fillIn(guest, {
      ...ANSWERS,
      language: 'zh',
      name: '张工',
      organization: '某大学（深圳）',
      party: '两位',
      phone: '138 0013 8000',
    });
    expect(guest.last.text).toContain('姓名：张工');
    expect(guest.last.text).toContain('单位：某大学（深圳）');
    expect(guest.last.text).toContain('人数：2');
    expect(guest.last.text).toContain('电话：+8613800138000');
    const [ticket] = await guest.say('1');
    expect(ticket?.text).toMatch(
      /报名成功[\s\S]*成果对接会[\s\S]*（Asia\/Shanghai）[\s\S]*票号：[0-9A-Z]{8}（2 人）/u,
    );
  });

  it('leads an English guest to a ticket whose QR code and calendar file open', async () => {
    const guest = await house.arrive('en');
    const told = await register(guest, 'fair', { ...ANSWERS, party: '1', phone: '+86 138 0013 8000' });
    expect(told.map(({ kind }) => kind)).toEqual(['say', 'image', 'file']);
    const number = /Ticket: ([0-9A-Z]{8})/u.exec(told[0]?.text ?? '')?.[1];
    expect(number).toBeDefined();
    const image = await fetch(`${house.url}${told[1]?.file?.url}`);
    const { rgba, width, height } = readPng(Buffer.from(await image.arrayBuffer()));
    const code = jsqr.default(rgba, width, height)?.data;
    expect(code).toMatch(new RegExp(`^LY1\\.${number}\\.`, 'u'));
    const calendar = await (await fetch(`${house.url}${told[2]?.file?.url}`)).text();
    expect(calendar).toContain('BEGIN:VCALENDAR');
    expect(calendar).toContain('Matchmaking fair');
    const [stored] = await house.app.stores.registrations.byPerson([guest.person]);
    expect(stored).toMatchObject({
      status: 'confirmed',
      ticket: number,
      details: { lang: 'en', name: 'Guest of honour' },
    });
  });

  it('refuses the files of a ticket to whoever changes the link', async () => {
    const guest = await house.arrive('en');
    const told = await register(guest, 'fair', { ...ANSWERS, phone: '13800138000' });
    const url = `${house.url}${told[1]?.file?.url}`;
    const [seal = ''] = /[^/]+(?=\/[^/]+$)/u.exec(url) ?? [];
    const changed = seal.replace(/^./u, seal.startsWith('a') ? 'b' : 'a');
    expect((await fetch(url.replace(seal, changed))).status).toBe(410);
    expect((await fetch(url)).status).toBe(200);
  });

  it('keeps both sides of the chat for a reload', async () => {
    const guest = await house.arrive('en');
    await guest.start('fair');
    await guest.press('en');
    const reloaded = guest.again();
    reloaded.heard.splice(0);
    expect((await reloaded.listen()).map(({ question }) => question)).toEqual(['language', 'name']);
  });

  it('changes and cancels a registration, and says what to do next', async () => {
    const guest = await house.arrive('en');
    await register(guest, 'fair', { ...ANSWERS, phone: '13800138000' });
    await guest.say('change');
    expect(guest.last.kind).toBe('review');
    await guest.press('edit:organization');
    await guest.say('Another office');
    await guest.press('confirm');
    const [changed] = await house.app.stores.registrations.byPerson([guest.person]);
    expect(changed?.details.organization).toBe('Another office');
    expect(changed?.history.map(({ what }) => what)).toEqual(['registered', 'changed']);
    await guest.say('cancel');
    await guest.press('cancel fair yes');
    expect(guest.last.text).toContain('send “register fair”');
    expect((await house.app.stores.registrations.byPerson([guest.person]))[0]?.status).toBe('cancelled');
  });

  it('changes language by a word and keeps to it', async () => {
    const guest = await house.arrive('en');
    await guest.say('语言 中文');
    expect(guest.last.text).toBe('好的，以后用中文。');
    await guest.say('agenda');
    expect(guest.last.text).toContain('成果对接会');
    const [person] = await house.app.stores.people.byId([guest.person]);
    expect(person).toMatchObject({ lang: 'zh', langChosen: true });
  });
});
