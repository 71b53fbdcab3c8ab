import { Redis } from 'ioredis';
import { z } from 'zod';
import type { Pace } from '../channel.ts';
import { type Answer, type Ask, type Bucket, CLOSER_MS, LATE_MS, type Rest, TOGETHER_MS } from './bucket.ts';

/** Whoever asks Redis for a turn gives up after so long. */
export const PATIENCE_MS = 200;

// Times are Redis's own, in microseconds: it is the one clock that processes on several machines have in common.
const NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
`;
const FORGOTTEN_AFTER = 60_000_000;
/**
 * KEYS: the bucket, the chats that rest, when the last ones left. ARGV: interval, tolerance, lateness, most within,
 * that time; then chat, kind and extra of each.
 */
const TAKE = `${NOW}
local every, tolerance, late = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local most, within = tonumber(ARGV[4]), tonumber(ARGV[5])
local known = redis.call('HMGET', KEYS[1], 'full', 'rest')
-- A clock that was set back must not hold the bot up.
local full = math.min(tonumber(known[1] or 0), now + tolerance + 2 * every)
local rest = tonumber(known[2] or 0)
local taken = 0
-- One place is left to a reply.
local function roomAt(isLetter)
  if most == 0 then return 0 end
  local limit = isLetter and math.max(1, most - 1) or most
  if taken >= limit then return now + within end
  local first = tonumber(redis.call('LINDEX', KEYS[3], limit - taken - 1) or 0)
  return math.min(first, now) + within
end
local answer = {0, 0}
for i = 6, #ARGV, 3 do
  local chatRests = tonumber(redis.call('ZSCORE', KEYS[2], ARGV[i]) or 0) - now
  local isLetter = ARGV[i + 1] == 'letter'
  local readyAt = isLetter and full or full - tolerance
  local turn = 0
  if chatRests > 0 then
    turn = -math.ceil(chatRests)
  elseif math.max(readyAt, rest, roomAt(isLetter)) <= now then
    if full < now - late then full = now end
    full = full + every + tonumber(ARGV[i + 2])
    taken, turn = taken + 1, 1
  end
  answer[#answer + 1] = turn
end
local replyRoom, letterRoom = roomAt(false), roomAt(true)
if taken > 0 then
  redis.call('HSET', KEYS[1], 'full', string.format('%.0f', full))
  redis.call('PEXPIRE', KEYS[1], math.ceil((math.max(full, rest) - now + ${FORGOTTEN_AFTER}) / 1000))
end
if taken > 0 and most > 0 then
  for _ = 1, taken do redis.call('LPUSH', KEYS[3], string.format('%.0f', now)) end
  redis.call('LTRIM', KEYS[3], 0, most - 1)
  redis.call('PEXPIRE', KEYS[3], math.ceil(within / 1000))
end
answer[1] = math.max(full - tolerance, rest, replyRoom, now) - now
answer[2] = math.max(full, rest, letterRoom, now) - now
return answer
`;
/** KEYS: the bucket, the chats that rest. ARGV: chat, how long, whether for the whole bot, whether for too many. */
const REST = `${NOW}
local chat, rests = ARGV[1], now + tonumber(ARGV[2])
local isWhole, isTooMany = ARGV[3] == '1', ARGV[4] == '1'
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
local before = tonumber(redis.call('ZSCORE', KEYS[2], chat) or 0)
redis.call('ZADD', KEYS[2], string.format('%.0f', math.max(rests, before)), chat)
local last = redis.call('ZREVRANGE', KEYS[2], 0, 0, 'WITHSCORES')
redis.call('PEXPIRE', KEYS[2], math.ceil((tonumber(last[2]) - now) / 1000))
local known = redis.call('HMGET', KEYS[1], 'rest', 'refusedChat', 'refusedAt')
if isTooMany then
  local isAnother = known[2] and known[2] ~= chat and now - tonumber(known[3]) < ${TOGETHER_MS * 1_000}
  isWhole = isWhole or isAnother
  redis.call('HSET', KEYS[1], 'refusedChat', chat, 'refusedAt', string.format('%.0f', now))
end
rests = math.max(tonumber(known[1] or 0), isWhole and rests or 0)
redis.call('HSET', KEYS[1], 'rest', string.format('%.0f', rests))
redis.call('PEXPIRE', KEYS[1], math.ceil((math.max(rests, now) - now + ${FORGOTTEN_AFTER}) / 1000))
`;

/** A connection that keeps paces. What it cannot do at once it says, and nothing piles up for Redis's return. */
export class PaceKeeper extends Redis {
  declare takeTurns: (
    bucket: string,
    rests: string,
    left: string,
    ...args: (string | number)[]
  ) => Promise<unknown>;
  declare restChat: (bucket: string, rests: string, ...args: (string | number)[]) => Promise<unknown>;

  constructor(url: string) {
    super(url, {
      connectTimeout: 5_000,
      socketTimeout: 5_000,
      commandTimeout: PATIENCE_MS,
      maxRetriesPerRequest: 1,
      retryStrategy: (times: number) => Math.min(times * 200, 3_000),
    });
    this.defineCommand('takeTurns', { numberOfKeys: 3, lua: TAKE });
    this.defineCommand('restChat', { numberOfKeys: 2, lua: REST });
    // Whoever asks hears of an outage; without a listener ioredis would log it.
    this.on('error', () => {});
  }
}

const answerSchema = z.tuple([z.int(), z.int()], z.int());
const micros = (ms: number): number => Math.round(ms * 1_000);
const millis = (us: number): number => us / 1_000;

/** The bucket of a bot account in Redis, for all processes that name it so. It rejects when Redis does not answer. */
export class RedisBucket implements Bucket {
  private readonly redis: PaceKeeper;
  private readonly keys: readonly [bucket: string, rests: string];
  private readonly left: string;
  private readonly rates: readonly number[];

  /** `name` holds the bot account, and what keeps houses apart that share a Redis. */
  constructor(redis: PaceKeeper, name: string, { burst, everyMs, within }: Pace) {
    this.redis = redis;
    // The braces keep the keys together on a cluster.
    this.keys = [`{${name}}:pace`, `{${name}}:rests`];
    this.left = `{${name}}:left`;
    const tolerance = (burst - 1) * everyMs;
    this.rates = [
      micros(everyMs),
      micros(tolerance),
      micros(LATE_MS),
      within?.most ?? 0,
      micros((within?.ms ?? 0) + CLOSER_MS),
    ];
  }

  async take(asks: readonly Ask[]): Promise<Answer> {
    const each = asks.flatMap(({ chat, kind, extraMs }) => [chat, kind, micros(extraMs)]);
    const received = await this.redis.takeTurns(...this.keys, this.left, ...this.rates, ...each);
    const [replyUs, letterUs, ...turns] = answerSchema.parse(received);
    return {
      turns: turns.map((turn) => (turn < 0 ? { restMs: millis(-turn) } : turn === 1 ? 'go' : 'wait')),
      replyMs: millis(replyUs),
      letterMs: millis(letterUs),
    };
  }

  async rest({ chat, ms, whole, tooMany }: Rest): Promise<void> {
    await this.redis.restChat(...this.keys, chat, micros(ms), Number(whole), Number(tooMany));
  }

  /** Resolves when Redis answers. */
  async check(): Promise<void> {
    await this.redis.ping();
  }
}
