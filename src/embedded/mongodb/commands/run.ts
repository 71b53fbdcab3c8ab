import { MongoError } from '../errors.ts';
import { anyOption, type CommandName, commands, harmlessOptions } from '../table.ts';
import type { Doc } from '../values.ts';
import { adminCommands } from './admin.ts';
import type { Context, Handler } from './context.ts';
import { explainCommand } from './explain.ts';
import { findAndModifyCommand } from './find-and-modify.ts';
import { readCommands } from './read.ts';
import { writeCommands } from './write.ts';

const handlers: Record<CommandName, Handler> = {
  ...adminCommands,
  ...readCommands,
  ...writeCommands,
  ...findAndModifyCommand,
  ...explainCommand,
};

/** Other spellings that MongoDB takes for the same command. */
const aliases: Record<string, CommandName> = {
  isMaster: 'ismaster',
  buildinfo: 'buildInfo',
  findandmodify: 'findAndModify',
};

const dataless = new Set<string>(['hello', 'ismaster', 'ping', 'buildInfo', 'endSessions']);

/** Whether a command's reply may show documents, and so must wait until they are durable. */
export function showsData(body: Doc): boolean {
  const [own = ''] = Object.keys(body);
  return !dataless.has(Object.hasOwn(aliases, own) ? (aliases[own] as string) : own);
}

const transactionFields = ['txnNumber', 'startTransaction', 'autocommit'];

function checkOptions(name: CommandName, own: string, body: Doc): void {
  const options: readonly string[] = commands[name];
  if (options === anyOption) return;
  for (const option of Object.keys(body)) {
    if (option === own || harmlessOptions.has(option)) continue;
    if (transactionFields.includes(option)) {
      const message = 'Transaction numbers are only allowed on a replica set member or mongos';
      throw new MongoError('IllegalOperation', message);
    }
    if (options.includes(option)) continue;
    throw new MongoError('UnknownField', `BSON field '${own}.${option}' is an unknown field.`);
  }
}

/** Runs a command of the table and gives its reply; whatever goes wrong is the client's error reply. */
export function runCommand(body: Doc, context: Context): Doc | Uint8Array {
  const [own = ''] = Object.keys(body);
  const name = Object.hasOwn(aliases, own) ? aliases[own] : (own as CommandName);
  try {
    if (!name || !Object.hasOwn(handlers, name)) {
      throw new MongoError(
        'CommandNotFound',
        `no such command: '${own}' (the embedded server runs a declared subset)`,
      );
    }
    checkOptions(name, own, body);
    return handlers[name](body, context);
  } catch (error) {
    if (error instanceof MongoError) return error.toReply();
    throw error;
  }
}
