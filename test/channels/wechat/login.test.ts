import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { types } from 'wechaty-puppet';
import { quiet, until } from '../../support/wechat-world.ts';
import { Bench } from './bench.ts';

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});
afterEach(() => bench.close());

const html = async () => (await bench.page()).text();
const state = async () => /data-state="(\w+)"/u.exec(await html())?.[1];
const login = async () => {
  bench.world.login();
  await quiet();
};

describe('the login page', () => {
  it('shows where the login stands, from the first scan to the end', async () => {
    expect(await state()).toBe('starting');
    await bench.channel.start();
    bench.world.scan('https://login.example/1');
    await quiet();
    const page = await html();
    expect(page).toContain('<svg');
    expect(page).toContain('请用机器人的微信扫码登录');
    expect(page).toContain('Please scan');
    bench.world.scan('', types.ScanStatus.Scanned);
    expect(await state()).toBe('scanned');
    await login();
    expect(await html()).toContain('已登录: Luyan');
    await bench.world.logout();
    await quiet();
    expect(await state()).toBe('logout');
  });

  it('asks nothing of anybody else, and is kept nowhere', async () => {
    await bench.channel.start();
    bench.world.scan('https://login.example/1');
    const page = await bench.page();
    const text = await page.text();
    expect(text).not.toContain('login.example');
    expect(text).not.toMatch(/(?:src|href)=/u);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('is there for nobody else', async () => {
    expect((await bench.page('guess')).status).toBe(404);
    expect((await bench.page('')).status).toBe(404);
  });

  it('shows a name as text, whatever it is', async () => {
    await bench.channel.start();
    bench.world.self.payload.name = '<script>alert(1)</script>';
    await login();
    expect(await html()).not.toContain('<script');
    expect(await html()).toContain('&#60;script');
  });
});

it('a code to scan is drawn in the terminal once, never as text', async () => {
  await bench.channel.start();
  bench.world.scan('https://login.example/1');
  bench.world.scan('https://login.example/1');
  bench.world.scan('https://login.example/2');
  await until(() => bench.printed.length === 2);
  await quiet();
  expect(bench.printed).toHaveLength(2);
  expect(bench.printed.join('')).not.toContain('login.example');
});

describe('owners', () => {
  it('are told of each change of state once, without an address', async () => {
    await bench.channel.start();
    bench.world.scan('https://login.example/1');
    bench.world.scan('https://login.example/2');
    bench.world.scan('', types.ScanStatus.Scanned);
    await login();
    await bench.world.logout();
    await quiet();
    expect(bench.news.map(({ en }) => en.split(/[.:]/u)[0])).toEqual([
      'The WeChat bot waits to be logged in',
      'The WeChat bot is logged in',
      'The WeChat bot was logged out',
    ]);
    expect(JSON.stringify(bench.news)).not.toMatch(/https?:|s3cret/u);
  });

  it('that cannot be told stop nothing', async () => {
    bench = new Bench({ notifyOwners: () => Promise.reject(new Error('down')) });
    await bench.channel.start();
    await login();
    expect(bench.faults).toHaveLength(1);
    await bench.channel.check();
  });
});

it('a check passes when logged in, and else says what is missing', async () => {
  await expect(bench.channel.check()).rejects.toThrow('it is starting');
  await bench.channel.start();
  bench.world.scan('https://login.example/1');
  await expect(bench.channel.check()).rejects.toThrow('open its login page and scan');
  await login();
  await bench.channel.check();
  await bench.world.logout();
  await expect(bench.channel.check()).rejects.toThrow('it was logged out');
});

describe('a connection', () => {
  it('that was logged out starts again after a while, and later each time', async () => {
    await bench.channel.start();
    const start = vi.spyOn(bench.world.puppet, 'start');
    await login();
    await bench.world.logout();
    await until(() => bench.waits.now.includes(5_000));
    expect(start).not.toHaveBeenCalled();
    bench.waits.pass();
    await until(() => start.mock.calls.length === 1);
    await quiet();
    bench.world.puppet.emit('error', new Error('refused'));
    await until(() => bench.waits.now.includes(10_000));
    bench.waits.pass();
    await until(() => start.mock.calls.length === 2);
    await quiet();
    await login();
    await bench.channel.check();
  });

  it('that comes back by itself is left alone', async () => {
    await bench.channel.start();
    await login();
    await bench.world.logout();
    await until(() => bench.waits.now.includes(5_000));
    const start = vi.spyOn(bench.world.puppet, 'start');
    bench.world.scan('https://login.example/3');
    bench.waits.pass();
    await quiet();
    expect(start).not.toHaveBeenCalled();
    expect(await state()).toBe('scan');
  });

  it('outlives errors while it is logged in', async () => {
    await bench.channel.start();
    await login();
    for (const error of [new Error('a'), 'b', undefined])
      bench.world.puppet.emit('error', error as unknown as Error);
    await quiet();
    expect(bench.faults).toHaveLength(3);
    await bench.channel.check();
    expect(bench.waits.now).toEqual([]);
  });

  it('whose puppet fails to start is tried again until it does', async () => {
    const start = vi.spyOn(bench.world.puppet, 'start').mockRejectedValueOnce(new Error('no token'));
    await bench.channel.start();
    await until(() => bench.waits.now.includes(5_000));
    expect(await state()).toBe('error');
    bench.waits.pass();
    await until(() => start.mock.calls.length === 2);
    await quiet();
    expect(await state()).toBe('starting');
  });

  it('goes on after events that cannot be handled', async () => {
    await bench.channel.start();
    const { puppet } = bench.world;
    puppet.emit('login', { contactId: 'nobody' });
    puppet.emit('message', { messageId: 'none' });
    puppet.emit('friendship', { friendshipId: 'none' });
    puppet.emit('room-join', { roomId: 'none', inviteeIdList: [], inviterId: 'x', timestamp: 0 });
    await until(() => bench.faults.length > 2);
    expect(bench.faults).toContain('a WeChat event was not handled');
  });
});

it('an error while owners cannot be told leaves no trace but the log', async () => {
  const notifyOwners = () => {
    throw new Error('down');
  };
  bench = new Bench({ notifyOwners });
  await bench.channel.start();
  expect(() => bench.world.puppet.emit('error', new Error('refused'))).not.toThrow();
  await until(() => bench.faults.length === 2);
  expect(await state()).toBe('error');
});

describe('a stop', () => {
  it('does not wait for a puppet that hangs', async () => {
    await bench.channel.start();
    vi.spyOn(bench.world.puppet, 'stop').mockReturnValue(new Promise(() => {}));
    const stopped = bench.channel.stop();
    await until(() => bench.waits.now.length > 0);
    expect(Math.max(...bench.waits.now)).toBeLessThan(5_000);
    bench.waits.pass();
    await stopped;
    expect(bench.faults).toContain('WeChat did not stop cleanly');
  });

  it('is no logout, and nothing starts after it', async () => {
    await bench.channel.start();
    await login();
    const start = vi.spyOn(bench.world.puppet, 'start');
    await bench.channel.stop();
    await quiet();
    expect(bench.news).toHaveLength(1);
    expect(start).not.toHaveBeenCalled();
    expect(bench.waits.now).toEqual([]);
  });

  it('before a start keeps it from starting', async () => {
    await bench.channel.stop();
    const start = vi.spyOn(bench.world.puppet, 'start');
    await bench.channel.start();
    expect(start).not.toHaveBeenCalled();
  });
});

it.each([
  ['wechaty-puppet-nowhere', 'run npm install wechaty-puppet-nowhere'],
  ['rate-limiter-flexible', 'expected "rate-limiter-flexible" to make a wechaty puppet'],
])('a puppet called %s cannot be had, and one sentence says so', async (puppet, sentence) => {
  await expect(new Bench({ puppet }).channel.start()).rejects.toThrow(sentence);
});
