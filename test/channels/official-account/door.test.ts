import { describe, expect, it } from 'vitest';
import { type Call, Follower } from '../../support/official-account-api-follower.ts';
import { document, seal, sign } from '../../support/official-account-api-wire.ts';
import { AES_KEY, APP_ID, type Desk, NOW, openDesk, routesOf, TOKEN, text } from './desk.ts';

const OTHER_KEY = `${AES_KEY.slice(1)}a`;
const MINUTE = 60_000;

const said = (follower: Follower, words = '你好') =>
  follower.message('text', { Content: words, MsgId: 24_000_000_000_001 });

function callOf(follower: Follower, change: Record<string, string | undefined> = {}): Call {
  const { query, body } = follower.call(said(follower));
  const kept = Object.entries({ ...query, ...change }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return { query: Object.fromEntries(kept), body };
}

/** A follower whose platform signs and seals with something of its own. */
const impostor = (desk: Desk, token: string, aesKey?: string, appId = APP_ID) =>
  new Follower({
    api: desk.api,
    url: '/wechat',
    fetch: (url, init) => routesOf(desk.channel).request(url, init),
    appId,
    token,
    now: desk.front.now,
    ...(aesKey !== undefined && { aesKey }),
  });

describe('the address of an account', () => {
  it('is verified by echoing what was signed', async () => {
    await using desk = await openDesk();
    const response = await desk.follower().verify('echo <b>');
    expect([response.status, await response.text()]).toEqual([200, 'echo <b>']);
    expect(response.headers.get('content-type')).toContain('text/plain');
  });

  it('is not verified for others', async () => {
    await using desk = await openDesk();
    const responses = [
      await impostor(desk, 'guessed').verify('echo'),
      await desk.follower().verify('echo', { timestamp: '1' }),
      await desk.follower().verify('echo', { signature: '' }),
    ];
    expect(responses.map(({ status }) => status)).toEqual([403, 403, 403]);
    expect(desk.channel.refused).toMatchObject({ forged: 2, unsigned: 1 });
  });

  it('cannot be verified and then called with the same signature', async () => {
    await using desk = await openDesk();
    const follower = desk.follower();
    const { query, body } = callOf(follower);
    await routesOf(desk.channel).request(`/wechat?${new URLSearchParams({ ...query, echostr: 'x' })}`);
    expect((await follower.post({ query, body })).status).toBe(403);
    expect(desk.channel.refused.replayed).toBe(1);
    expect(desk.front.accepted).toEqual([]);
  });
});

describe.each([
  ['in plain mode', undefined],
  ['in safe mode', AES_KEY],
] as const)('a call %s', (_, aesKey) => {
  const signature = aesKey === undefined ? 'signature' : 'msg_signature';
  const open = () => openDesk(aesKey === undefined ? {} : { aesKey });

  it('that is signed is taken', async () => {
    await using desk = await open();
    const response = await desk.follower().says('你好 ]]');
    expect([response.status, await response.text()]).toEqual([200, 'success']);
    expect(desk.front.accepted.map(({ input }) => input)).toEqual([{ kind: 'text', text: '你好 ]]' }]);
  });

  it.each([
    ['unsigned', { [signature]: undefined }],
    ['unsigned', { timestamp: undefined }],
    ['unsigned', { nonce: undefined }],
    ['forged', { [signature]: 'a'.repeat(40) }],
    ['forged', { [signature]: 'short' }],
    ['forged', { nonce: 'another' }],
    ['forged', { timestamp: String(NOW.getTime() / 1000 + 1) }],
  ] as const)('that is %s is refused', async (reason, change) => {
    await using desk = await open();
    const follower = desk.follower();
    const response = await follower.post(callOf(follower, change));
    expect([response.status, await response.text()]).toEqual([403, '']);
    expect(desk.channel.refused[reason]).toBe(1);
    expect(desk.front.accepted).toEqual([]);
  });

  it.each([
    [-6, 403],
    [-4, 200],
    [4, 200],
    [6, 403],
  ])('whose time differs by %i minutes is answered %i', async (minutes, status) => {
    await using desk = await open();
    const follower = desk.follower();
    const call = callOf(follower);
    desk.front.at = new Date(NOW.getTime() - minutes * MINUTE);
    expect((await follower.post(call)).status).toBe(status);
    expect(desk.channel.refused.expired).toBe(status === 403 ? 1 : 0);
    expect(desk.front.accepted).toHaveLength(status === 200 ? 1 : 0);
  });

  it('with a signed time that is no number is refused', async () => {
    await using desk = await open();
    const follower = desk.follower();
    const { query, body } = callOf(follower);
    const sealed = /<Encrypt><!\[CDATA\[(.*?)\]\]>/u.exec(body)?.[1];
    const parts = [TOKEN, 'soon', query.nonce ?? '', ...(sealed ? [sealed] : [])];
    const response = await follower.post({
      query: { ...query, timestamp: 'soon', [signature]: sign(...parts) },
      body,
    });
    expect(response.status).toBe(403);
    expect(desk.channel.refused.expired).toBe(1);
  });

  it('that comes twice is taken once', async () => {
    await using desk = await open();
    const follower = desk.follower();
    const call = callOf(follower);
    const statuses = [await follower.post(call), await follower.post(call)].map((one) => one.status);
    expect(statuses).toEqual([200, 403]);
    expect(desk.channel.refused.replayed).toBe(1);
    expect(desk.front.accepted).toHaveLength(1);
  });

  it('may come again when it could not be stored', async () => {
    await using desk = await open();
    const follower = desk.follower();
    const call = callOf(follower);
    desk.front.isDown = true;
    expect((await follower.post(call)).status).toBe(500);
    expect(desk.front.faults).toHaveLength(1);
    desk.front.isDown = false;
    expect((await follower.post(call)).status).toBe(200);
    expect(desk.front.accepted).toHaveLength(1);
  });

  it('that is too large is refused unread', async () => {
    await using desk = await open();
    const response = await desk.follower().says('x'.repeat(256 * 1024));
    expect(response.status).toBe(413);
    expect(desk.channel.refused.too_large).toBe(1);
    expect(desk.front.accepted).toEqual([]);
  });

  it.each([
    ['nothing', ''],
    ['no document', 'MsgType=text'],
    ['half a document', '<xml><MsgType><![CDATA[text'],
    ['a document type', '<!DOCTYPE xml><xml><MsgType>text</MsgType></xml>'],
    [
      'entities that multiply',
      `<!DOCTYPE xml [<!ENTITY a "aaaa">${Array.from({ length: 20 }, (_x, i) => `<!ENTITY a${i} "&a;&a;&a;">`).join('')}]><xml><Content>&a19;</Content></xml>`,
    ],
    [
      'a file of the machine',
      '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><xml><Content>&f;</Content></xml>',
    ],
    ['depth', `<xml>${'<a>'.repeat(500)}${'</a>'.repeat(500)}</xml>`],
    ['a prototype', '<xml><__proto__><MsgType>text</MsgType></__proto__></xml>'],
    ['no sender', document({ ToUserName: 'gh', CreateTime: 1, MsgType: 'text', MsgId: 1, Content: 'x' })],
    [
      'a sender who would be somebody else',
      document({ ToUserName: 'gh', FromUserName: 'a:b/c', CreateTime: 1, MsgType: 'text', MsgId: 1 }),
    ],
    [
      'two senders',
      '<xml><ToUserName>g</ToUserName><FromUserName>a</FromUserName><FromUserName>b</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType></xml>',
    ],
  ])('that is signed and holds %s is refused', async (_name, xml) => {
    await using desk = await open();
    const follower = desk.follower();
    const response = await follower.post(follower.call(xml));
    expect([response.status, await response.text()]).toEqual([400, '']);
    expect(desk.channel.refused.unreadable).toBe(1);
    expect(desk.front.accepted).toEqual([]);
  });

  it('is taken with whatever a person writes', async () => {
    await using desk = await open();
    const words = '&lt;b&gt; &amp; <!DOCTYPE x> <![CDATA[ <xml> {"$ne":1} 0x1F 007';
    await desk.follower().says(words);
    expect(desk.front.accepted[0]?.input).toEqual({ kind: 'text', text: words });
  });
});

describe('safe mode', () => {
  it('opens what was sealed, and seals what is answered', async () => {
    await using desk = await openDesk({ aesKey: AES_KEY, patient: true });
    const follower = desk.follower();
    for (const words of ['好', '𝒳'.repeat(300), 'a'.repeat(12), ']]> <xml> &lt;']) {
      desk.front.onAccepted = ({ conversation }) =>
        desk.channel.send(conversation.split(':')[2] ?? '', text(`答：${words}`));
      await follower.says(words);
      expect(desk.front.accepted.at(-1)?.input).toEqual({ kind: 'text', text: words });
      expect(follower.chat.at(-1)).toEqual({ way: 'passive', text: `答：${words}` });
    }
  });

  it.each([
    ['with another key', OTHER_KEY, APP_ID],
    ['for another account', AES_KEY, 'wx0000000000000000'],
  ])('refuses what was sealed %s', async (_name, key, appId) => {
    await using desk = await openDesk({ aesKey: AES_KEY });
    expect((await impostor(desk, TOKEN, key, appId).says('你好')).status).toBe(403);
    expect(desk.channel.refused.forged).toBe(1);
    expect(desk.front.accepted).toEqual([]);
  });

  it.each(['', 'AAAA', 'no base64 at all', seal('', AES_KEY, APP_ID).slice(0, 20)])(
    'refuses “%s”, which is nothing sealed',
    async (sealed) => {
      await using desk = await openDesk({ aesKey: AES_KEY });
      const [timestamp, nonce] = [String(NOW.getTime() / 1000), 'nonce'];
      const response = await desk.follower().post({
        query: { timestamp, nonce, msg_signature: sign(TOKEN, timestamp, nonce, sealed) },
        body: document({ Encrypt: sealed }),
      });
      expect(response.status).toBe(403);
    },
  );

  it('takes nothing that is not sealed', async () => {
    await using desk = await openDesk({ aesKey: AES_KEY });
    expect((await impostor(desk, TOKEN).says('你好')).status).toBe(403);
    expect(desk.channel.refused.unsigned).toBe(1);
    expect(desk.front.accepted).toEqual([]);
  });

  it('without its key is explained', async () => {
    await using desk = await openDesk();
    expect((await impostor(desk, TOKEN, AES_KEY).says('你好')).status).toBe(400);
    expect(desk.front.faults.join()).toContain('set WECHAT_OA_AES_KEY');
  });

  it('with a key of another length does not come about', async () => {
    await expect(openDesk({ aesKey: 'short' })).rejects.toThrow(
      'expected an EncodingAESKey of 43 letters and digits for wx1234567890abcdef, received 5 characters',
    );
  });
});
