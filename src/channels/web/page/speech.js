import { newId } from './dom.js';
import { isLanguage, language } from './i18n.js';
import { removeOwn, saveOwn, write } from './storage.js';
import { SWITCH } from './strings.js';

/** @typedef {import('./api.js').Message} Message */
/** @typedef {import('./api.js').Own} Own */
/** @typedef {import('./strings.js').Lang} Lang */
/**
 * @typedef {object} Parts
 * @property {ReturnType<typeof import('./outbox.js').createOutbox>} outbox
 * @property {ReturnType<typeof import('./timeline.js').createTimeline>} timeline
 * @property {ReturnType<typeof import('./scroll.js').createScroll>} scroll
 * @property {ReturnType<typeof import('./composer.js').createComposer>} composer
 * @property {() => number} last the newest message on the page
 * @property {(lang: Lang) => void} onLanguage
 */

/** What a reload finds unsent is sent by itself only while the guest still has it in mind. */
const RESUME = 10 * 60_000;

/** What a link can carry on every channel; a longer one names no event anyway. */
const START_LIMIT = 64;

/** Everything the guest says, and what can be done with what did not arrive. */
export class Speech {
  /** @param {Parts} parts */
  constructor(parts) {
    this.parts = parts;
  }

  /** @param {Pick<Own, 'text' | 'body'> & Partial<Own>} said */
  send(said) {
    const { outbox, timeline, scroll, last } = this.parts;
    const id = newId();
    outbox.push({ id, after: last(), at: Date.now(), state: 'queued', ...said });
    scroll.follow(timeline.nodeOf(id));
  }

  /** @param {string} text */
  say(text) {
    const spoken = Object.entries(SWITCH).find(([, words]) => words === text.toLowerCase())?.[0];
    if (isLanguage(spoken)) this.take(spoken);
    this.send({ text, body: { text } });
  }

  /** @param {File} file */
  sendFile(file) {
    const preview = file.type.startsWith('image/') ? URL.createObjectURL(file) : undefined;
    this.send({ text: file.name, body: { file }, file: { name: file.name, size: file.size }, preview });
  }

  tellLanguage() {
    const lang = language();
    write('told', lang);
    this.send({ text: SWITCH[lang], body: { text: SWITCH[lang] } });
  }

  /** @param {string} payload */
  start(payload) {
    this.send({ text: '', body: { start: payload.slice(0, START_LIMIT) }, hidden: true });
  }

  /** @param {Message} message @param {import('./choices.js').Answer} answer */
  answer(message, { group, body, text, chosen }) {
    const unsent = this.parts.timeline.unsentAnswer(group);
    if (unsent?.state === 'failed' && unsent.body && String(unsent.chosen) === String(chosen)) {
      this.parts.outbox.push(unsent);
    } else {
      if (unsent) this.remove(unsent);
      this.send({ text, body, group, chosen });
    }
    const value = message.choices?.[chosen[0] ?? -1]?.value;
    if (message.question?.startsWith('lang') && isLanguage(value)) this.take(value);
  }

  /** The guest told the bot a language in words or by a button: the page follows. @param {Lang} lang */
  take(lang) {
    write('told', lang);
    this.parts.onLanguage(lang);
  }

  /** @param {Own} own */
  retry(own) {
    this.parts.outbox.push(own);
  }

  /** @param {Own} own */
  remove(own) {
    removeOwn(own.id);
    this.parts.timeline.remove(own.id);
  }

  /** @param {Own} own */
  edit(own) {
    this.remove(own);
    this.restore(own);
    this.parts.composer.focus();
  }

  /** Typed words go back into the box; a tapped choice can simply be tapped again. @param {Own} own */
  restore(own) {
    if (own.body && 'text' in own.body && !own.group) this.parts.composer.restore(own.body.text);
  }

  /** After a reload. @param {Own} own */
  resume(own) {
    const wasOnItsWay = own.state === 'queued' || own.state === 'sending' || own.state === 'later';
    if (wasOnItsWay && own.body && Date.now() - own.at < RESUME) {
      this.parts.outbox.push(own);
      return;
    }
    if (wasOnItsWay) {
      own.state = 'failed';
      saveOwn(own);
    }
    this.parts.timeline.show(own);
  }
}
