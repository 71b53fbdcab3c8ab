import { safeName } from '../../domain/file.ts';
import type { FileRef } from './ports.ts';
import type { Proofs } from './token.ts';

const DAY_MS = 24 * 3_600_000;
const VALID_MS = 7 * DAY_MS;

/** What a browser may show by itself: pictures, which run nothing. */
const SHOWN: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);
const TICKET_TYPES = { 'ticket-qr': 'image/png', 'ticket-ics': 'text/calendar; charset=utf-8' } as const;

/** The file that a sealed text names, as we wrote it there; undefined: it names none. */
export function fileOf(text = ''): FileRef | undefined {
  const [kind = '', id = '', type = 'application/octet-stream', ...words] = text.split(' ');
  const name = words.join(' ');
  if (kind === 'ticket-qr' || kind === 'ticket-ics') return { kind, id, type: TICKET_TYPES[kind], name };
  return kind === 'stored' ? { kind, id, type, name } : undefined;
}

/** How a file is handed to a browser. Somebody sent it, so nothing in it runs here, whatever it is. */
export function headersOf({ type, name }: Pick<FileRef, 'type' | 'name'>): Record<string, string> {
  return {
    'Content-Type': type,
    'Content-Disposition': `${SHOWN.has(type) ? 'inline' : 'attachment'}; filename*=UTF-8''${headerText(name)}`,
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cache-Control': 'private, max-age=86400',
  };
}

/** A name as a header can hold it. It is the signed one: nobody else names what is downloaded here. */
const headerText = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/gu, (sign) => `%${sign.charCodeAt(0).toString(16)}`);

/**
 * Signed paths to files, valid for a week unless told; the same for a whole day, so that a browser may keep what it
 * fetched.
 */
export function linkPath(proofs: Pick<Proofs, 'seal'>, now: () => Date) {
  return (file: FileRef, until = inAWeek(now())): string => {
    const name = safeName(file.name);
    const sealed = proofs.seal(`${file.kind} ${file.id} ${file.type} ${name}`, until);
    return `/files/${sealed}/${encodeURIComponent(name)}`;
  };
}

const inAWeek = (now: Date): Date => new Date((Math.ceil(now.getTime() / DAY_MS) + 1) * DAY_MS + VALID_MS);

/** Signed links to files for who is not on the page; undefined when the house has no public address. */
export function fileLinks(proofs: Proofs, now: () => Date, publicUrl: string | undefined) {
  const path = linkPath(proofs, now);
  return (file: FileRef, until?: Date) =>
    publicUrl ? new URL(path(file, until), publicUrl).href : undefined;
}
