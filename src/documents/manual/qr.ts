import QRCode from 'qrcode';
import { blackAndWhitePng } from '../png.ts';

const MARGIN = 2;
const SCALE = 6;

const modulesOf = (text: string) => QRCode.create(text, { errorCorrectionLevel: 'M' }).modules;

/** Dark modules side by side in a row of a code, and how many modules the code is wide with its quiet zone. */
export interface Runs {
  readonly side: number;
  readonly runs: readonly { readonly x: number; readonly y: number; readonly width: number }[];
}

export function qrRuns(text: string): Runs {
  const modules = modulesOf(text);
  const runs: { x: number; y: number; width: number }[] = [];
  for (let row = 0; row < modules.size; row++)
    for (let column = 0; column < modules.size; column++) {
      if (modules.get(row, column) !== 1) continue;
      const [x, y] = [column + MARGIN, row + MARGIN];
      const last = runs.at(-1);
      if (last && last.y === y && last.x + last.width === x) last.width += 1;
      else runs.push({ x, y, width: 1 });
    }
  return { side: modules.size + 2 * MARGIN, runs };
}

/** A code as a drawing of unit squares: sharp in any size, and a few kilobytes. */
export function qrSvg(text: string): string {
  const { side, runs } = qrRuns(text);
  const path = runs.map(({ x, y, width }) => `M${x} ${y}h${width}v1h-${width}z`).join('');
  return `<svg viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges" aria-hidden="true"><path fill="#fff" d="M0 0h${side}v${side}H0z"/><path d="${path}"/></svg>`;
}

/** A code as a picture, for formats that know no drawings. */
export function qrPng(text: string): Uint8Array {
  const modules = modulesOf(text);
  const inside = (place: number) => place >= 0 && place < modules.size;
  return blackAndWhitePng(modules.size + 2 * MARGIN, SCALE, (row, column) => {
    const [y, x] = [row - MARGIN, column - MARGIN];
    return inside(y) && inside(x) && modules.get(y, x) === 1;
  });
}
