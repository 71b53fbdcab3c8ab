/** How long a text is, in what a platform counts; in UTF-16 units unless told. */
export type Measure = (text: string) => number;

const units: Measure = (text) => text.length;
/** Where a text may be parted, best first, and what stood there. */
const BORDERS: readonly (readonly [RegExp, string])[] = [
  [/\n\s*\n/u, '\n\n'],
  [/\n/u, '\n'],
  [/(?<=[。！？；])|(?<=\s)(?=\S)/u, ''],
];
const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * A text in as few parts of at most `max` as there can be: parted between paragraphs, else between lines, else
 * between sentences and words, and only when there is no other way within a word, never within a character.
 */
export function split(text: string, max: number, measure: Measure = units): string[] {
  return cut(text.trim(), BORDERS, (part) => measure(part) <= max)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** As few texts as parts fit into, in order, with `glue` between them. */
export function pack(parts: readonly string[], glue: string, fits: (text: string) => boolean): string[] {
  const texts: string[] = [];
  for (const part of parts) {
    const last = texts.at(-1);
    const longer = `${last}${glue}${part}`;
    if (last !== undefined && fits(longer)) texts[texts.length - 1] = longer;
    else texts.push(part);
  }
  return texts;
}

function cut(
  text: string,
  [border, ...finer]: typeof BORDERS,
  fits: (text: string) => boolean,
): readonly string[] {
  if (fits(text)) return [text];
  if (!border) return pack(charactersOf(text, fits), '', fits);
  const [between, glue] = border;
  return pack(
    text.split(between).flatMap((part) => cut(part, finer, fits)),
    glue,
    fits,
  );
}

/** What a reader takes for one character can have any number of marks on it; then it is cut between those. */
function charactersOf(text: string, fits: (text: string) => boolean): string[] {
  return Array.from(characters.segment(text), ({ segment }) => segment).flatMap((one) =>
    fits(one) ? [one] : [...one],
  );
}

/** A text of at most `max` UTF-16 units; what is cut off shows as an ellipsis. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  const [kept = ''] = pack(
    charactersOf(text, () => true),
    '',
    (part) => part.length < max,
  );
  return `${kept}…`;
}
