import { countOf } from '../aggregate.ts';
import { keyPattern } from '../collection-index.ts';
import { MongoError } from '../errors.ts';
import type { Plan } from '../plan.ts';
import { type Query, type Selection, select } from '../query.ts';
import type { Doc } from '../values.ts';
import { docOption, type Handler, namespaceOf } from './context.ts';
import { readFind, splitPipeline } from './read.ts';

function describePlan(plan: Plan): Doc {
  if (plan.branches) return { stage: 'OR', inputStages: plan.branches.map(describePlan) };
  if (!plan.index) return { stage: 'COLLSCAN', direction: 'forward' };
  const { spec, multikey } = plan.index;
  const direction = plan.reverse ? 'backward' : 'forward';
  const inputStage = {
    stage: 'IXSCAN',
    indexName: spec.name,
    keyPattern: keyPattern(spec),
    isMultiKey: multikey,
    direction,
  };
  return { stage: 'FETCH', inputStage };
}

/** What an explained command reads. */
function explainedQuery(command: Doc): Query {
  const [name] = Object.keys(command);
  if (name === 'find') return readFind(command);
  if (name === 'aggregate') return splitPipeline(command.pipeline).query;
  if (name === 'count' || name === 'distinct' || name === 'findAndModify') {
    return {
      filter: docOption(command, 'query') ?? {},
      sort: docOption(command, 'sort'),
      hint: command.hint,
    };
  }
  const [entry] = (command.updates ?? command.deletes ?? []) as Doc[];
  if (entry && (name === 'update' || name === 'delete'))
    return { filter: docOption(entry, 'q') ?? {}, hint: entry.hint };
  throw new MongoError('CommandNotSupported', `the embedded server does not explain '${name}'`);
}

const explain: Handler = (body, context) => {
  const command = docOption(body, 'explain') ?? {};
  const namespace = namespaceOf({ ...command, $db: body.$db });
  const query = explainedQuery(command);
  const selection: Selection = select(context.database.get(namespace), query);
  const plan = describePlan(selection.plan);
  const sorting = query.sort && Object.keys(query.sort).length > 0 && !selection.plan.sorted;
  return {
    queryPlanner: {
      namespace,
      winningPlan: sorting ? { stage: 'SORT', inputStage: plan } : plan,
      rejectedPlans: [],
    },
    executionStats: {
      executionSuccess: true,
      nReturned: countOf(selection.found.length),
      totalDocsExamined: countOf(selection.examined),
    },
    serverInfo: { embedded: true, version: 'Luyan embedded, a declared subset of MongoDB' },
    ok: 1,
  };
};

export const explainCommand = { explain };
