/**
 * After an answer the button that gave it can no longer hold the focus. Keyboard users go on in the message
 * box, or on the first choice of the next question unless they have begun to type. On a touch screen the
 * box must not take the focus, because that would open the keyboard over the question.
 * @param {{ input: HTMLTextAreaElement, focus(): void }} composer
 * @param {() => { focus(): void } | undefined} openQuestion
 */
export function createFocus(composer, openQuestion) {
  const coarse = window.matchMedia('(pointer: coarse)');
  let byKeyboard = false;
  let leads = false;
  document.addEventListener('keydown', () => {
    byKeyboard = true;
  });
  document.addEventListener('pointerdown', () => {
    byKeyboard = false;
    leads = false;
  });

  return {
    answered() {
      if (byKeyboard || !coarse.matches) composer.focus();
      leads = byKeyboard;
    },
    typed() {
      leads = false;
    },
    arrived() {
      const question = openQuestion();
      const isIdle = document.activeElement === composer.input && composer.input.value === '';
      if (!leads || !question || !isIdle) return;
      leads = false;
      question.focus();
    },
    toQuestion() {
      const question = openQuestion();
      question?.focus();
      return question !== undefined;
    },
  };
}
