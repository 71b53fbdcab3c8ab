import type { Line, Section, Sheet } from './printed.ts';

/** How a project is set so that it keeps to one page. Sizes are in points. */
export interface Fit {
  readonly size: number;
  /** The height that pictures have; 0: there are none. */
  readonly pictures: number;
  readonly sections: readonly FittedSection[];
  /** Something of it was left out. */
  readonly cut: boolean;
}

export interface FittedSection {
  readonly heading: string;
  readonly paragraphs: readonly (Line & { readonly shown: string })[];
}

/** What a page leaves for sections and pictures, and how high a text becomes there. */
export interface Room {
  readonly height: number;
  /** Of a paragraph in a size, the space below it counted. */
  paragraph(text: string, size: number): number;
  heading(size: number): number;
  /** Of the sentence that something was cut. */
  note(size: number): number;
}

/** From what reads best to what can still be read: size of the text and height of the pictures. */
const STEPS: readonly (readonly [number, number])[] = [
  [10.5, 150],
  [10, 130],
  [9.5, 120],
  [9, 110],
  [8.5, 100],
  [8, 90],
  [7.5, 80],
  [7, 70],
];
const PICTURE_GAP = 12;

/** Chooses the largest setting in which a project keeps to its page; what fits in none is cut, the longest texts first. */
export function fitSheet(sheet: Sheet, room: Room): Fit {
  const whole = shorten(sheet.sections, Number.POSITIVE_INFINITY);
  const height = (sections: readonly FittedSection[], [size, pictures]: readonly [number, number]) =>
    sections.reduce((sum, one) => sum + heightOf(one, room, size), 0) +
    (sheet.pictures.length > 0 ? pictures + PICTURE_GAP : 0);
  const make = (
    [size, pictures]: readonly [number, number],
    sections: Fit['sections'],
    cut: boolean,
  ): Fit => ({
    size,
    pictures: sheet.pictures.length > 0 ? pictures : 0,
    sections,
    cut,
  });
  const fits = (one: readonly [number, number]) => height(whole, one) <= room.height;
  const last = STEPS.at(-1) ?? [7, 70];
  // The smallest is tried before those between: to measure what fits in none of them takes long.
  const [first] = STEPS;
  const step = first && fits(first) ? first : fits(last) ? STEPS.find(fits) : undefined;
  if (step) return make(step, whole, false);
  const allowed = room.height - room.note(last[0]);
  const longest = Math.max(
    0,
    ...sheet.sections.flatMap(({ paragraphs }) => paragraphs.map(({ text }) => text.length)),
  );
  let [least, most] = [0, longest];
  while (most - least > 8) {
    const middle = Math.floor((least + most) / 2);
    if (height(shorten(sheet.sections, middle), last) <= allowed) least = middle;
    else most = middle;
  }
  return make(last, shorten(sheet.sections, least), true);
}

function heightOf({ paragraphs }: FittedSection, room: Room, size: number): number {
  return room.heading(size) + paragraphs.reduce((sum, { shown }) => sum + room.paragraph(shown, size), 0);
}

/** Texts of no more than so many characters, each cut at its last word or sign. */
function shorten(sections: readonly Section[], most: number): FittedSection[] {
  return sections.map(({ heading, paragraphs }) => ({
    heading,
    paragraphs: paragraphs.map((one) => ({ ...one, shown: cutAt(one.text, most) })),
  }));
}

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });

function cutAt(text: string, most: number): string {
  if (text.length <= most) return text;
  // Nothing is cut in the middle of what is read as one character.
  const end = graphemes.segment(text).containing(most)?.index ?? most;
  const kept = text
    .slice(0, end)
    .replace(/[a-z0-9]{1,24}$/iu, '')
    .trimEnd();
  return kept === '' ? '…' : `${kept}…`;
}
