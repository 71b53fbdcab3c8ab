import { adminCommands } from './admin.ts';
import type { Cursors } from './cursors.ts';
import type { Database } from './database.ts';
import { MongoError, refuse } from './errors.ts';
import { readCommands } from './read.ts';
import { type CommandName, commands, harmlessOptions, type Options, type OptionType } from './table.ts';
import { type Doc, encode, isDoc, show, typeName } from './values.ts';
import { writeCommands } from './write.ts';

/** What a command works on. */
export interface Context {
  database: Database;
  cursors: Cursors;
  now: () => number;
  connection: number;
}

/** Runs one command and gives its reply, or the reply's encoded bytes. Never awaits: that makes it atomic. */
export type Handler = (body: Doc, context: Context) => Doc | Uint8Array;

const types: Record<OptionType, (value: unknown) => boolean> = {
  document: isDoc,
  documents: (value) => Array.isArray(value) && value.every(isDoc),
  array: Array.isArray,
  count: (value) => Number.isSafeInteger(value) && Number(value) >= 0,
  flag: (value) => typeof value === 'boolean' || value === 0 || value === 1,
  text: (value) => typeof value === 'string',
  any: () => true,
};

/** Refuses fields that the table does not list, and values of another type. */
export function checkOptions(fields: Doc, table: Options, where: string, also: string[] = [], code = 40415) {
  for (const [name, value] of Object.entries(fields)) {
    const known = Object.hasOwn(table, name) ? table[name] : undefined;
    const type = also.includes(name) || '*' in table ? 'any' : known;
    if (!type) return refuse(code, `BSON field '${where}.${name}' is an unknown field.`);
    const wrong = type === 'count' && typeof value === 'number' ? 2 : 14;
    if (!types[type](value)) refuse(wrong, `'${where}.${name}' must be a ${type}, received ${show(value)}`);
  }
  const missing = Object.keys(table).find((name) => table[name] === 'documents' && !(name in fields));
  if (missing) refuse(40414, `BSON field '${where}.${missing}' is missing but a required field`);
}

export function databaseOf({ $db }: Doc): string {
  return typeof $db === 'string' ? $db : refuse(73, `'$db' must name a database, received ${show($db)}`);
}

/** The namespace that a field of a command names: its first, when none is given. */
export function namespaceOf(body: Doc, field = Object.keys(body)[0] as string): string {
  const name = body[field];
  if (typeof name === 'string' && name) return `${databaseOf(body)}.${name}`;
  return refuse(73, `'${field}' must name a collection, received type ${typeName(name)}`);
}

const handlers: Record<CommandName, Handler> = { ...adminCommands, ...readCommands, ...writeCommands };

/** What shows no documents is answered at once, everything else when what it shows is durable. */
export const showsData = (body: Doc): boolean =>
  !/^(hello|ismaster|ping|buildInfo),/i.test(`${Object.keys(body)},`);

/** Runs a command of the table and gives its reply; whatever goes wrong is the client's error reply. */
export function runCommand(body: Doc, context: Context): Uint8Array {
  const [own = ''] = Object.keys(body);
  const name = (own === 'isMaster' ? 'ismaster' : own) as CommandName;
  try {
    if (!Object.hasOwn(handlers, name)) refuse(59, `no such command: '${own}' on the embedded server`);
    if ('txnNumber' in body) refuse(20, 'Transaction numbers are only allowed on a replica set member');
    checkOptions(body, commands[name], own, [own, ...harmlessOptions]);
    const reply = handlers[name](body, context);
    return reply instanceof Uint8Array ? reply : encode(reply);
  } catch (error) {
    if (error instanceof MongoError) return encode({ ok: 0, ...error.fields });
    throw error;
  }
}
