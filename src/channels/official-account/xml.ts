import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  processEntities: false,
  trimValues: false,
});

const CDATA = '<![CDATA[';
const CDATA_END = ']]>';
const documentSchema = z.object({ xml: z.record(z.string(), z.unknown()) });

/**
 * The fields of a document of the platform, which is flat and made of plain tags and CDATA. undefined: anything
 * else, such as a document type or entities of its own.
 */
export function readXml(text: string): Readonly<Record<string, unknown>> | undefined {
  if (declares(text)) return undefined;
  try {
    const read = documentSchema.safeParse(parser.parse(text));
    return read.success ? read.data.xml : undefined;
  } catch {
    return undefined;
  }
}

/** Whether there is a declaration outside of CDATA; within, it is what somebody wrote. */
function declares(text: string): boolean {
  let at = text.indexOf('<!');
  while (at >= 0) {
    if (!text.startsWith(CDATA, at)) return true;
    const end = text.indexOf(CDATA_END, at);
    if (end < 0) return true;
    at = text.indexOf('<!', end);
  }
  return false;
}

const UNPRINTABLE = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

/** A document as the platform reads it: numbers as they are, texts as CDATA. */
export function writeXml(fields: Readonly<Record<string, string | number>>): string {
  const tags = Object.entries(fields).map(([tag, value]) => `<${tag}>${cdata(value)}</${tag}>`);
  return `<xml>${tags.join('')}</xml>`;
}

function cdata(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = value.replace(UNPRINTABLE, '').replaceAll(CDATA_END, `]]${CDATA_END}${CDATA}>`);
  return `${CDATA}${text}${CDATA_END}`;
}
