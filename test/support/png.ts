import { PNG } from 'pngjs';

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray;
}

/** The pixels of a PNG file. */
export function readPng(file: Buffer): Picture {
  const { width, height, data } = PNG.sync.read(file);
  return { width, height, rgba: new Uint8ClampedArray(data) };
}
