interface Migrated {
  readonly number: number;
  readonly name: string;
  /** Documents. */
  readonly changed: number;
}

interface Tools {
  /** Applies the migrations that are missing, or only counts what they would change. */
  migrate(dryRun: boolean): Promise<readonly Migrated[]>;
  close(): Promise<void>;
}

interface Output {
  out(text: string): void;
  err(text: string): void;
}

const USAGE = `expected one of:
  npm start -- migrate
  npm start -- migrate --dry-run
`;

/** `migrate [--dry-run]`. Returns the exit code: 0 done, 2 not understood. */
export async function migrateCommand(
  args: readonly string[],
  open: () => Promise<Tools>,
  { out, err }: Output,
): Promise<number> {
  const dryRun = args[0] === '--dry-run';
  if (args.length > (dryRun ? 1 : 0)) {
    err(USAGE);
    return 2;
  }
  const tools = await open();
  try {
    const migrated = await tools.migrate(dryRun);
    const what = dryRun ? 'would change' : 'changed';
    for (const { number, name, changed } of migrated)
      out(`${number} ${name}: ${what} ${changed} document(s)\n`);
    if (migrated.length === 0) out('nothing to migrate: the store is up to date\n');
    else if (dryRun) out('nothing was changed; without --dry-run it is\n');
    return 0;
  } finally {
    await tools.close();
  }
}
