import type { Api } from './api.ts';
import { explain } from './codes.ts';
import type { AccessToken } from './token.ts';

/** Gets a picture that a person sent, by the name that the platform gave it. Rejects when it cannot be had. */
export type FetchMedia = (media: string, signal: AbortSignal) => Promise<Uint8Array | 'too_big'>;

export function mediaFetcher(api: Api, access: AccessToken): FetchMedia {
  return async (media, signal) => {
    const got = await access.use((token) =>
      api.downloadPicture('/cgi-bin/media/get', { access_token: token, media_id: media }, signal),
    );
    if (got.kind === 'picture') return got.bytes;
    throw new Error(
      got.kind === 'done'
        ? 'expected a picture, received an answer without one'
        : `expected a picture; ${explain(got)}`,
    );
  };
}
