import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** What the platform writes on a call: a hash over the parts in order of their letters. */
export const sign = (...parts: readonly string[]): string =>
  createHash('sha1').update(parts.toSorted().join(''), 'utf8').digest('hex');

const keyOf = (aesKey: string) => Buffer.from(`${aesKey}=`, 'base64');

/** Seals as the platform does in safe mode: 16 random bytes, the length, the message, the account. */
export function seal(text: string, aesKey: string, appId: string): string {
  const key = keyOf(aesKey);
  const message = Buffer.from(text);
  const size = Buffer.from([24, 16, 8, 0].map((bits) => (message.length >>> bits) & 0xff));
  const whole = Buffer.concat([randomBytes(16), size, message, Buffer.from(appId)]);
  const missing = 32 - (whole.length % 32);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16));
  cipher.setAutoPadding(false);
  return cipher.update(Buffer.concat([whole, Buffer.alloc(missing, missing)])).toString('base64');
}

/** Opens what was sealed for an account. */
export function unseal(sealed: string, aesKey: string, appId: string): string {
  const key = keyOf(aesKey);
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16));
  decipher.setAutoPadding(false);
  const padded = decipher.update(Buffer.from(sealed, 'base64'));
  const whole = padded.subarray(0, padded.length - (padded.at(-1) ?? 0));
  const end = 20 + whole.readUInt32BE(16);
  const account = whole.subarray(end).toString();
  if (account !== appId) throw new Error(`expected a message for ${appId}, received one for ${account}`);
  return whole.subarray(20, end).toString();
}

/** A document of the platform. */
export function document(fields: Readonly<Record<string, string | number>>): string {
  const tags = Object.entries(fields).map(([tag, value]) =>
    typeof value === 'number'
      ? `<${tag}>${value}</${tag}>`
      : `<${tag}><![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]></${tag}>`,
  );
  return `<xml>\n${tags.join('\n')}\n</xml>`;
}

/** The text of a tag, with its sections put together. */
export function textOf(xml: string, tag: string): string | undefined {
  const inner = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`, 'u').exec(xml)?.[1];
  return inner?.replaceAll(/<!\[CDATA\[([\s\S]*?)\]\]>/gu, '$1');
}
