import type { Lane } from '../../src/delivery/lane.ts';
import { Sender } from '../../src/delivery/sender.ts';
import type { Letter, Sending } from '../../src/domain/delivery.ts';
import type { LaneKinds } from '../../src/domain/lane.ts';
import type { Account } from '../../src/domain/person.ts';
import type { Clock } from '../../src/usecases/ports.ts';
import type { MemoryStores } from './memory-ports.ts';

export type Send = (account: Account, letter: Letter) => Promise<Sending>;

interface Options {
  readonly clock: Clock;
  readonly send: Send;
  readonly name?: string;
  readonly lane?: Partial<Lane>;
  readonly stopBad?: (notice: string) => Promise<unknown>;
  readonly laneKinds?: LaneKinds;
}

/** A sender on stores in memory, with one lane: the web chat's, unless another is given. */
export function senderOn(stores: MemoryStores, options: Options): Sender {
  const { clock, send, name = 'one', lane, stopBad = async () => {}, laneKinds } = options;
  const web: Lane = {
    name: 'web:main',
    perSecond: 250,
    turn: async () => true,
    compose: async (letters) => letters.map(({ letter }) => letter),
    send: (account, post) => send(account, post as Letter),
    ...lane,
  };
  return new Sender({
    ...stores,
    clock,
    name,
    lanes: [web],
    stopBad,
    wait: async () => {},
    ...(laneKinds && { laneKinds }),
  });
}
