import { seededCode } from '../usecases/codes.ts';
import type { ClaimCodes } from '../usecases/ports.ts';

/** Codes made of the house's secret, and links to its web chat that open with one. */
export function claimCodesWith(secret: string, publicUrl: string | undefined): ClaimCodes {
  return {
    make: (seed) => seededCode(secret, seed),
    linkOf: (code) => publicUrl && new URL(`/?event=claim-${code.replace('-', '')}`, publicUrl).href,
  };
}
