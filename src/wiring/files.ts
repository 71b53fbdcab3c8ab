import type { Announced, Fetch, FileInput, Front } from '../channels/channel.ts';
import { Gate } from '../channels/gate.ts';
import { contentOf } from '../documents/content.ts';
import { safeName } from '../domain/file.ts';
import { accountOf } from '../domain/person.ts';
import { keepFile } from '../usecases/keep-file.ts';
import type { Clock, Files, ScanFile } from '../usecases/ports.ts';

/** Files of one channel that are in memory at the same time, of 20 MB each at most. */
const AT_ONCE = 4;

export interface KeeperParts {
  readonly files: Files;
  readonly clock: Clock;
  /** Absent: files are not looked at for viruses. */
  readonly scan?: ScanFile | undefined;
  /** Runs what needs the store, and rejects soon while that is away. */
  guard<T>(work: () => Promise<T>): Promise<T>;
  fault(message: string, cause: unknown): void;
}

/** Keeps the files that channels are told of, a few at a time for each channel. */
export function fileKeeper({ files, clock, scan, guard, fault }: KeeperParts): Front['keep'] {
  const gates = new Map<string, Gate>();
  const gateOf = ({ conversation }: Announced): Gate => {
    const { channel } = accountOf(conversation);
    const gate = gates.get(channel) ?? new Gate(AT_ONCE);
    gates.set(channel, gate);
    return gate;
  };
  const guarded: Files = { ...files, renew: (...what) => guard(() => files.renew(...what)) };
  const keep = keepFile({ files: guarded, clock, contentOf, ...(scan && { scan }) });

  return async (file, fetch) => {
    const ended = new AbortController();
    const late = () => ended.abort(new Error(`expected a file within ${file.withinMs} ms, received none`));
    const timer = setTimeout(late, file.withinMs);
    const had = async () => {
      try {
        return await before(ended.signal, fetch);
      } catch (cause) {
        fault('a file that somebody sent could not be fetched; they are asked to send it again', cause);
        return 'unavailable' as const;
      }
    };
    try {
      const kept = await gateOf(file).run(() => keep(file, had), ended.signal);
      if (kept.ok) return told(kept.data, { ref: kept.data.id });
      return told(file, { problem: kept.reason });
    } catch (cause) {
      if (cause !== ended.signal.reason) throw cause;
      return told(file, { problem: 'unavailable' });
    } finally {
      clearTimeout(timer);
    }
  };
}

/** What a fetch gives, also when it does not heed that its time is over. */
function before(signal: AbortSignal, fetch: Fetch): ReturnType<Fetch> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    fetch(signal).then(resolve, reject);
  });
}

type Outcome = Pick<FileInput, 'ref'> | Pick<FileInput, 'problem'>;

function told(
  { name, type, size = 0 }: Pick<Announced, 'name' | 'type' | 'size'>,
  outcome: Outcome,
): FileInput {
  return { kind: 'file', name: safeName(name), type, size, ...outcome };
}
