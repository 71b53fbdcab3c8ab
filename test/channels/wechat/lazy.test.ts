import { expect, it, vi } from 'vitest';
import { memoryAliases } from '../../support/memory-aliases.ts';

const loaded: string[] = [];
vi.mock('wechaty', async (original) => {
  loaded.push('wechaty');
  return original();
});
vi.mock('wechaty-puppet', async (original) => {
  loaded.push('wechaty-puppet');
  return original();
});

it('wechaty is loaded when the channel starts, not before', async () => {
  const { wechatChannel } = await import('../../../src/channels/wechat/index.ts');
  const nothing = async () => {};
  const channel = wechatChannel(
    {
      puppet: 'wechaty-puppet-mock',
      secretPath: 'x',
      roomGreeting: { zh: '', en: '' },
      keywords: async () => [],
      aliases: memoryAliases(),
      notifyOwners: nothing,
    },
    {
      now: () => new Date(0),
      accept: nothing,
      keep: () => Promise.reject(new Error('expected no file, received one')),
      openFile: async () => undefined,
      linkTo: () => undefined,
      reachable: nothing,
      moved: async () => true,
      fault: nothing,
    },
  );
  expect(channel.write([{ seq: 1, kind: 'say', text: '你好' }], 'zh')).toHaveLength(1);
  expect((await channel.send('ana', { kind: 'text', text: '你好' })).result).toBe('refused');
  expect(loaded).toEqual([]);
  await channel.start();
  expect(loaded.sort()).toEqual(['wechaty', 'wechaty-puppet']);
  await channel.stop();
});
