import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anEvent } from '../../support/events.ts';
import { Guest } from '../../support/guest.ts';
import { ENGINES, type OpenHouse, openHouse } from '../../support/house.ts';

const [engine = { name: 'embedded', env: () => ({}) }] = ENGINES;

describe('what the web chat is sent by mistake or in malice', () => {
  let house: OpenHouse;
  beforeAll(async () => {
    house = await openHouse(engine);
    await house.addEvent(anEvent({ code: 'fair' }));
  });
  afterAll(() => house.close());

  const atName = async (lang: 'zh' | 'en' = 'en') => {
    const guest = await house.arrive(lang);
    await guest.start('fair');
    await guest.press(lang);
    return guest;
  };
  const refusal = async (response: Response) => ({
    status: response.status,
    ...((await response.json()) as { error: { code: string; text: string } }).error,
  });

  it.each([
    ['nothing', '   ', /empty|空/u],
    [
      '10,000 characters',
      'x'.repeat(10_000),
      /10,000 characters received, 60 at most|收到 10,000 字，最多 60 字/u,
    ],
    ['only emoji', '🎉🎉🎉', /in words|文字/u],
    ['a name of 300 emoji', '😀'.repeat(300), /300 characters received|收到 300 字/u],
  ])('answers %s with what is expected, in both languages', async (_, text, expected) => {
    for (const lang of ['en', 'zh'] as const) {
      const guest = await atName(lang);
      await guest.say(text);
      expect(guest.last.text).toMatch(expected);
      expect(guest.last.question).toBe('name');
    }
  });

  it.each([
    ['right-to-left text', 'مكتب التعاون'],
    ['an operator', '{"$ne":1}'],
    ['HTML', '<img src=x onerror=alert(1)>'],
    ['a prototype', '__proto__ constructor'],
  ])('takes %s as the words that they are', async (_, text) => {
    const guest = await atName();
    await guest.say(text);
    expect(guest.last.question).toBe('organization');
    await guest.say('back');
    await guest.say('Plain name');
    await guest.say('An office');
    await guest.press('guest');
    await guest.press('agree');
    expect(guest.last.text).toContain('Name: Plain name');
  });

  it('keeps the form when a file comes where text is asked, and says that it was not kept', async () => {
    const guest = await atName();
    const form = new FormData();
    form.set('id', 'file1');
    form.set('file', new File(['%PDF-1.7'], 'plan.pdf', { type: 'application/pdf' }));
    const headers = { authorization: `Bearer ${guest.token}` };
    const response = await fetch(`${house.url}/api/chat/messages`, { method: 'POST', headers, body: form });
    expect(response.status).toBe(202);
    await guest.listen();
    expect(guest.last).toMatchObject({ question: 'name' });
    expect(guest.last.text).toContain('plan.pdf');
  });

  it('refuses a file of 30 MB with a sentence', async () => {
    const guest = await atName();
    const form = new FormData();
    form.set('id', 'big');
    form.set('file', new File([new Uint8Array(30 * 1024 * 1024)], 'big.bin'));
    const headers = { authorization: `Bearer ${guest.token}`, 'accept-language': 'en' };
    const response = await fetch(`${house.url}/api/chat/messages`, { method: 'POST', headers, body: form });
    expect(await refusal(response)).toMatchObject({ status: 413, text: expect.stringContaining('20 MB') });
    await guest.say('Guest of honour');
    expect(guest.last.question).toBe('organization');
  });

  it('names the events that there are when a code is unknown', async () => {
    const guest = await house.arrive('en');
    await guest.start('chengdu99');
    expect(guest.last.text).toContain('There is no event “chengdu99”');
    expect(guest.last.choices?.map(({ value }) => value)).toEqual(['register fair']);
    await guest.say('报名 不存在');
    expect(guest.last.text).toContain('不存在');
  });

  it('answers an expired button with the question that stands', async () => {
    const guest = await atName();
    await guest.post({ id: guest.nextId(), pick: { prompt: 'p999', index: 0 } });
    await guest.listen();
    expect(guest.last).toMatchObject({ question: 'name' });
    expect(guest.last.text).toContain('That button has expired');
  });

  it('refuses whom it does not know, whatever the token', async () => {
    const guest = await atName();
    for (const token of [
      '',
      'nonsense',
      `${guest.token}x`,
      guest.token.replace(/^./u, (c) => (c === 'a' ? 'b' : 'a')),
    ]) {
      const headers = { authorization: `Bearer ${token}`, 'accept-language': 'zh' };
      for (const path of ['/api/chat/messages', '/api/chat/events']) {
        const got = await refusal(await fetch(`${house.url}${path}`, { headers }));
        expect(got).toMatchObject({ status: 401, text: '会话已失效，请刷新页面重新开始。' });
      }
      const body = JSON.stringify({ id: 'a', text: 'x' });
      expect((await fetch(`${house.url}/api/chat/messages`, { method: 'POST', headers, body })).status).toBe(
        401,
      );
    }
  });

  it.each([
    ['broken JSON', '{"id": "a", '],
    ['an operator as text', { id: 'a', text: { $ne: 1 } }],
    ['an operator as id', { id: { $gt: '' }, text: 'x' }],
    ['a field too many', { id: 'a', text: 'x', admin: true }],
    ['a negative index', { id: 'a', pick: { prompt: 'p1', index: -1 } }],
    ['no content', { id: 'a' }],
    ['a list', []],
    ['an id with a slash', { id: 'a/b', text: 'x' }],
  ])('refuses %s with 400 and the right form', async (_, body) => {
    const guest = await atName();
    const got = await refusal(await guest.post(body));
    expect(got).toMatchObject({ status: 400, code: 'malformed' });
    expect(got.text).toContain('{id, text}');
    expect(await guest.listen(0)).toEqual([]);
  });

  it('refuses text beyond what a message may have', async () => {
    const guest = await atName();
    expect((await refusal(await guest.post({ id: 'long', text: 'x'.repeat(20_001) }))).status).toBe(413);
    expect((await refusal(await guest.post({ id: 'longer', text: 'x'.repeat(200_000) }))).status).toBe(413);
  });

  it('says nothing of itself at addresses that do not exist, and sends safe headers', async () => {
    const missing = await fetch(`${house.url}/.env`);
    expect(missing.status).toBe(404);
    const page = await fetch(house.url);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('a visitor who sends too much', () => {
  it('is told how long to wait, loses nothing, and does not hold up others', async () => {
    const limits = { messages: { points: 5, duration: 60 }, visitors: { points: 3, duration: 60 } };
    const house = await openHouse(engine, { limits });
    try {
      const guest = await Guest.arrive(house.url, 'en');
      for (let i = 0; i < 5; i++)
        expect((await guest.post({ id: guest.nextId(), text: 'agenda' })).status).toBe(202);
      const sixth = await guest.post({ id: guest.nextId(), text: 'agenda' });
      expect(sixth.status).toBe(429);
      expect(Number(sixth.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(((await sixth.json()) as { error: { text: string } }).error.text).toContain('Please wait');
      while (guest.heard.length < 5) await guest.listen();
      const other = await Guest.arrive(house.url, 'en');
      expect((await other.post({ id: 'a', text: 'agenda' })).status).toBe(202);
      await Guest.arrive(house.url, 'en');
      await expect(Guest.arrive(house.url, 'en')).rejects.toThrow('429');
    } finally {
      await house.close();
    }
  });
});
