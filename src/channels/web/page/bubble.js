import { linkified, make, readableSize, safeUrl } from './dom.js';
import { setLabel, setText, t } from './i18n.js';

/** @typedef {import('./api.js').Message} Message */
/** @typedef {import('./api.js').Own} Own */
/** @typedef {import('./strings.js').Key} Key */
/** @typedef {{ onZoom(url: string, text: string): void }} BotActions */
/** @typedef {{ onRetry(own: Own): void, onRemove(own: Own): void, onEdit(own: Own): void }} OwnActions */

const AVATAR = new URL('./icon.svg', import.meta.url).href;

/** @param {Message} message @param {BotActions} actions */
export function botBubble(message, actions) {
  const text = paragraph(message.text);
  text.id = `text-${message.seq}`;
  const bubble = make('div', 'bubble');
  if (message.kind === 'review' || message.kind === 'card') {
    const tag = make('p', 'tag');
    setText(tag, message.kind);
    bubble.append(tag);
  }
  if (message.text) bubble.append(text);
  if (message.file) bubble.append(attachment(message, message.file, actions));
  const avatar = make('img', 'avatar');
  avatar.src = AVATAR;
  avatar.alt = '';
  const node = make('div', 'msg bot', avatar, make('div', 'body', author('botSays'), bubble));
  node.dataset.seq = String(message.seq);
  node.dataset.kind = message.kind;
  node.dataset.flow = message.flow ?? '';
  node.dataset.question = message.question ?? '';
  node.dataset.prompt = message.prompt ?? '';
  return { node, labelId: text.id };
}

/** @param {Own} own */
export function ownBubble(own) {
  const bubble = make('div', 'bubble');
  if (own.preview) bubble.append(preview(own.preview));
  if (own.file) bubble.append(fileCaption(own.file.name, own.file.size));
  else bubble.append(paragraph(own.text));
  const node = make('div', 'msg own', make('div', 'body', author('youSay'), bubble, make('div', 'meta')));
  node.dataset.own = own.id;
  return node;
}

/** @param {HTMLElement} node the bubble of `own` @param {Own} own @param {OwnActions} actions */
export function showState(node, own, actions) {
  node.dataset.state = own.state;
  const meta = node.querySelector('.meta');
  const shown = `${own.state === 'queued' ? 'sending' : own.state} ${own.note ?? ''} ${own.body !== null}`;
  if (!(meta instanceof HTMLElement) || meta.dataset.shown === shown) return;
  meta.dataset.shown = shown;
  meta.replaceChildren();
  if (own.state === 'queued' || own.state === 'sending') meta.append(note('sending', 'wait'));
  if (own.state === 'later') meta.append(note('later', 'wait', { n: own.note ?? '' }));
  if (own.state === 'failed' && own.body) meta.append(action('failed', () => actions.onRetry(own)));
  if (own.state === 'failed' && !own.body) meta.append(note('lostFile', 'problem'));
  if (own.state === 'refused') {
    meta.append(own.note ? make('span', 'problem', own.note) : note('refused', 'problem'));
    if (own.body && 'text' in own.body && !own.group) meta.append(action('edit', () => actions.onEdit(own)));
  }
  if (own.state === 'failed' || own.state === 'refused') {
    meta.append(action('remove', () => actions.onRemove(own)));
  }
}

/** @param {string} text */
export function noticeLine(text) {
  const line = make('p', 'notice', text);
  line.dir = 'auto';
  return line;
}

/** @param {string} text */
function paragraph(text) {
  const node = make('div', 'text', ...linkified(text));
  node.dir = 'auto';
  return node;
}

/** @param {Key} key */
function author(key) {
  const node = make('span', 'unseen');
  setText(node, key);
  return node;
}

/** @param {Key} key @param {string} className @param {import('./i18n.js').Vars} [vars] */
function note(key, className, vars) {
  const node = make('span', className);
  setText(node, key, vars);
  return node;
}

/** @param {Key} key @param {() => void} onClick */
function action(key, onClick) {
  const button = make('button', 'action');
  button.type = 'button';
  button.dataset.action = key;
  setText(button, key);
  button.addEventListener('click', onClick);
  return button;
}

/** @param {Message} message @param {import('./api.js').Attached} file @param {BotActions} actions */
function attachment(message, file, actions) {
  const url = safeUrl(file.url);
  if (!url) return fileCaption(file.name, file.size);
  const isImage = message.kind === 'image' || file.type.startsWith('image/');
  if (!isImage) {
    const link = make('a', 'download', fileCaption(file.name, file.size));
    link.href = url;
    link.download = file.name;
    return link;
  }
  const image = make('img', 'picture coming');
  const arrived = () => image.classList.remove('coming');
  image.addEventListener('load', arrived);
  image.addEventListener('error', arrived);
  image.src = url;
  image.alt = message.text || file.name;
  const link = make('a', 'zoom', image);
  link.href = url;
  link.target = '_blank';
  link.rel = 'noopener';
  link.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    actions.onZoom(url, image.alt);
  });
  return link;
}

/** @param {string} name @param {number} [size] */
function fileCaption(name, size) {
  const label = make('bdi', 'name', name);
  const detail = make('span', 'size', size === undefined ? '' : readableSize(size));
  return make('span', 'file', make('span', 'sheet'), make('span', 'about', label, detail));
}

/** @param {string} url */
function preview(url) {
  const image = make('img', 'picture');
  setLabel(image, 'image');
  image.alt = t('image');
  image.addEventListener('load', () => URL.revokeObjectURL(url), { once: true });
  image.src = url;
  return image;
}
