import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { plainError, sparing } from '../../src/ops/log.ts';

const ROOT = join(import.meta.dirname, '../..');

describe('an error in the log', () => {
  it('says what, where and why', () => {
    const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    const told = plainError(new TypeError('expected a store', { cause }));
    expect(told).toMatchObject({
      type: 'TypeError',
      message: 'expected a store',
      stack: expect.stringContaining('log.test.ts'),
      cause: { type: 'Error', message: 'connect ECONNREFUSED', code: 'ECONNREFUSED' },
    });
  });

  it('holds no password, neither of a command nor of an address', () => {
    const error = Object.assign(new Error('Invalid URL: redis://user:hunter2@host/1'), {
      command: { name: 'auth', args: ['hunter2'] },
      input: 'mongodb://user:hunter2@host',
    });
    const told = JSON.stringify(plainError(new Error('no job service', { cause: error })));
    expect(told).toContain('redis://***@host/1');
    expect(told).not.toContain('hunter2');
  });

  it('ends although its causes do not', () => {
    const error = new Error('round');
    error.cause = error;
    expect(JSON.stringify(plainError(error)).match(/"round"/gu)?.length).toBeLessThan(20);
  });

  it('may be anything that was thrown', () => {
    expect(plainError('no')).toEqual({ type: 'string', message: 'no' });
  });

  it('is written although the process ends at once', () => {
    const script = `
      const { makeLog } = await import('./src/ops/log.ts');
      makeLog('info').error({ err: new Error('the last one') }, 'ending');
      process.exit(3);`;
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '-e', script],
      {
        cwd: ROOT,
        encoding: 'utf8',
      },
    );
    expect(status).toBe(3);
    expect(stderr).toContain('the last one');
  });
});

describe('a log that spares outages', () => {
  class Away extends Error {}
  const heard = () => {
    const lines: string[] = [];
    const plain = pino(
      { base: null },
      { write: (line) => lines.push((JSON.parse(line) as { msg: string }).msg) },
    );
    const suspected: unknown[] = [];
    const log = sparing(plain, [
      { explains: (error) => error instanceof Away, suspect: (error) => suspected.push(error) },
    ]);
    return { log, lines, suspected };
  };

  it('leaves an error to the service that explains it, and tells any other', () => {
    const { log, lines, suspected } = heard();
    const away = new Away('gone');
    log.error({ err: away }, 'a job failed');
    log.error({ err: new Error('a bug') }, 'a turn failed');
    log.error('no error at all');
    log.info('all is well');
    expect(suspected).toEqual([away]);
    expect(lines).toEqual(['a turn failed', 'no error at all', 'all is well']);
  });
});
