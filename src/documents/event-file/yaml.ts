import { Document, isCollection, isScalar, type Node, Scalar, visit } from 'yaml';

const INLINE = 96;
/** Characters that YAML does not allow as they are, and those that break lines or turn their direction unseen. */
const UNSEEN = /[^\P{Cc}\n]|[\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/u;

/** A file for people to read and edit: what is short stands on one line, what cannot be seen is named. */
export function printYaml(content: Readonly<Record<string, unknown>>, header: string): string {
  const document = new Document(content, { aliasDuplicateObjects: false, compat: 'yaml-1.1' });
  document.commentBefore = header;
  visit(document, {
    Scalar: (_, node) => {
      if (typeof node.value === 'string' && UNSEEN.test(node.value)) node.type = Scalar.QUOTE_DOUBLE;
    },
    Collection: (_, node) => {
      if (isShort(node)) node.flow = true;
    },
  });
  // What is left of them stands in double quotes, where it can be named instead.
  return document.toString({ lineWidth: 0 }).replace(new RegExp(UNSEEN, 'gu'), named);
}

function named(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** A mapping or list that reads well on one line: no text of several lines, no list of mappings. */
function isShort(node: Node): boolean {
  if (!isCollection(node)) return false;
  const plain = JSON.stringify(node);
  if (plain.length > INLINE || plain.includes('\\n')) return false;
  return node.items.every((item) => isScalar(item) || !isCollection(item));
}
