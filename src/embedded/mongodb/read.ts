import { Long } from 'bson';
import { type Context, checkOptions, type Handler, namespaceOf } from './commands.ts';
import { refuse } from './errors.ts';
import { readPipeline } from './pipeline.ts';
import type { Plan } from './plan.ts';
import { compileProjection, docOf, type Query, select } from './select.ts';
import { commands, cursorFields, harmlessOptions } from './table.ts';
import { type Doc, encode, isDoc } from './values.ts';

/** What a command reads. */
function queryOf(command: Doc): Query {
  if (command.pipeline) return readPipeline(command.pipeline as Doc[]).query;
  const [entry = {}] = (command.updates ?? command.deletes ?? [command]) as Doc[];
  const { sort, limit } = entry as Omit<Query, 'filter'>;
  return { filter: (entry.filter ?? entry.query ?? entry.q ?? {}) as Doc, sort, limit };
}

const find: Handler = (body, { database, cursors }) => {
  const namespace = namespaceOf(body);
  const project = compileProjection(body.projection as Doc | undefined);
  const { found } = select(database.get(namespace), queryOf(body));
  // Without a projection the stored bytes are the answer.
  const documents = found.map((each) => (project ? encode(project(docOf(each))) : each.rec.bytes));
  return cursors.start(namespace, documents, body.batchSize as number | undefined, Boolean(body.singleBatch));
};

/** Answers with documents that were computed, through a cursor. */
export function answer({ cursors }: Context, namespace: string, docs: Doc[], { cursor = {} }: Doc): Buffer {
  checkOptions(cursor as Doc, cursorFields, 'cursor');
  return cursors.start(namespace, docs.map(encode), (cursor as { batchSize?: number }).batchSize);
}

const aggregate: Handler = (body, context) => {
  const namespace = namespaceOf(body);
  if (!body.cursor) refuse(9, "The 'cursor' option is required");
  const { query, finish } = readPipeline(body.pipeline as Doc[]);
  const { found } = select(context.database.get(namespace), query);
  return answer(context, namespace, finish(found.map(docOf)), body);
};

function cursorId(value: unknown): Long {
  if (value instanceof Long || typeof value === 'number') return Long.fromValue(value);
  return refuse(14, 'a cursor id must be a long');
}

const getMore: Handler = (body, { cursors }) =>
  cursors.more(cursorId(body.getMore), namespaceOf(body, 'collection'), Number(body.batchSize) || Infinity);

const killCursors: Handler = (body, { cursors }) => {
  const ids = (body.cursors as unknown[]).map(cursorId);
  const cursorsKilled = ids.filter((id) => cursors.open.delete(id.toString()));
  const cursorsNotFound = ids.filter((id) => !cursorsKilled.includes(id));
  return { cursorsKilled, cursorsNotFound, cursorsAlive: [], cursorsUnknown: [], ok: 1 };
};

const explained = ['find', 'aggregate', 'update', 'delete', 'findAndModify'] as const;

const explain: Handler = (body, { database }) => {
  const command = isDoc(body.explain) ? body.explain : refuse(14, "'explain' must be an object");
  const name = explained.find((each) => each === Object.keys(command)[0]);
  if (!name) return refuse(115, `the embedded server explains ${explained.join(', ')}`);
  checkOptions(command, commands[name], name, [name, ...harmlessOptions]);
  const namespace = namespaceOf({ ...command, $db: body.$db }, name);
  const { plan, found, examined, sorts } = select(database.get(namespace), queryOf(command));
  const sorted = sorts ? { stage: 'SORT', inputStage: stageOf(plan) } : stageOf(plan);
  const writes = name === 'update' || name === 'delete';
  const winningPlan = writes ? { stage: name.toUpperCase(), inputStage: sorted } : sorted;
  return {
    queryPlanner: { namespace, winningPlan, rejectedPlans: [] },
    executionStats: { executionSuccess: true, nReturned: found.length, totalDocsExamined: examined },
    serverInfo: { embedded: true, version: 'Luyan embedded, a declared subset of MongoDB' },
    ok: 1,
  };
};

function stageOf({ index, reverse }: Plan): Doc {
  if (!index) return { stage: 'COLLSCAN', direction: 'forward' };
  const { name: indexName, declared, multikey: isMultiKey } = index;
  const direction = reverse ? 'backward' : 'forward';
  const inputStage = { stage: 'IXSCAN', indexName, keyPattern: declared.key, isMultiKey, direction };
  return { stage: 'FETCH', inputStage };
}

export const readCommands = { find, aggregate, getMore, killCursors, explain };
