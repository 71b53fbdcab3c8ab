import { type People, type Result, refused } from './ports.ts';

interface Ports {
  readonly people: People;
}

export interface Unlinking {
  readonly conversation: string;
  /** Whom the account was found with when it was asked for: taking it off again is taking it off once. */
  readonly from: string;
}

export type UnlinkRefusal = 'nothing-linked' | 'first-account';

/** Takes an account off a person: it is somebody of their own again, and the registrations stay with the person. */
export function unlinkAccount({ people }: Ports) {
  return async ({ conversation, from }: Unlinking): Promise<Result<null, UnlinkRefusal>> => {
    const own = await people.own({ conversation });
    if (!own) return refused('nothing-linked');
    if (!own.joined && own.id === from)
      return refused((await people.members(own.id)).length > 0 ? 'first-account' : 'nothing-linked');
    const host = own.joined ? await people.host(own.id) : from;
    if (own.joined) await people.part(own.id, own.joined);
    await people.disown(host, own.addresses);
    return { ok: true, data: null };
  };
}

/** What was left of the person by then: `first`, where that is the account that keeps the registrations. */
export interface UnlinkedOthers {
  readonly first: boolean;
}

/**
 * Takes every other account off the person of a conversation, but for the first one, which keeps the registrations.
 * Done again it goes on with what is left.
 */
export function unlinkOthers({ people }: Ports) {
  return async ({
    conversation,
  }: {
    conversation: string;
  }): Promise<Result<UnlinkedOthers, 'nothing-linked'>> => {
    const own = await people.own({ conversation });
    if (!own) return refused('nothing-linked');
    const host = await people.host(own.id);
    const others = (await people.members(host)).filter(({ id }) => id !== own.id);
    // Whoever is interrupted here still finds them among the members, and so takes off what is left.
    await people.disown(
      host,
      others.flatMap(({ addresses }) => addresses),
    );
    for (const { id } of others) await people.part(id, host);
    return { ok: true, data: { first: host === own.id } };
  };
}
