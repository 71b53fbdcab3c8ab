import { Lexer } from 'yaml';

const MAX_BYTES = 1_000_000;
/** Some five times what the fullest event that the domain allows needs. */
const MAX_TOKENS = 200_000;
const MAX_DEPTH = 40;
const MAX_INDENT = 200;
const SCALAR_FOLLOWS = '\u001f';

/**
 * What is expected of a file in place of one that no event needs; undefined when it may be read. Found without
 * building a tree, which for a file of nothing but brackets takes seconds until the stack overflows.
 */
export function oversized(yaml: string): string | undefined {
  const bytes = Buffer.byteLength(yaml);
  if (bytes > MAX_BYTES) return `expected a file of at most 1 MB, received ${bytes} bytes`;
  let tokens = 0;
  let brackets = 0;
  let marks = 0;
  let isScalar = false;
  let isLineStart = true;
  for (const token of new Lexer().lex(yaml)) {
    tokens += 1;
    if (!isScalar) {
      if (token === '[' || token === '{') brackets += 1;
      if (token === ']' || token === '}') brackets -= 1;
      if (token === '-' || token === '?') marks += 1;
      if (isLineStart && token.length > MAX_INDENT && token.trim() === '') return TOO_DEEP;
      isLineStart = token === '\n' || token === '\r\n';
      if (isLineStart) marks = 0;
    }
    if (brackets > MAX_DEPTH || marks > MAX_DEPTH) return TOO_DEEP;
    if (tokens > MAX_TOKENS)
      return `expected an event file, received more than ${MAX_TOKENS} values and marks`;
    isScalar = token === SCALAR_FOLLOWS;
  }
  return undefined;
}

export const TOO_DEEP = 'expected an event file, received values nested far too deep';
