// Written here and not by a package: the `ics` package folds at 75 characters, which for Chinese is up to 225
// octets where RFC 5545 allows 75, and does not escape the text of alarms.

const MAX_OCTETS = 75;

/** `NAME:value` of a value that has no line breaks, such as a time, a number or a link. */
export function property(name: string, value: string): string {
  return `${name}:${value.replace(/[\p{Cc}]/gu, '')}`;
}

/** `NAME:text` of any text: escaped, line breaks kept, other control characters left out. */
export function textProperty(name: string, text: string): string {
  const escaped = text
    .replace(/[\\;,]/g, (mark) => `\\${mark}`)
    .replace(/\r\n|[\r\n\u2028\u2029]/g, '\\n')
    .replace(/[^\P{Cc}\t]/gu, '');
  return `${name}:${escaped}`;
}

export function component(name: string, lines: readonly string[]): string[] {
  return [`BEGIN:${name}`, ...lines, `END:${name}`];
}

/** `20261127T010000Z` */
export function utc(at: Date): string {
  return at
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/[-:]/g, '');
}

/** Lines as a file: each folded at 75 octets, never inside a character, and ended as the format asks. */
export function write(lines: readonly string[]): string {
  return lines.map((line) => `${fold(line)}\r\n`).join('');
}

function fold(line: string): string {
  let folded = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > MAX_OCTETS) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
}
