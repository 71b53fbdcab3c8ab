import { createHmac, timingSafeEqual } from 'node:crypto';
import QRCode from 'qrcode';
import { blackAndWhitePng } from './png.ts';

const PREFIX = 'LY1';
const TICKET = /^[0-9A-Z]{1,32}$/;
const CODE = /^LY1\.([0-9A-Z]{1,32})\.([\w-]{16})$/i;
const SIGNATURE_LENGTH = 16;
// 4 modules are the quiet zone that ISO 18004 asks for; at 14 px a module even the smallest code is over 400 px wide.
const MARGIN = 4;
const SCALE = 14;

/**
 * What the QR image of a ticket says: `LY1.<ticket>.<signature>`. A ticket is of 0-9 and A-Z.
 * @throws when the secret is empty or the ticket is none: both are mistakes of the caller.
 */
export function ticketCode(secret: string, ticket: string): string {
  if (!TICKET.test(ticket))
    throw new Error(`expected a ticket of 1 to 32 of 0-9 and A-Z, received "${ticket}"`);
  return `${PREFIX}.${ticket}.${signature(secret, ticket)}`;
}

/**
 * The ticket that a code stands for; undefined when this secret did not sign it. Space around it, full-width
 * characters and a ticket in lower case are understood; the signature counts letter by letter.
 */
export function readTicketCode(secret: string, code: string): string | undefined {
  const [, written, signed] = CODE.exec(code.normalize('NFKC').trim()) ?? [];
  if (written === undefined || signed === undefined) return undefined;
  const ticket = written.toUpperCase();
  const expected = Buffer.from(signature(secret, ticket));
  return timingSafeEqual(expected, Buffer.from(signed)) ? ticket : undefined;
}

/** The code as a PNG image, black on white, for a phone's screen or for print. */
export function ticketQr(code: string): Buffer {
  const { modules } = QRCode.create(code, { errorCorrectionLevel: 'M' });
  const inside = (place: number) => place >= 0 && place < modules.size;
  // The package's own PNG tries every filter on colour pixels: 25 ms of a thread that everybody waits for.
  return blackAndWhitePng(modules.size + 2 * MARGIN, SCALE, (row, column) => {
    const [y, x] = [row - MARGIN, column - MARGIN];
    return inside(y) && inside(x) && modules.get(y, x) === 1;
  });
}

function signature(secret: string, ticket: string): string {
  if (secret === '') throw new Error('expected a secret to sign tickets with, received an empty one');
  // Named for its use, so that nothing else signed with the same secret passes as a ticket.
  const digest = createHmac('sha256', secret).update(`${PREFIX} ticket ${ticket}`).digest('base64url');
  return digest.slice(0, SIGNATURE_LENGTH);
}
