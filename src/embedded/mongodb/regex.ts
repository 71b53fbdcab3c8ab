import { BSONRegExp } from 'bson';
import { MongoError } from './errors.ts';

/** What PCRE knows and JavaScript does not, or reads differently. */
const foreign = /\\[AZzhHKGQEXRNvVC]|\(\?(?![:=!]|<[=!])|\[\[:|[*+?}]\+|\(\*/;

/** JavaScript's \s knows Unicode and its `$` knows no final newline; PCRE is the other way round. */
function translate(pattern: string, multiline: boolean): string {
  let inClass = false;
  return pattern.replace(/\\s|\\S|\\[\s\S]|[[\]$]/g, (token) => {
    if (token === '\\s') return inClass ? ' \\t-\\r' : '[ \\t-\\r]';
    if (token === '\\S' && !inClass) return '[^ \\t-\\r]';
    if (token === '[' || token === ']') inClass = token === '[';
    return token === '$' && !inClass && !multiline ? '(?=\\n?$)(?![\\s\\S]{2})' : token;
  });
}

function compile(pattern: string, options: string): RegExp {
  const bad = /[^ims]/.exec(options);
  if (bad) throw new MongoError('BadValue', `invalid flag in regex options: ${bad[0]} (expected i, m or s)`);
  const found = foreign.exec(pattern);
  if (found)
    throw new MongoError('BadValue', `the embedded server does not support '${found[0]}' in a $regex`);
  const source = translate(pattern, options.includes('m'));
  for (const flags of [`${options}u`, options]) {
    try {
      return new RegExp(source, flags);
    } catch (error) {
      if (flags === options) {
        throw new MongoError('BadValue', `Regular expression is invalid: ${(error as Error).message}`);
      }
    }
  }
  throw new MongoError('BadValue', 'Regular expression is invalid');
}

/** Makes the test for a regex operand; `$options` may only accompany a pattern without its own. */
export function regexTest(operand: unknown, options?: unknown): (value: unknown) => boolean {
  const own = operand instanceof BSONRegExp ? operand : undefined;
  const pattern = own ? own.pattern : operand;
  if (typeof pattern !== 'string') throw new MongoError('BadValue', '$regex has to be a string');
  if (options !== undefined && typeof options !== 'string') {
    throw new MongoError('BadValue', '$options has to be a string');
  }
  if (own?.options && options !== undefined) {
    throw new MongoError('BadValue', 'options set in both $regex and $options');
  }
  const flags = options ?? own?.options ?? '';
  const regex = compile(pattern, flags);
  return (value) => {
    if (typeof value === 'string') return regex.test(value);
    return value instanceof BSONRegExp && value.pattern === pattern && value.options === flags;
  };
}
