import type { Grant } from '../../src/domain/access.ts';
import type { Grants, Invite, Invites } from '../../src/usecases/ports.ts';
import { by, Table } from './memory-table.ts';

export function memoryGrants(): Grants {
  const table = new Table<Grant>();
  const stands = ({ ended }: Grant) => ended === null;
  return {
    of: async (people) => table.where((one) => stands(one) && people.includes(one.person)),
    standing: async () =>
      table
        .where(stands)
        .sort(by(({ at }) => at.getTime()))
        .slice(0, 1_000),
    inOffice: async (office, roles, after, limit) =>
      table
        .where((one) => stands(one) && roles.includes(one.role) && one.id > after)
        .filter((one) => one.office === null || one.office === office)
        .sort(by(({ id }) => id))
        .slice(0, limit),
    async add(grant) {
      table.insert(grant);
    },
    async end(id, who, at) {
      table.update([id], stands, () => ({ ended: { by: who, at } }));
    },
    async confirm(ids, at) {
      table.update(
        ids,
        ({ confirmedAt }) => confirmedAt === undefined,
        () => ({ confirmedAt: at }),
      );
    },
    async move(from, to) {
      const ids = table.where(({ person }) => person === from).map(({ id }) => id);
      table.update(ids, stands, () => ({ person: to }));
    },
  };
}

export function memoryInvites(): Invites {
  const table = new Table<Invite>();
  const untouched = ({ use, revoked }: Invite) => use === undefined && revoked === undefined;
  return {
    async add(invite) {
      const taken = invite.slot !== null && table.where(({ slot }) => slot === invite.slot).length > 0;
      return !taken && table.insert(invite);
    },
    byId: async (id) => table.get(id),
    take: async (id, use, now) =>
      table.update(
        [id],
        (one) => untouched(one) && (one.expiresAt === null || one.expiresAt > now),
        () => ({ use }),
      ) === 1,
    toRoles: async ({ office, event }, after, limit) =>
      table
        .where((one) => one.role !== 'member' && one.id > after)
        .filter(
          (one) => (office === null || one.office === office) && (event === null || one.event === event),
        )
        .sort(by(({ id }) => id))
        .slice(0, limit),
    revoke: async (id, who, at) => table.update([id], untouched, () => ({ revoked: { by: who, at } })) === 1,
  };
}
