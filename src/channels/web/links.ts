import type { FileRef } from './ports.ts';
import type { Proofs } from './token.ts';

const DAY_MS = 24 * 3_600_000;
const VALID_MS = 7 * DAY_MS;

/** Signed paths to files, valid for a week; the same for a whole day, so that a browser may keep what it fetched. */
export function linkPath(proofs: Proofs, now: () => Date) {
  return (file: FileRef): string => {
    const until = new Date((Math.ceil(now().getTime() / DAY_MS) + 1) * DAY_MS + VALID_MS);
    return `/files/${proofs.seal(`${file.kind} ${file.id}`, until)}/${encodeURIComponent(file.name)}`;
  };
}

/** Signed links to files for who is not on the page; undefined when the house has no public address. */
export function fileLinks(proofs: Proofs, now: () => Date, publicUrl: string | undefined) {
  const path = linkPath(proofs, now);
  return (file: FileRef) => (publicUrl ? new URL(path(file), publicUrl).href : undefined);
}
