import { describe, expect, it } from 'vitest';
import { afterAttempt, MAX_ATTEMPTS, newDelivery } from '../../src/domain/delivery.ts';
import { at, later } from './examples.ts';

const NOW = at('2026-05-10T10:00+08:00');

describe('the end of an attempt', () => {
  const row = newDelivery({
    id: 'fair/hour/ana',
    person: 'ana',
    kind: 'notice',
    event: 'fair',
    registration: 'fair.ana',
    letter: { text: 'a letter' },
    state: 'sending',
    notBefore: NOW,
    expiresAt: later(NOW, 60),
    attempt: 'one',
    attempts: 1,
  });

  it('that was sent keeps the number of the message', () => {
    expect(afterAttempt(row, { result: 'sent', messageId: '42' }, NOW)).toMatchObject({
      state: 'sent',
      cause: null,
      messageId: '42',
    });
  });

  it('that may have arrived is unknown, however few there were', () => {
    expect(afterAttempt(row, { result: 'unsure', cause: 'timeout' }, NOW)).toMatchObject({
      state: 'unknown',
      cause: 'timeout',
    });
  });

  it('that can never arrive is failed at once', () => {
    expect(afterAttempt(row, { result: 'failed', cause: 'blocked' }, NOW)).toMatchObject({
      state: 'failed',
      cause: 'blocked',
    });
  });

  const refused = (attempts: number, retryAfterMs = 0) =>
    afterAttempt({ ...row, attempts }, { result: 'refused', retryAfterMs, cause: '429' }, NOW);

  it('that surely did not arrive is tried again, each time after a longer wait', () => {
    const waits = [1, 2, 3, 4, 5].map((attempts) => refused(attempts).notBefore.getTime() - NOW.getTime());
    expect(waits).toEqual([5_000, 20_000, 80_000, 320_000, 1_280_000]);
    expect(refused(1)).toMatchObject({ state: 'retry_wait', cause: '429' });
  });

  it('waits at least as long as the channel asked for', () => {
    expect(refused(1, 30_000).notBefore).toEqual(new Date(NOW.getTime() + 30_000));
    expect(refused(3, 30_000).notBefore).toEqual(new Date(NOW.getTime() + 80_000));
  });

  it('is the last one after so many', () => {
    expect(refused(MAX_ATTEMPTS - 1).state).toBe('retry_wait');
    expect(refused(MAX_ATTEMPTS)).toMatchObject({ state: 'failed', cause: '429' });
  });
});
