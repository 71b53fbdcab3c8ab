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
