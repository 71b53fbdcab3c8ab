import { language } from './i18n.js';

/**
 * @typedef {{ label: string, value: string }} Choice
 * @typedef {{ url: string, name: string, type: string, size?: number }} Attached
 * @typedef {object} Message
 * @property {number} seq
 * @property {'say' | 'ask' | 'review' | 'image' | 'file' | 'card'} kind
 * @property {string} text
 * @property {string} [flow]
 * @property {string} [question]
 * @property {string} [prompt]
 * @property {Choice[]} [choices]
 * @property {boolean} [multi]
 * @property {Attached} [file]
 *
 * @typedef {{ text: string } | { pick: { prompt: string, index: number } } | { start: string } | { file: File }} Body
 * @typedef {'queued' | 'sending' | 'later' | 'sent' | 'failed' | 'refused'} State
 *
 * @typedef {object} Own What the guest said.
 * @property {string} id
 * @property {number} after The newest message on the page when it was said: its place, and what it answers.
 * @property {number} at
 * @property {State} state
 * @property {string} text
 * @property {Body | null} body
 * @property {string} [note] Why it was refused, or the seconds until it is sent.
 * @property {string} [group] The choices that it answers, and which of them.
 * @property {number[]} [chosen]
 * @property {{ name: string, size: number }} [file]
 * @property {string} [preview]
 * @property {boolean} [hidden]
 *
 * @typedef {{ ok: true, data: unknown }} Done
 * @typedef {{ ok: false, reason: 'network' | 'auth' | 'later' | 'refused', text: string, seconds: number }} Failure
 * @typedef {Done | Failure} Outcome
 */

const BASE = new URL('../api/chat/', import.meta.url);
const ANSWER_TIMEOUT = 20_000;
const UPLOAD_TIMEOUT = 300_000;

/** @param {string} lang */
export function createSession(lang) {
  return call('session', { method: 'POST', headers: JSON_TYPE, body: JSON.stringify({ lang }) });
}

/** @param {string} token @param {Own} own */
export function sendMessage(token, own) {
  const { id, after, body } = own;
  const headers = { Authorization: `Bearer ${token}` };
  if (body && 'file' in body) {
    const form = new FormData();
    form.set('id', id);
    if (after > 0) form.set('seen', String(after));
    form.set('file', body.file, body.file.name);
    return call('messages', { method: 'POST', headers, body: form }, UPLOAD_TIMEOUT);
  }
  const json = JSON.stringify({ id, ...body, ...(after > 0 && { seen: after }) });
  return call('messages', { method: 'POST', headers: { ...headers, ...JSON_TYPE }, body: json });
}

/** @param {string} token @param {number} after @param {number} wait @param {AbortSignal} signal */
export function fetchMessages(token, after, wait, signal) {
  const headers = { Authorization: `Bearer ${token}` };
  const timeout = ANSWER_TIMEOUT + wait * 1000;
  return call(`messages?after=${after}&wait=${wait}`, { headers, cache: 'no-store' }, timeout, signal);
}

const JSON_TYPE = { 'Content-Type': 'application/json' };

/**
 * @param {string} path @param {RequestInit} init @param {number} timeout @param {AbortSignal} [signal]
 * @returns {Promise<Outcome>}
 */
async function call(path, init, timeout = ANSWER_TIMEOUT, signal = undefined) {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const timer = setTimeout(abort, timeout);
  signal?.addEventListener('abort', abort);
  if (signal?.aborted) abort();
  try {
    // The browser's own language need not be the one that the guest chose for the page.
    const headers = { ...init.headers, 'Accept-Language': language() };
    const response = await fetch(new URL(path, BASE), { ...init, headers, signal: controller.signal });
    const data = await response.json().catch(() => null);
    if (response.ok) return data === null ? failure('network') : { ok: true, data };
    return refusal(response, data);
  } catch {
    return failure('network');
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

/** @param {Response} response @param {{ error?: { text?: unknown } } | null} data @returns {Failure} */
function refusal(response, data) {
  const text = typeof data?.error?.text === 'string' ? data.error.text : '';
  if (response.status === 401) return failure('auth', text);
  if (response.status === 429) return failure('later', text, retryAfter(response));
  if (response.status >= 500 || response.status === 408) return failure('network', text);
  return failure('refused', text);
}

/** @param {Response} response */
function retryAfter(response) {
  const seconds = Number(response.headers.get('Retry-After'));
  return Number.isFinite(seconds) ? Math.min(Math.max(Math.ceil(seconds), 1), 600) : 5;
}

/** @param {Failure['reason']} reason @param {string} text @param {number} seconds @returns {Failure} */
function failure(reason, text = '', seconds = 0) {
  return { ok: false, reason, text, seconds };
}
