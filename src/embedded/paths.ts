import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The longest path that a Unix socket can have on every system, less its ending zero. */
const longestSocketPath = 103;

export interface Paths {
  dataDir: string;
  /** The socket that says who holds the folder. */
  lock: string;
  mongodb: string;
  /** The folder that PostgreSQL clients call their host. */
  postgresHost: string;
  postgres: string;
}

export const postgresPort = 5432;

/**
 * Where everything of a data folder is. Sockets stand in the folder itself, or, when its path is too long for a
 * socket, in a private folder that its path names.
 */
export function pathsOf(folder: string): Paths {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const dataDir = realpathSync(folder);
  const socketName = `.s.PGSQL.${postgresPort}`;
  const fits = Buffer.byteLength(join(dataDir, socketName)) + 12 <= longestSocketPath;
  const sockets = fits ? dataDir : privateFolder(dataDir);
  return {
    dataDir,
    lock: join(sockets, 'embedded.sock'),
    mongodb: join(sockets, 'mongodb.sock'),
    postgresHost: sockets,
    postgres: join(sockets, socketName),
  };
}

function privateFolder(dataDir: string): string {
  const name = `luyan-${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}`;
  const long = Buffer.byteLength(join(tmpdir(), name)) + 32 > longestSocketPath;
  const folder = join(long ? '/tmp' : tmpdir(), name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = lstatSync(folder);
  if (uid !== process.getuid?.() || (mode & 0o077) !== 0) {
    throw new Error(
      `${folder} must belong to this user alone (mode 0700), as the sockets of ${dataDir} stand there; remove it or choose a shorter DATA_DIR`,
    );
  }
  return folder;
}

export function mongodbUri(paths: Paths): string {
  return `mongodb://${encodeURIComponent(paths.mongodb)}/luyan?directConnection=true`;
}

/** Whether the folder holds a database already; a new one takes its name only when it is whole. */
export const hasDatabase = ({ dataDir }: Paths): boolean => existsSync(join(dataDir, 'pg', 'PG_VERSION'));
