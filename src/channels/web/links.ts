import type { FileRef } from './ports.ts';
import type { Proofs } from './token.ts';

const DAY_MS = 24 * 3_600_000;
const VALID_MS = 7 * DAY_MS;

/** What a browser may show by itself: pictures, which run nothing. */
const SHOWN: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);
const TICKET_TYPES = { 'ticket-qr': 'image/png', 'ticket-ics': 'text/calendar; charset=utf-8' } as const;

/** The file that a sealed text names, as we wrote it there; undefined: it names none. */
export function fileOf(text = ''): Pick<FileRef, 'kind' | 'id' | 'type'> | undefined {
  const [kind = '', id = '', type = 'application/octet-stream'] = text.split(' ');
  if (kind === 'ticket-qr' || kind === 'ticket-ics') return { kind, id, type: TICKET_TYPES[kind] };
  return kind === 'stored' ? { kind, id, type } : undefined;
}

/** How a file is handed to a browser. Somebody sent it, so nothing in it runs here, whatever it is. */
export function headersOf({ type }: Pick<FileRef, 'type'>): Record<string, string> {
  return {
    'Content-Type': type,
    'Content-Disposition': SHOWN.has(type) ? 'inline' : 'attachment',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cache-Control': 'private, max-age=86400',
  };
}

/** Signed paths to files, valid for a week; the same for a whole day, so that a browser may keep what it fetched. */
export function linkPath(proofs: Proofs, now: () => Date) {
  return (file: FileRef): string => {
    const until = new Date((Math.ceil(now().getTime() / DAY_MS) + 1) * DAY_MS + VALID_MS);
    return `/files/${proofs.seal(`${file.kind} ${file.id} ${file.type}`, until)}/${encodeURIComponent(file.name)}`;
  };
}

/** Signed links to files for who is not on the page; undefined when the house has no public address. */
export function fileLinks(proofs: Proofs, now: () => Date, publicUrl: string | undefined) {
  const path = linkPath(proofs, now);
  return (file: FileRef) => (publicUrl ? new URL(path(file), publicUrl).href : undefined);
}
