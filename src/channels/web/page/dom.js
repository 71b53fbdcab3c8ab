/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag @param {string} [className] @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, className, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children);
  return node;
}

/**
 * @template {HTMLElement} Kind
 * @param {string} id @param {{ new (): Kind }} kind
 */
export function byId(id, kind) {
  const node = document.getElementById(id);
  if (!(node instanceof kind)) throw new Error(`index.html has no ${kind.name} with the id ${id}`);
  return node;
}

/** `crypto.randomUUID` is missing where the page is not served over https. */
export function newId() {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** @param {number} bytes */
export function readableSize(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

const SAFE_PROTOCOLS = ['http:', 'https:'];

/** A link from the server is followed only when it is an ordinary web address. @param {string} address */
export function safeUrl(address) {
  try {
    const url = new URL(address, location.href);
    return SAFE_PROTOCOLS.includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** Sentence punctuation and a closing bracket after an address belong to the sentence. */
const ADDRESS = /https?:\/\/[^\s<>"'“”‘’（）《》【】，。；！？、]+/gi;
const TRAILING = /[.,;:!?)\]}]+$/;

/** @param {string} text @returns {(Node | string)[]} */
export function linkified(text) {
  /** @type {(Node | string)[]} */
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = withoutTrailing(match[0]);
    const href = safeUrl(address);
    if (!href) continue;
    const link = make('a', undefined, address);
    link.href = href;
    link.target = '_blank';
    link.rel = 'noopener noreferrer';
    parts.push(text.slice(end, match.index), link);
    end = match.index + address.length;
  }
  parts.push(text.slice(end));
  return parts;
}

/** @param {string} address */
function withoutTrailing(address) {
  const tail = TRAILING.exec(address)?.[0] ?? '';
  const kept = address.slice(0, address.length - tail.length);
  const closesOwn = tail.startsWith(')') && kept.split('(').length > kept.split(')').length;
  return closesOwn ? `${kept})` : kept;
}
