import { createRequire } from 'node:module';
import type { Bot, Puppet } from './ports.ts';

const CURE = 'correct WECHATY_PUPPET, or see the README for the puppets that work';

/** A sentence when a puppet's package is not there. */
function missing(name: string): string | undefined {
  try {
    createRequire(import.meta.url).resolve(name);
  } catch (cause) {
    // Whatever else is wrong with the package shows when it is loaded.
    if ((cause as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND')
      return `expected WECHATY_PUPPET to name an installed puppet package, received "${name}"; run npm install ${name}, ${CURE}`;
  }
  return undefined;
}

/** Builds the bot without starting it. wechaty takes 80 MB, so it is loaded here and not before. */
export async function buildBot(puppet: string | Puppet, name: string | undefined) {
  const absent = typeof puppet === 'string' ? missing(puppet) : undefined;
  if (absent) throw new Error(absent);
  const [{ WechatyBuilder, types }, { helpers }] = await Promise.all([
    import('wechaty'),
    import('wechaty-puppet'),
  ]);
  const ready = typeof puppet === 'string' ? await load(helpers, puppet) : puppet;
  const bot: Bot = WechatyBuilder.build({ puppet: ready, ...(name !== undefined && { name }) });
  return { bot, puppet: ready, kinds: types };
}

type Helpers = typeof import('wechaty-puppet')['helpers'];

async function load(helpers: Helpers, name: string): Promise<Puppet> {
  try {
    return await helpers.resolvePuppet({ puppet: name as `wechaty-puppet-${string}` });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `expected "${name}" to make a wechaty puppet, received: ${reason}; set its variables, or ${CURE}`,
      {
        cause,
      },
    );
  }
}
