import { byId, make } from './dom.js';
import { language, setText } from './i18n.js';
import { QUICK } from './strings.js';

/** @typedef {'connecting' | 'online' | 'offline'} Connection */

/** @param {{ onReconnect(): void, onLanguage(lang: import('./strings.js').Lang): void }} events */
export function createHeader(events) {
  const status = byId('status', HTMLElement);
  const banner = byId('banner', HTMLElement);
  const note = byId('banner-note', HTMLElement);
  byId('reconnect', HTMLButtonElement).addEventListener('click', events.onReconnect);
  const buttons = /** @type {const} */ ([
    ['zh', byId('lang-zh', HTMLButtonElement)],
    ['en', byId('lang-en', HTMLButtonElement)],
  ]);
  for (const [lang, button] of buttons) button.addEventListener('click', () => events.onLanguage(lang));

  return {
    /** @param {Connection} state @returns {boolean} whether it is news */
    show(state) {
      if (document.body.dataset.connection === state) return false;
      document.body.dataset.connection = state;
      setText(status, state);
      banner.hidden = state !== 'offline';
      if (state === 'offline') setText(note, 'offlineNote');
      return true;
    },
    /** @param {string} text what the server says of itself */
    explain(text) {
      delete note.dataset.t;
      note.textContent = text;
    },
    showLanguage() {
      for (const [lang, button] of buttons) button.setAttribute('aria-pressed', String(lang === language()));
    },
  };
}

/** @param {(text: string) => void} onSay */
export function createQuick(onSay) {
  const bar = byId('quick', HTMLElement);
  return {
    fill() {
      bar.replaceChildren(
        ...QUICK[language()].map(({ label, text }) => {
          const chip = make('button', 'chip', label);
          chip.type = 'button';
          chip.dataset.say = text;
          chip.addEventListener('click', () => onSay(text));
          return chip;
        }),
      );
    },
    /** @param {boolean} isWanted */
    show(isWanted) {
      bar.hidden = !isWanted;
    },
  };
}
