import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../src/config.ts';

const problems = (env: Record<string, string>): string => {
  try {
    readConfig(env);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return String((error as Error).message);
  }
  throw new Error('expected a refusal');
};

describe('the configuration', () => {
  it('needs nothing', () => {
    expect(readConfig({})).toMatchObject({
      mongodbUri: undefined,
      redisUrl: undefined,
      port: 8080,
      host: '127.0.0.1',
      role: 'all',
    });
  });

  it('names every problem at once', () => {
    const text = problems({
      PORT: 'eighty',
      REDIS_URL: 'localhost',
      LOG_LEVEL: 'loud',
      MONGODB_URL: 'mongodb://x',
      SECRET_KEY: 'short',
      OWNER_CODE: 'too short',
    });
    for (const name of ['PORT', 'REDIS_URL', 'LOG_LEVEL', 'MONGODB_URL', 'SECRET_KEY', 'OWNER_CODE'])
      expect(text).toContain(`- ${name}`);
    expect(text).toContain('6 problem(s)');
  });

  it('reads where a virus scanner listens', () => {
    const read = (CLAMD_HOST: string) => readConfig({ CLAMD_HOST }).clamd;
    expect(readConfig({}).clamd).toBeUndefined();
    expect(read('scanner')).toEqual({ host: 'scanner', port: 3310 });
    expect(read('127.0.0.1:3311')).toEqual({ host: '127.0.0.1', port: 3311 });
    expect(read('[::1]')).toEqual({ host: '::1', port: 3310 });
    expect(read('[::1]:3311')).toEqual({ host: '::1', port: 3311 });
    expect(read('unix:/run/clamd.sock')).toEqual({ path: '/run/clamd.sock' });
    for (const bad of ['tcp://scanner', 'scanner:', 'unix:run/clamd.sock', 'a b', 'scanner:99999'])
      expect(problems({ CLAMD_HOST: bad })).toContain('- CLAMD_HOST: expected host, host:port or unix:/path');
    expect(problems({ CLAMD_PORT: '1' })).toContain('- CLAMD_PORT: not known');
  });

  it('takes an empty variable as absent, as compose files make them', () => {
    expect(readConfig({ PUBLIC_URL: '', SECRET_KEY: '' }).publicUrl).toBeUndefined();
  });

  it('reads for which kinds of guest each official account is', () => {
    const accounts = (audience: string) => ({
      WECHAT_OA_APP_ID: 'wx0000000001,wx0000000002,wx0000000003',
      WECHAT_OA_APP_SECRET: 'secret-one,secret-two,secret-three',
      WECHAT_OA_TOKEN: 'one,two,three',
      WECHAT_OA_AUDIENCE: audience,
    });
    const read = (audience: string) =>
      readConfig(accounts(audience)).officialAccounts.map((account) => account.audience);
    expect(read('guest+team,,enterprise+investor')).toEqual([
      ['guest', 'team'],
      [],
      ['enterprise', 'investor'],
    ]);
    expect(read('')).toEqual([[], [], []]);
    for (const bad of ['visitor', 'guest+', '+guest', 'guestteam', 'guest team', 'guest;team'])
      expect(problems(accounts(bad))).toMatch(/- WECHAT_OA_AUDIENCE: .*guest\+team.*investor/u);
    expect(problems(accounts(',,,guest'))).toContain('WECHAT_OA_AUDIENCE: expected at most 3, received 4');
  });

  it('asks for the services that several processes share', () => {
    const text = problems({ ROLE: 'worker' });
    for (const name of ['MONGODB_URI', 'REDIS_URL', 'SECRET_KEY']) expect(text).toContain(name);
  });
});
