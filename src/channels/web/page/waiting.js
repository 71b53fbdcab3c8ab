const LONGEST = 12_000;

/**
 * The dots that say that an answer is on its way.
 * @param {HTMLElement} dots @param {() => void} onChange
 */
export function createWaiting(dots, onChange) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @param {boolean} isOn */
  function turn(isOn) {
    clearTimeout(timer);
    dots.hidden = !isOn;
    if (isOn) timer = setTimeout(() => turn(false), LONGEST);
    onChange();
  }
  return { start: () => turn(true), stop: () => turn(false), isOn: () => !dots.hidden };
}
