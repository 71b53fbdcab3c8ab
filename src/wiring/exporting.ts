import { tableWords } from '../../flows/export-words.ts';
import { linkPath } from '../channels/web/links.ts';
import type { Proofs } from '../channels/web/token.ts';
import type { VisitorDoor } from '../channels/web/visitors.ts';
import { type DecksDesk, deckRoutes, decksPath, decksText } from '../desk/decks.ts';
import { archiveOf } from '../documents/archive-file.ts';
import { makeTable } from '../documents/table-file.ts';
import type { Exporting } from '../usecases/export-ports.ts';

/** How exports are written and linked to. */
export function exportingWith(proofs: Pick<Proofs, 'seal'>, publicUrl: string | undefined): Exporting {
  const pathOf = linkPath(proofs, () => new Date(0));
  return {
    words: tableWords,
    makeTable,
    linkDecks: (decks, name, until) =>
      publicUrl && new URL(decksPath(proofs.seal(decksText(decks), until), name), publicUrl).href,
    linkFile: (file, until) => publicUrl && new URL(pathOf(file, until), publicUrl).href,
  };
}

const REFUSED = {
  expired: { status: 410, code: 'link_expired' },
  gone: { status: 404, code: 'not_found' },
  busy: { status: 503, code: 'busy' },
} as const;

/** Where archives are downloaded. */
export function decksAt(
  proofs: Pick<Proofs, 'open'>,
  door: Pick<VisitorDoor, 'turnAway'>,
  openDecks: DecksDesk['openDecks'],
  now: () => Date,
) {
  return deckRoutes({
    unseal: (sealed) => proofs.open(sealed, now()),
    openDecks,
    pack: archiveOf,
    refuse: (c, reason) => door.turnAway(c, REFUSED[reason].status, REFUSED[reason].code),
  });
}
