import { Double, Int32, Long } from 'bson';
import { MongoError } from './errors.ts';
import { typeName } from './values.ts';

/** Adds as MongoDB does: int to int overflows into long, a double makes a double. */
export function addNumbers(a: unknown, b: unknown): Int32 | Long | Double {
  const types = [typeName(a), typeName(b)];
  if (types.includes('decimal'))
    throw new MongoError('BadValue', 'the embedded server does no arithmetic on Decimal128');
  if (types.includes('double')) return new Double(Number(a) + Number(b));
  if (!types.includes('long')) {
    const sum = Number(a) + Number(b);
    return sum === (sum | 0) ? new Int32(sum) : Long.fromNumber(sum);
  }
  const sum = BigInt(String(a)) + BigInt(String(b));
  if (BigInt.asIntN(64, sum) === sum) return Long.fromBigInt(sum);
  throw new MongoError(
    'BadValue',
    `Failed to apply $inc operations to current value (${String(a)}): it overflows`,
  );
}
