import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const BLOCK = 32;
const LEAD = 16;
const LENGTH = 4;
const KEY = /^[A-Za-z0-9+/]{43}$/u;

/** Seals and opens messages of the platform's safe mode. */
export class Crypt {
  private readonly key: Buffer;
  private readonly appId: string;

  constructor(aesKey: string, appId: string) {
    if (!KEY.test(aesKey)) {
      throw new Error(
        `expected an EncodingAESKey of 43 letters and digits for ${appId}, received ${aesKey.length} characters; copy it from mp.weixin.qq.com, 基本配置`,
      );
    }
    this.key = Buffer.from(`${aesKey}=`, 'base64');
    this.appId = appId;
  }

  seal(text: string): string {
    const body = Buffer.from(text);
    const length = Buffer.alloc(LENGTH);
    length.writeUInt32BE(body.length);
    const whole = Buffer.concat([randomBytes(LEAD), length, body, Buffer.from(this.appId)]);
    const padding = BLOCK - (whole.length % BLOCK);
    const cipher = createCipheriv('aes-256-cbc', this.key, this.key.subarray(0, 16)).setAutoPadding(false);
    const padded = Buffer.concat([whole, Buffer.alloc(padding, padding)]);
    return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64');
  }

  /** undefined: not sealed with this key, or for another account. */
  open(sealed: string): string | undefined {
    const padded = this.decipher(Buffer.from(sealed, 'base64'));
    const padding = padded?.at(-1) ?? 0;
    if (!padded || padding < 1 || padding > BLOCK) return undefined;
    const whole = padded.subarray(0, -padding);
    if (whole.length < LEAD + LENGTH) return undefined;
    const end = LEAD + LENGTH + whole.readUInt32BE(LEAD);
    // A length beyond the end leaves no room for the account id, which then differs.
    if (whole.subarray(end).toString() !== this.appId) return undefined;
    return whole.subarray(LEAD + LENGTH, end).toString();
  }

  private decipher(bytes: Buffer): Buffer | undefined {
    if (bytes.length === 0 || bytes.length % 16 !== 0) return undefined;
    const cipher = createDecipheriv('aes-256-cbc', this.key, this.key.subarray(0, 16)).setAutoPadding(false);
    return Buffer.concat([cipher.update(bytes), cipher.final()]);
  }
}
