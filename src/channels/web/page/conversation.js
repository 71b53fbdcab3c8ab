import { byId } from './dom.js';
import { createFeed } from './feed.js';
import { createFocus } from './focus.js';
import { language, t } from './i18n.js';
import { createOutbox } from './outbox.js';
import { createScroll } from './scroll.js';
import { createSession } from './session.js';
import { Speech } from './speech.js';
import { onOwnFromOtherTab, read, readOwn, saveOwn, write } from './storage.js';
import { createTimeline } from './timeline.js';
import { createViewer } from './viewer.js';
import { createWaiting } from './waiting.js';

/** @typedef {import('./api.js').Message} Message */
/** @typedef {import('./api.js').Own} Own */
/**
 * @typedef {object} Parts
 * @property {ReturnType<typeof import('./header.js').createHeader>} header
 * @property {ReturnType<typeof import('./header.js').createQuick>} quick
 * @property {ReturnType<typeof import('./composer.js').createComposer>} composer
 * @property {string | null} event
 * @property {(lang: import('./strings.js').Lang) => void} onLanguage
 */

/** Brings what the guest says, what the server sends and what the page shows together. */
export class Conversation {
  /** @param {Parts} parts */
  constructor(parts) {
    this.parts = parts;
    this.isReady = false;
    this.isGreeted = false;
    this.log = byId('log', HTMLElement);
    this.scroll = createScroll(this.log, byId('content', HTMLElement), byId('newer', HTMLButtonElement));
    this.viewer = createViewer(byId('viewer', HTMLDialogElement));
    this.timeline = this.createTimeline();
    this.focus = createFocus(parts.composer, this.timeline.openQuestion);
    this.waiting = createWaiting(byId('typing', HTMLElement), () => this.showQuick());
    this.session = createSession({
      onTrouble: (text) => this.showTrouble(text),
      onRenewed: () => this.restart(),
    });
    this.outbox = createOutbox(this.session, (own) => this.showOwn(own));
    this.feed = createFeed(this.session, {
      onHistory: (messages) => this.open(messages),
      onMessages: (messages) => this.receive(messages),
      onState: (state) => this.showConnection(state),
    });
    this.speech = new Speech({
      outbox: this.outbox,
      timeline: this.timeline,
      scroll: this.scroll,
      composer: parts.composer,
      last: () => this.feed.last,
      onLanguage: parts.onLanguage,
    });
  }

  createTimeline() {
    return createTimeline(byId('list', HTMLElement), {
      onZoom: this.viewer.open,
      onRetry: (own) => this.speech.retry(own),
      onEdit: (own) => this.speech.edit(own),
      onRemove: (own) => {
        this.speech.remove(own);
        this.showQuick();
      },
      onAnswer: (message, answer) => {
        this.speech.answer(message, answer);
        this.focus.answered();
      },
    });
  }

  begin() {
    onOwnFromOtherTab((list) => {
      if (this.isReady) for (const own of list) this.timeline.show(own);
    });
    this.feed.start();
  }

  /** What was said before is not read aloud; only what comes now is. @param {Message[]} messages */
  open(messages) {
    this.log.setAttribute('aria-live', 'off');
    this.timeline.add(messages);
    const first = messages[0]?.seq ?? 0;
    for (const own of readOwn()) if (own.after >= first - 1) this.speech.resume(own);
    this.isReady = true;
    document.body.dataset.ready = 'true';
    this.parts.composer.setReady();
    this.scroll.follow(null);
    this.showQuick();
    setTimeout(() => this.log.setAttribute('aria-live', 'polite'), 100);
    this.greet();
  }

  greet() {
    if (read('told') !== language()) this.speech.tellLanguage();
    const isLinked = this.parts.event !== null && !this.isGreeted;
    if (isLinked || !read('started')) this.speech.start(this.parts.event ?? '');
    this.isGreeted = true;
  }

  /** @param {Message[]} messages */
  receive(messages) {
    this.waiting.stop();
    const first = this.timeline.add(messages);
    if (first) this.scroll.reveal(first);
    this.focus.arrived();
    this.showQuick();
  }

  /** The server gave a new session, and what was on its way belonged to the old one. */
  restart() {
    for (const own of this.outbox.drain()) {
      this.timeline.remove(own.id);
      this.speech.restore(own);
    }
    this.timeline.close();
    this.showNotice(t('renewed'));
    this.feed.start();
  }

  /** Before the first answer of the server nothing can be told; `greet` makes up for it. */
  tellLanguage() {
    if (this.isReady) this.speech.tellLanguage();
  }

  /** @param {string} text */
  showNotice(text) {
    this.scroll.reveal(this.timeline.addNotice(text));
  }

  /** @param {Own} own */
  showOwn(own) {
    const isUnsent = own.state === 'failed' || own.state === 'refused';
    if (own.state === 'sent' && own.after === this.feed.last) this.waiting.start();
    if (own.hidden) {
      if (isUnsent) this.showNotice(own.note ?? t('unavailable'));
      if (own.state === 'sent') write('started', 'yes');
      return;
    }
    saveOwn(own);
    this.timeline.show(own);
    if (isUnsent) this.scroll.follow(null);
    this.showQuick();
  }

  /** @param {'online' | 'offline'} state */
  showConnection(state) {
    if (this.parts.header.show(state) && state === 'online') this.outbox.wake();
  }

  /** @param {string} text */
  showTrouble(text) {
    this.parts.header.show('offline');
    if (text) this.parts.header.explain(text);
  }

  /** The common commands would only stand in the way of an answer. */
  showQuick() {
    const isQuiet = this.isReady && this.outbox.isIdle() && !this.waiting.isOn();
    this.parts.quick.show(isQuiet && !this.timeline.openQuestion());
  }

  wake() {
    this.session.wake();
    this.outbox.wake();
    this.feed.nudge();
  }
}
