import { rmSync } from 'node:fs';
import type { Connection } from 'mongoose';
import { startEmbedded } from '../../../src/embedded/index.ts';
import { connectStore, ensureIndexes, onlyDuplicates } from '../../../src/store/connect.ts';
import { openStores, type Stores } from '../../../src/store/stores.ts';
import { freshDataDir } from '../../support/data-dir.ts';
import { memoryAliases } from '../../support/memory-aliases.ts';
import { memoryStores } from '../../support/memory-ports.ts';
import { memoryInbox, memorySessions } from '../../support/memory-runner.ts';
import type { Ground } from './case.ts';
import type { Grounds, PortName } from './suite.ts';

export type MongoDocument = Readonly<Record<string, unknown>>;

/** A database of its own that is thrown away in the end. */
export interface Database {
  readonly uri: string;
  drop(): Promise<void>;
}

/** What the contract runs on. */
export interface Engine {
  readonly name: string;
  /** A database, or undefined where the engine has none. */
  readonly database: (() => Promise<Database>) | undefined;
}

export interface DatabaseEngine extends Engine {
  readonly database: () => Promise<Database>;
}

const quiet = { info() {}, warn() {}, error() {} };

async function embeddedDatabase(): Promise<Database> {
  const dataDir = freshDataDir('luyan-contract-');
  const remove = () => rmSync(dataDir, { recursive: true, force: true });
  try {
    const embedded = await startEmbedded({ dataDir, log: quiet, mongodb: true, postgres: false });
    if (!embedded.mongodbUri) throw new Error('expected the embedded MongoDB side, received none');
    return { uri: embedded.mongodbUri, drop: () => embedded.close().finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

async function databaseOn(server: string): Promise<Database> {
  const url = new URL(server);
  url.pathname = `/luyan_contract_${crypto.randomUUID().slice(0, 13)}`;
  return {
    uri: url.href,
    async drop() {
      const connection = await connectStore(url.href);
      await connection.dropDatabase();
      await connection.close();
    },
  };
}

const { TEST_MONGODB_URI } = process.env;

/** The engines with a database: embedded always, and the server that the environment names. */
export const DATABASES: readonly DatabaseEngine[] = [
  { name: 'embedded', database: embeddedDatabase },
  ...(TEST_MONGODB_URI ? [{ name: 'MongoDB', database: () => databaseOn(TEST_MONGODB_URI) }] : []),
];

export const ENGINES: readonly Engine[] = [{ name: 'memory', database: undefined }, ...DATABASES];

type InMemory = { readonly [N in PortName]?: () => Stores[N] };

/** What is kept in memory for tests; there is no mailbox and no store of tokens of that kind. */
const IN_MEMORY: InMemory = {
  ...Object.fromEntries(
    (
      [
        'ballots',
        'deliveries',
        'editions',
        'events',
        'files',
        'grants',
        'invites',
        'links',
        'notices',
        'occasions',
        'people',
        'projects',
        'registrations',
        'runs',
        'seats',
        'sheets',
        'templates',
        'votings',
      ] as const
    ).map((port) => [port, () => memoryStores()[port]]),
  ),
  aliases: memoryAliases,
  inbox: memoryInbox,
  sessions: memorySessions,
};

export function hasPort({ database }: Engine, port: PortName): boolean {
  return database !== undefined || IN_MEMORY[port] !== undefined;
}

/** Ground in memory, new for every case. Whoever else opens it sees the same rows. */
export const memoryGrounds: Grounds = {
  async clear(port) {
    const made = IN_MEMORY[port];
    if (!made) throw new Error(`expected ${port} in memory, received none`);
    const opened = made();
    return { port: opened, twin: opened };
  },
};

/** Two openings of a store, as two processes have them, and a look at the database beside them. */
export class OpenDatabase implements Grounds {
  readonly connection: Connection;
  private readonly database: Database;
  private readonly second: Connection;
  private readonly beside: Connection;

  private constructor(database: Database, connection: Connection, second: Connection, beside: Connection) {
    this.database = database;
    this.connection = connection;
    this.second = second;
    this.beside = beside;
  }

  static async open(
    { database }: DatabaseEngine,
    onOpen = (_connection: Connection): void => {},
  ): Promise<OpenDatabase> {
    const opened = await database();
    const watched = `${opened.uri}${opened.uri.includes('?') ? '&' : '?'}monitorCommands=true`;
    const first = await connectStore(watched);
    const second = await connectStore(watched);
    const beside = await connectStore(opened.uri);
    for (const connection of [first, second]) {
      onOpen(connection);
      openStores(connection);
    }
    await ensureIndexes(first);
    return new OpenDatabase(opened, first, second, beside);
  }

  /** The rows of every port lie in the collection of its name. */
  async clear<N extends PortName>(port: N): Promise<Ground<Stores[N]>> {
    const rows = this.beside.collection(port);
    await rows.deleteMany({});
    return {
      port: openStores(this.connection)[port],
      twin: openStores(this.second)[port],
      documents: () => rows.find({}).toArray(),
    };
  }

  /** Runs a command that nobody records. */
  async command(command: Readonly<Record<string, unknown>>): Promise<MongoDocument> {
    if (!this.beside.db) throw new Error('expected an open database, received none');
    return this.beside.db.command(command);
  }

  /** Inserts what does not collide with what is there. */
  async insert(collection: string, documents: readonly MongoDocument[]): Promise<void> {
    try {
      await this.beside.collection(collection).insertMany(documents as never[], { ordered: false });
    } catch (error) {
      if (!onlyDuplicates(error)) throw error;
    }
  }

  async close(): Promise<void> {
    for (const connection of [this.connection, this.second, this.beside]) await connection.close();
    await this.database.drop();
  }
}
