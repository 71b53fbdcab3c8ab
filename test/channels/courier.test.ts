import { describe, expect, it } from 'vitest';
import type { Channel, Post, Sending } from '../../src/channels/channel.ts';
import { Courier } from '../../src/channels/courier.ts';
import { TestTime } from './test-time.ts';

const FAST = { burst: 1_000, everyMs: 0, chatBurst: 1_000, chatEveryMs: 0 };
const OK: Sending = { result: 'sent', messageId: '1' };
const AWAY: Sending = { result: 'refused', retryAfterMs: 1_000, cause: 'away' };

const post = (conversation: string, ...seqs: number[]): Post => ({
  conversation,
  lang: 'en',
  replies: seqs.map((seq) => ({ seq, kind: 'say', text: `${conversation} ${seq}` })),
});

/** A channel that answers as it is told, one answer a message; after that all is well. */
function office(...answers: Sending[]) {
  const time = new TestTime();
  const arrived: string[] = [];
  const faults: string[] = [];
  const channel: Channel<string> = {
    name: 'test',
    bot: 'main',
    pace: FAST,
    write: (replies) => replies.map(({ text }) => text),
    async send(_account, text) {
      const answer = answers.shift() ?? OK;
      if (answer.result === 'sent' || answer.result === 'unsure') arrived.push(text);
      return answer;
    },
    start: async () => {},
    stop: async () => {},
    check: async () => {},
  };
  const courier = new Courier(channel as Channel, {
    now: time.now,
    wait: time.wait,
    fault: (message) => faults.push(message),
  });
  const sent: Post[] = [];
  const deliver = (...posts: Post[]) => courier.deliver(posts, (one) => sent.push(one));
  return { time, courier, arrived, faults, sent, deliver };
}

const A = 'test:main:a';
const B = 'test:main:b';
const ACCOUNT = { channel: 'test', bot: 'main', id: 'a' };

describe('replies', () => {
  it('leave in order per conversation, and are told when they have left', async () => {
    const { courier, arrived, sent, deliver } = office();
    await deliver(post(A, 1, 2), post(B, 1));
    await deliver(post(A, 3));
    await courier.settled();
    expect(arrived.filter((text) => text.startsWith(A))).toEqual([`${A} 1`, `${A} 2`, `${A} 3`]);
    expect(sent.map(({ conversation }) => conversation).sort()).toEqual([A, A, B]);
  });

  it('that are on their way are not sent again when they are found in an outbox', async () => {
    const { courier, arrived, sent, deliver } = office();
    await deliver(post(A, 1));
    await deliver(post(A, 1, 2));
    await courier.settled();
    expect(arrived).toEqual([`${A} 1`, `${A} 2`]);
    expect(sent).toHaveLength(2);
    await deliver(post(A, 2));
    await courier.settled();
    expect(arrived).toHaveLength(3);
  });

  it('that surely did not arrive are tried again, after the rest that was asked for', async () => {
    const { time, courier, arrived, sent, deliver } = office({ ...AWAY, retryAfterMs: 3_000 }, AWAY);
    await deliver(post(A, 1));
    await courier.settled();
    expect(arrived).toEqual([`${A} 1`]);
    expect(time.passed).toBeGreaterThanOrEqual(5_000);
    expect(sent).toHaveLength(1);
  });

  it('stay in the outbox when they cannot leave for long, and so does what comes after them', async () => {
    const { time, courier, arrived, sent, deliver } = office(AWAY, AWAY, AWAY, AWAY);
    await deliver(post(A, 1));
    await deliver(post(A, 2));
    await courier.settled();
    expect(arrived).toEqual([]);
    expect(sent).toEqual([]);
    await time.wait(60_000);
    await deliver(post(A, 1, 2));
    await courier.settled();
    expect(arrived).toEqual([`${A} 1`, `${A} 2`]);
  });

  it('that may have arrived are not sent again', async () => {
    const { courier, arrived, faults, sent, deliver } = office({ result: 'unsure', cause: 'timeout' });
    await deliver(post(A, 1));
    await courier.settled();
    expect(arrived).toEqual([`${A} 1`]);
    expect(faults).toEqual(['a reply may not have arrived']);
    expect(sent).toHaveLength(1);
  });

  it('to somebody who has shut the bot out are done with', async () => {
    const { courier, arrived, sent, deliver } = office({ result: 'failed', cause: 'blocked' });
    await deliver(post(A, 1, 2));
    await courier.settled();
    expect(arrived).toEqual([]);
    expect(sent).toHaveLength(1);
  });
});

describe('a letter', () => {
  it('ends as its last message did', async () => {
    expect(await office().courier.letter(ACCOUNT, post(A, 1))).toEqual(OK);
    expect(await office(AWAY).courier.letter(ACCOUNT, post(A, 1))).toEqual(AWAY);
    const blocked: Sending = { result: 'failed', cause: 'blocked' };
    expect(await office(blocked).courier.letter(ACCOUNT, post(A, 1))).toEqual(blocked);
  });

  it('of which a part has arrived is unsure, never to be tried again', async () => {
    const { courier, arrived } = office(OK, AWAY);
    expect(await courier.letter(ACCOUNT, post(A, 1, 2))).toEqual({ result: 'unsure', cause: 'away' });
    expect(arrived).toEqual([`${A} 1`]);
  });
});
