const NEAR = 96;
const UNSEEN = 24;
const MARGIN = 16;

/**
 * Stays with the newest messages unless the guest has scrolled away to read. An answer longer than the
 * screen is shown from the words that it answers on; a button then leads down.
 * @param {HTMLElement} log @param {HTMLElement} content @param {HTMLButtonElement} button
 */
export function createScroll(log, content, button) {
  let follows = true;
  let placed = 0;
  /** @type {HTMLElement | null} */
  let anchor = null;
  // What scrolls must be reachable for the keyboard.
  log.tabIndex = 0;

  const end = () => log.scrollHeight - log.clientHeight;

  function place() {
    log.scrollTop = anchor ? Math.min(anchor.offsetTop - MARGIN, end()) : end();
    placed = log.scrollTop;
    button.hidden = end() - placed < UNSEEN;
  }

  /** @param {HTMLElement | null} from */
  function follow(from) {
    follows = true;
    anchor = from;
    place();
  }

  function noteScroll() {
    if (Math.abs(log.scrollTop - placed) < 2) return;
    anchor = null;
    follows = end() - log.scrollTop < NEAR;
    placed = log.scrollTop;
    if (follows) button.hidden = true;
  }

  log.addEventListener('scroll', noteScroll, { passive: true });
  button.addEventListener('click', () => {
    follow(null);
    log.focus({ preventScroll: true });
  });
  const observer = new ResizeObserver(() => follows && place());
  observer.observe(log);
  observer.observe(content);

  return {
    follow,
    /** @param {HTMLElement} first of what has just arrived */
    reveal(first) {
      if (follows) follow(anchor ?? first);
      else button.hidden = false;
    },
  };
}

/** Phones that lay their keyboard over the page only tell through the visual viewport. */
export function fitToKeyboard() {
  const view = window.visualViewport;
  if (!view) return;
  view.addEventListener('resize', () => {
    const isCovered = window.innerHeight - view.height > 80 && view.scale === 1;
    document.documentElement.style.setProperty('--height', isCovered ? `${view.height}px` : null);
    if (isCovered) window.scrollTo(0, 0);
  });
}
