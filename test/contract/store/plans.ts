import type { MongoDocument, OpenDatabase } from './engines.ts';
import { doc, list, type Sent } from './recording.ts';

/** The options that decide how a command is read. */
const READING = ['filter', 'query', 'sort', 'limit', 'projection', 'pipeline', 'cursor', 'key'] as const;
const WRITING = ['updates', 'deletes', 'update', 'remove'] as const;

/** The stages of the plan that an engine has for a command: what it says of `IXSCAN`, `COLLSCAN` and the like. */
export async function stagesOf(database: OpenDatabase, sent: Sent): Promise<string[]> {
  const given = Object.fromEntries(
    [...READING, ...WRITING]
      .filter((option) => option in sent.body)
      .map((option) => [option, sent.body[option]]),
  );
  const explained = await explain(database, { [sent.name]: sent.collection, ...given }, sent);
  const stages = winningPlans(explained).flatMap(stagesIn);
  if (stages.length > 0) return stages;
  throw new Error(`expected a winning plan with stages, received ${JSON.stringify(explained)}`);
}

async function explain(database: OpenDatabase, command: MongoDocument, sent: Sent): Promise<MongoDocument> {
  const explained = (one: MongoDocument) => database.command({ explain: one, verbosity: 'queryPlanner' });
  if (sent.name === 'find' || sent.name === 'aggregate') return explained(command);
  try {
    return await explained(command);
  } catch (error) {
    // An engine that explains reads alone: a write looks for its documents as a read of the same condition does.
    if (!(error instanceof Error) || !/not supported/iu.test(error.message)) throw error;
    const [entry] = [...list(sent.body.updates), ...list(sent.body.deletes)];
    const filter = doc(entry ? entry.q : sent.body.query);
    return explained({ find: sent.collection, filter, ...(sent.body.sort ? { sort: sent.body.sort } : {}) });
  }
}

function winningPlans(value: unknown): MongoDocument[] {
  return parts(value).flatMap(([key, part]) => (key === 'winningPlan' ? [doc(part)] : winningPlans(part)));
}

function stagesIn(plan: unknown): string[] {
  return parts(plan).flatMap(([key, part]) =>
    key === 'stage' && typeof part === 'string' ? [part] : stagesIn(part),
  );
}

function parts(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}
