/** @typedef {import('./api.js').Own} Own */

const PREFIX = 'luyan.';
const OWN_LIMIT = 200;
const TEXT_LIMIT = 2000;

/** Private windows and full disks refuse localStorage; the page then works until it is closed. */
const memory = /** @type {Map<string, string>} */ (new Map());

/** @param {string} key */
export function read(key) {
  try {
    return localStorage.getItem(PREFIX + key) ?? memory.get(key) ?? null;
  } catch {
    return memory.get(key) ?? null;
  }
}

/** @param {string} key @param {string} value @returns {boolean} whether it will survive a reload */
export function write(key, value) {
  memory.set(key, value);
  try {
    localStorage.setItem(PREFIX + key, value);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} key */
export function forget(key) {
  memory.delete(key);
  try {
    localStorage.removeItem(PREFIX + key);
  } catch {
    return;
  }
}

/** @returns {Own[]} */
export function readOwn() {
  try {
    const list = JSON.parse(read('own') ?? '[]');
    return Array.isArray(list) ? list.filter(isOwn) : [];
  } catch {
    return [];
  }
}

/** The list is read again before each write, because another tab of the same guest writes it too. @param {Own} own */
export function saveOwn(own) {
  const list = readOwn();
  const at = list.findIndex((other) => other.id === own.id);
  if (at < 0) list.push(stored(own));
  else list[at] = stored(own);
  const kept = list.slice(-OWN_LIMIT);
  if (!write('own', JSON.stringify(kept))) write('own', JSON.stringify(kept.slice(-OWN_LIMIT / 4)));
}

/** @param {string} id */
export function removeOwn(id) {
  write('own', JSON.stringify(readOwn().filter((own) => own.id !== id)));
}

/** @param {(list: Own[]) => void} changed */
export function onOwnFromOtherTab(changed) {
  window.addEventListener('storage', (event) => {
    if (event.key === `${PREFIX}own`) changed(readOwn());
  });
}

/** A file cannot be kept, and what was sent need not be: only what is shown remains. @param {Own} own @returns {Own} */
function stored(own) {
  const unsent = own.state !== 'sent' && own.body && !('file' in own.body);
  const { preview: _, ...rest } = own;
  return { ...rest, text: own.text.slice(0, TEXT_LIMIT), body: unsent ? own.body : null };
}

/** @param {unknown} value @returns {value is Own} */
function isOwn(value) {
  if (typeof value !== 'object' || value === null) return false;
  const { id, after, text, state } = /** @type {Record<string, unknown>} */ (value);
  return (
    typeof id === 'string' &&
    typeof after === 'number' &&
    typeof text === 'string' &&
    typeof state === 'string'
  );
}
