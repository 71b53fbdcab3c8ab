import { createComposer } from './composer.js';
import { Conversation } from './conversation.js';
import { byId } from './dom.js';
import { createHeader, createQuick } from './header.js';
import { preferredLanguage, setLanguage, t } from './i18n.js';
import { fitToKeyboard } from './scroll.js';
import { read, write } from './storage.js';

const address = new URLSearchParams(location.search);

const header = createHeader({
  onReconnect: () => conversation.wake(),
  onLanguage(lang) {
    pickLanguage(lang);
    conversation.tellLanguage();
  },
});
const quick = createQuick((text) => conversation.speech.say(text));
const composer = createComposer({
  onText: (text) => conversation.speech.say(text),
  onFile: (file) => conversation.speech.sendFile(file),
  onBadFile: (key, name) => conversation.showNotice(t(key, { name })),
  onUp: () => conversation.focus.toQuestion(),
  onTyped: () => conversation.focus.typed(),
});
const conversation = new Conversation({
  header,
  quick,
  composer,
  event: address.get('start') ?? address.get('event'),
  onLanguage: pickLanguage,
});

/** @param {import('./strings.js').Lang} lang */
function pickLanguage(lang) {
  setLanguage(lang);
  write('lang', lang);
  header.showLanguage();
  quick.fill();
}

pickLanguage(preferredLanguage(address.get('lang'), read('lang')));
fitToKeyboard();
window.addEventListener('online', () => conversation.wake());
window.addEventListener('offline', () => conversation.feed.lost());
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') conversation.wake();
});
byId('skip', HTMLAnchorElement).addEventListener('click', (event) => {
  event.preventDefault();
  composer.focus();
});
conversation.begin();
