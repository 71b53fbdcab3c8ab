import { STRINGS } from './strings.js';

/** @typedef {import('./strings.js').Lang} Lang */
/** @typedef {import('./strings.js').Key} Key */
/** @typedef {Record<string, string | number>} Vars */

/** @type {Lang} */
let current = 'zh';

export function language() {
  return current;
}

/** @param {unknown} value @returns {value is Lang} */
export function isLanguage(value) {
  return value === 'zh' || value === 'en';
}

/** @param {string | null} asked @param {string | null} stored @returns {Lang} */
export function preferredLanguage(asked, stored) {
  if (isLanguage(asked)) return asked;
  if (isLanguage(stored)) return stored;
  for (const tag of navigator.languages) {
    const known = tag.slice(0, 2).toLowerCase();
    if (isLanguage(known)) return known;
  }
  return 'zh';
}

/** @param {Key} key @param {Vars} [vars] */
export function t(key, vars = {}) {
  return STRINGS[current][key].replace(/\{(\w+)\}/g, (_, name) => String(vars[name] ?? ''));
}

/**
 * The key stays on the node, so that a later change of language finds it.
 * @param {HTMLElement} node @param {Key} key @param {Vars} [vars]
 */
export function setText(node, key, vars) {
  node.dataset.t = key;
  if (vars) node.dataset.tVars = JSON.stringify(vars);
  else delete node.dataset.tVars;
  node.textContent = t(key, vars);
}

/** @param {HTMLElement} node @param {Key} key */
export function setLabel(node, key) {
  node.dataset.tLabel = key;
  node.setAttribute('aria-label', t(key));
  if (node instanceof HTMLButtonElement || node instanceof HTMLAnchorElement) node.title = t(key);
}

/** @param {Lang} lang */
export function setLanguage(lang) {
  current = lang;
  document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';
  document.title = t('title');
  for (const node of elements('[data-t]')) {
    setText(node, key(node.dataset.t), node.dataset.tVars ? JSON.parse(node.dataset.tVars) : undefined);
  }
  for (const node of elements('[data-t-label]')) setLabel(node, key(node.dataset.tLabel));
  for (const node of elements('[data-t-placeholder]')) {
    node.setAttribute('placeholder', t(key(node.dataset.tPlaceholder)));
  }
}

/** @param {string} selector @returns {NodeListOf<HTMLElement>} */
function elements(selector) {
  return document.querySelectorAll(selector);
}

/** @param {string | undefined} name */
function key(name) {
  return /** @type {Key} */ (name);
}
