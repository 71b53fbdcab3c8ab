/** Controls but for the line break, marks that turn the direction of what follows, and what is no character. */
const UNPRINTABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/gu;

/** Text that any document can hold and print as it reads: what people sent may have anything in it. */
export function plainText(text: string): string {
  return text
    .replace(/\r\n?/gu, '\n')
    .replace(/\t/gu, ' ')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(UNPRINTABLE, '')
    .replace(/\n{3,}/gu, '\n\n')
    .trim();
}
