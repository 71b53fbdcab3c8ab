import { describe, expect, it } from 'vitest';
import { OfficialAccountApi } from '../../support/official-account-api.ts';
import { openDesk } from './desk.ts';

const BYTES = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
const MEDIA = '/cgi-bin/media/get';

describe('a picture that is sent to an official account', () => {
  it('is fetched and kept before its message is taken', async () => {
    await using desk = await openDesk();
    const them = desk.follower();
    expect((await them.sendsPicture(BYTES)).status).toBe(200);
    const [[ref = '', bytes] = []] = desk.front.kept.bytes;
    expect(bytes).toEqual(BYTES);
    expect(desk.front.accepted.map(({ input }) => input)).toEqual([
      { kind: 'file', name: 'photo.jpg', type: 'image/jpeg', size: BYTES.length, ref },
    ]);
  });

  it('is fetched although the token had just ended', async () => {
    await using desk = await openDesk();
    const them = desk.follower();
    await them.sendsPicture(BYTES);
    desk.api.expireTokens();
    await them.sendsPicture(Buffer.concat([BYTES, BYTES]));
    expect([...desk.front.kept.bytes.values()]).toHaveLength(2);
  });

  it.each([
    ['is refused', 40_007],
    ['breaks off', 'reset'],
    ['fails at a gateway', 'bad gateway'],
    ['comes as something else', 'garbage'],
  ] as const)('whose download %s is told to be unavailable, and nothing secret', async (_what, trouble) => {
    await using desk = await openDesk();
    desk.api.fail(MEDIA, trouble);
    await desk.follower().sendsPicture(BYTES);
    expect(desk.front.accepted.map(({ input }) => input)).toMatchObject([{ problem: 'unavailable' }]);
    const words = desk.front.kept.failures.map(String).join('\n');
    expect(words).toContain('expected');
    expect(words).not.toMatch(new RegExp(`token-wx|${OfficialAccountApi.secret}`, 'u'));
  });

  it('is not taken while the store is away: the platform sends it again', async () => {
    await using desk = await openDesk();
    desk.front.kept.isDown = true;
    expect((await desk.follower().sendsPicture(BYTES)).status).toBe(500);
    expect(desk.front.accepted).toEqual([]);
  });
});
