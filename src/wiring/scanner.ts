import type { ClamdAddress } from '../config.ts';
import { clamd, ScannerAway } from '../ops/clamd.ts';
import { type Watch, watchOver } from '../ops/health.ts';
import type { Log } from '../ops/log.ts';
import type { ScanFile } from '../usecases/ports.ts';

export interface WatchedScanner {
  readonly scan: ScanFile;
  readonly watch: Watch;
}

/** The virus scanner under watch: while it is away files are not taken, which is logged once per outage. */
export function scannerAt(address: ClamdAddress | undefined, log: Log): WatchedScanner | undefined {
  if (!address) return undefined;
  const scanner = clamd(address);
  const watch = watchOver(
    {
      name: 'clamd',
      title: 'the virus scanner',
      run: () => scanner.ping(),
      explains: (error) => error instanceof ScannerAway,
    },
    log,
  );
  const told = 'a file could not be looked at for viruses and was refused';
  const scan: ScanFile = async (bytes) => {
    if (watch.isAway) return 'unavailable';
    try {
      return await scanner.scan(bytes);
    } catch (error) {
      if (!watch.explains(error)) throw error;
      watch.suspect(error, () => log.error({ err: error }, told));
      return 'unavailable';
    }
  };
  return { scan, watch };
}
