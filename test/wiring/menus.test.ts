import { describe, expect, it, vi } from 'vitest';
import type { MenuEntry } from '../../src/channels/channel.ts';
import type { Role } from '../../src/domain/access.ts';
import { conversationOf } from '../../src/domain/person.ts';
import type { Lang } from '../../src/text/text.ts';
import { showingMenus } from '../../src/wiring/menus.ts';
import { at } from '../domain/examples.ts';
import { anEvent } from '../support/events.ts';
import { memoryStores } from '../support/memory-ports.ts';
import { aCall } from '../support/projects.ts';

const NOW = at('2026-05-10T10:00+08:00');

/** Stores that show menus on Telegram, and what the chats there show; a chat that is not named shows everybody's. */
function openMenus() {
  const chats = new Map<string, readonly string[]>();
  const errors: Error[] = [];
  let calls = 0;
  const menu = async ({ id }: { id: string }, entries: readonly MenuEntry[] | null) => {
    calls++;
    if (entries)
      chats.set(
        id,
        entries.map(({ command, description }) => `${command} ${description}`),
      );
    else chats.delete(id);
  };
  const outlets = { of: ({ channel }: { channel: string }) => (channel === 'telegram' ? { menu } : {}) };
  const stored = memoryStores();
  const stores = showingMenus({
    ...stored,
    outlets: outlets as never,
    onError: (error) => errors.push(error),
  });
  const arrive = async (channel: string, id: string, lang: Lang = 'en') =>
    (await stored.people.ensure({ channel, bot: '4242', id }, lang, NOW)).id;
  const give = (person: string, role: Role) =>
    stores.grants.add({
      id: `${person} ${role}`,
      person,
      role,
      office: role === 'owner' ? null : 'office',
      event: null,
      part: null,
      note: null,
      by: null,
      at: NOW,
      ended: null,
    });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  /** Lets the office's event be stored, which calls for projects or does not. */
  const plan = async (call: ReturnType<typeof aCall> | null) => {
    await stored.events.save({ id: 'fair', ...anEvent({ call }) }, 0);
    await stores.events.markPlanned('fair', 1);
    await settled();
  };
  return { stores, stored, chats, errors, arrive, give, settled, plan, calls: () => calls };
}

describe('the menu of somebody with a role', () => {
  it('has what the role brings before what everybody has', async () => {
    const { chats, arrive, give, settled } = openMenus();
    await give(await arrive('telegram', '1'), 'organizer');
    await give(await arrive('telegram', '2', 'zh'), 'owner');
    await settled();
    expect(chats.get('1')?.slice(0, 4)).toEqual([
      'notice Send notices',
      'invite Invite people to roles',
      'roles See and end roles',
      'register Register for an event',
    ]);
    expect(chats.get('2')?.slice(0, 4)).toEqual([
      'notice 群发通知',
      'invite 用认领码邀请',
      'roles 查看和收回角色',
      'register 报名',
    ]);
    expect(chats.get('1')?.at(-1)).toBe('help Help');
  });

  it('grows when an event of theirs calls for projects, and stays short', async () => {
    const { chats, arrive, give, settled, plan } = openMenus();
    const owner = await arrive('telegram', '1');
    await give(owner, 'owner');
    await give(await arrive('telegram', '2', 'zh'), 'organizer');
    await give(await arrive('telegram', '3', 'zh'), 'reviewer');
    await settled();
    expect(chats.get('2')?.slice(0, 2)).toEqual(['notice 群发通知', 'invite 用认领码邀请']);
    await plan(aCall());
    const words = (chat: string) => chats.get(chat)?.map((entry) => entry.split(' ')[0]);
    expect(chats.get('2')?.slice(0, 6)).toEqual([
      'notice 群发通知',
      'review 审核项目',
      'late 查看缺材料的项目',
      'manual 项目手册',
      'export 导出项目和材料',
      'invite 用认领码邀请',
    ]);
    expect(words('1')?.slice(0, 7)).toEqual([
      ...['notice', 'review', 'late', 'manual', 'export', 'invite', 'roles'],
    ]);
    expect(words('1')).toHaveLength(12);
    expect(chats.get('3')?.slice(0, 2)).toEqual(['review 审核项目', 'register 报名']);
  });

  it('begins with the stage for judges and hosts', async () => {
    const { chats, arrive, give, settled } = openMenus();
    await give(await arrive('telegram', '1', 'zh'), 'judge');
    await give(await arrive('telegram', '2'), 'host');
    await give(await arrive('telegram', '3'), 'staff');
    await settled();
    expect(chats.get('1')?.slice(0, 4)).toEqual([
      'score 给项目打分',
      'sheets 我的评分',
      'briefing 评委须知',
      'register 报名',
    ]);
    expect(chats.get('1')).toHaveLength(11);
    expect(chats.get('2')?.slice(0, 3)).toEqual([
      'now On stage now, and next',
      'next Call the next one to the stage',
      'register Register for an event',
    ]);
    expect(chats.has('3')).toBe(false);
  });

  it('has room for every role at once, and for help', async () => {
    const { chats, arrive, give, settled, plan } = openMenus();
    const person = await arrive('telegram', '1');
    for (const role of ['judge', 'host'] as const) await give(person, role);
    await settled();
    const words = () => chats.get('1')?.map((entry) => entry.split(' ')[0]);
    expect(words()).toEqual([
      ...['score', 'sheets', 'briefing', 'now', 'next', 'register', 'mine', 'agenda', 'language', 'help'],
    ]);
    await give(person, 'owner');
    await plan(aCall());
    expect(words()).toEqual([
      ...['score', 'sheets', 'briefing', 'now', 'next', 'notice', 'review', 'late', 'manual', 'export'],
      ...['invite', 'help'],
    ]);
  });

  it('goes when the last role ends, and stays while another one does', async () => {
    const { stores, chats, arrive, give, settled } = openMenus();
    const person = await arrive('telegram', '1');
    await give(person, 'owner');
    await give(person, 'organizer');
    await stores.grants.end(`${person} owner`, 'owner', NOW);
    await settled();
    expect(chats.get('1')?.[0]).toBe('notice Send notices');
    await stores.grants.end(`${person} organizer`, 'owner', NOW);
    await settled();
    expect(chats.has('1')).toBe(false);
  });

  it('speaks their language from the moment that they choose it', async () => {
    const { stores, chats, arrive, give, settled } = openMenus();
    const person = await arrive('telegram', '1');
    await give(person, 'organizer');
    await stores.people.setLanguage(person, 'zh');
    await settled();
    expect(chats.get('1')?.[0]).toBe('notice 群发通知');
  });

  it('comes to an account that joins them, and goes with it', async () => {
    const { stores, chats, arrive, give, settled } = openMenus();
    const host = await arrive('web', 'host');
    const guest = await arrive('telegram', '1');
    await give(host, 'owner');
    const account = conversationOf({ channel: 'telegram', bot: '4242', id: '1' });
    await stores.people.join(guest, host);
    await stores.people.adopt(host, [account], []);
    await settled();
    expect(chats.get('1')?.[0]).toBe('notice Send notices');
    await stores.people.disown(host, [account]);
    await stores.people.part(guest, host);
    await settled();
    expect(chats.has('1')).toBe(false);
  });

  it('follows a role to the person whom its holder has joined', async () => {
    const { stores, chats, arrive, give, settled } = openMenus();
    const [host, guest] = [await arrive('telegram', '1'), await arrive('web', 'guest')];
    await give(guest, 'organizer');
    await stores.grants.move(guest, host);
    await settled();
    expect(chats.get('1')?.[0]).toBe('notice Send notices');
  });
});

describe('whoever has no role', () => {
  it('costs the channel nothing when they choose a language', async () => {
    const { stores, arrive, settled, calls } = openMenus();
    await stores.people.setLanguage(await arrive('telegram', '1'), 'zh');
    await stores.people.setLanguage(await arrive('web', '2'), 'zh');
    await settled();
    expect(calls()).toBe(0);
  });
});

describe('a store that is away', () => {
  it('fails no change: what is stored stays stored, and the menu is told of as an error', async () => {
    const { stores, stored, errors, arrive, give, settled } = openMenus();
    const person = await arrive('telegram', '1');
    vi.spyOn(stored.people, 'byId').mockRejectedValue(new Error('away'));
    const broken = showingMenus({
      ...stored,
      outlets: { of: () => undefined },
      onError: (e) => errors.push(e),
    });
    await broken.people.setLanguage(person, 'zh');
    await settled();
    expect(errors).toMatchObject([{ message: 'away' }]);
    await give(person, 'owner');
    expect(await stores.grants.of([person])).toHaveLength(1);
  });
});
