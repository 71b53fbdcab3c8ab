import { resolve } from 'node:path';
import { letters } from '../../flows/letters.ts';
import { manualWords } from '../../flows/manual-words.ts';
import { reportWords } from '../../flows/notice-report.ts';
import { paperWords } from '../../flows/paper-words.ts';
import type { Config } from '../config.ts';
import { reportMaker } from '../documents/report-file.ts';
import { readTicketCode } from '../documents/ticket.ts';
import type { Log } from '../ops/log.ts';
import { loadSecret } from '../ops/secret.ts';
import { connectStore } from '../store/connect.ts';
import { type Migrated, migrate } from '../store/migrations.ts';
import type { Stores } from '../store/stores.ts';
import { makeVerbs } from '../usecases/verbs.ts';
import { claimCodesWith } from './claiming.ts';
import { systemClock } from './clock.ts';
import { Closers } from './closers.ts';
import { toolsUri } from './engines.ts';
import { exportingWith } from './exporting.ts';
import { formsIn } from './house.ts';
import { threadedMaker } from './manual.ts';
import { threadedPaper } from './paper.ts';
import { openStore } from './store.ts';

/** What a command-line tool needs: the store, of the running house if there is one. */
export interface Tools {
  readonly verbs: ReturnType<typeof makeVerbs>;
  readonly stores: Stores;
  close(): Promise<void>;
}

/** Opens the store for a command-line tool, without channels, queues or workers. */
export async function openTools(config: Config, log: Log): Promise<Tools> {
  const closers = new Closers();
  try {
    const uri = await toolsUri(config, log, closers);
    const { stores } = await openStore(uri, log, closers);
    // Nobody sends a ticket to a tool: the secret is looked for, or made, only if that should change.
    const secret = () => loadSecret(config.secretKey, resolve(config.dataDir));
    const ticketCodes = { read: (code: string) => readTicketCode(secret(), code) };
    // Nothing leaves by a tool.
    const forms = formsIn(stores.sessions);
    const lanes = { paceOf: () => ({ perSecond: Number.POSITIVE_INFINITY, limit: undefined }) };
    const billboard = { canChange: () => false, show: async () => null };
    const makeReport = reportMaker(reportWords);
    const verbs = makeVerbs({
      ...stores,
      clock: systemClock,
      letters,
      ticketCodes,
      claimCodes: { make: (seed) => claimCodesWith(secret(), undefined).make(seed), linkOf: () => undefined },
      forms,
      lanes,
      billboard,
      makeReport,
      // A tool gives nobody a link.
      exporting: exportingWith({ seal: () => '' }, undefined),
      // No manual is built by a tool.
      manualMaker: threadedMaker(manualWords),
      paper: threadedPaper(paperWords),
      manualLinks: { publicUrl: config.publicUrl ?? null, proof: () => undefined },
    });
    return { verbs, stores, close: () => closers.run() };
  } catch (error) {
    await closers.run();
    throw error;
  }
}

/** What the command that migrates needs: the store as it is, of the running house if there is one. */
export interface Migrations {
  migrate(dryRun: boolean): Promise<readonly Migrated[]>;
  close(): Promise<void>;
}

/** Opens the store without changing anything in it. */
export async function openMigrations(config: Config, log: Log): Promise<Migrations> {
  const closers = new Closers();
  try {
    const connection = await connectStore(await toolsUri(config, log, closers));
    closers.add(() => connection.close());
    return {
      migrate: (dryRun) =>
        migrate(connection, { now: systemClock.now, dryRun, log: (line) => log.info(line) }),
      close: () => closers.run(),
    };
  } catch (error) {
    await closers.run();
    throw error;
  }
}
