import type { Aliases } from '../../src/channels/wechat/ports.ts';

/** The port of WeChat aliases in memory, with the same promises as the store's. */
export function memoryAliases(): Aliases {
  const held = new Map<string, string>();
  const aliasOf = (conversation: string) => [...held].find(([, one]) => one === conversation)?.[0];
  return {
    async give(conversation, fresh) {
      const known = aliasOf(conversation);
      if (known !== undefined) return known;
      if (held.has(fresh))
        throw new Error(`expected a fresh alias for ${conversation}, received one that is taken`);
      held.set(fresh, conversation);
      return fresh;
    },
    holder: async (alias) => held.get(alias),
    async move(alias, from, to) {
      if (held.get(alias) === from && aliasOf(to) === undefined) held.set(alias, to);
    },
  };
}
