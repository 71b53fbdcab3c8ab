import { make } from './dom.js';
import { language } from './i18n.js';
import { groupOf } from './order.js';
import { LIST_SEPARATOR } from './strings.js';

/** @typedef {import('./api.js').Message} Message */
/** @typedef {import('./api.js').Body} Body */
/** @typedef {import('./order.js').ChoiceState} ChoiceState */
/** @typedef {{ group: string, body: Body, text: string, chosen: number[] }} Answer */
/** @typedef {{ node: HTMLElement, set(state: ChoiceState): void, focus(): void }} Choices */

const LONG_LABEL = 14;

/**
 * @param {Message} message @param {string} labelId @param {(answer: Answer) => void} onAnswer
 * @returns {Choices}
 */
export function createChoices(message, labelId, onAnswer) {
  const choices = message.choices ?? [];
  const node = make('div', 'choices');
  node.setAttribute('role', 'group');
  node.setAttribute('aria-labelledby', labelId);
  const isList = message.multi || choices.some((choice) => width(choice.label) > LONG_LABEL);
  node.dataset.layout = isList ? 'list' : 'row';
  const controls = choices.map((choice, index) => {
    if (message.multi && choice.value !== 'done') return checkbox(node, choice, index);
    const isSubmit = message.multi === true;
    const take = isSubmit ? () => ticked(message, controls, index) : () => picked(message, index);
    const button = choiceButton(choice, index, isSubmit, () => onAnswer(take()));
    if (isSubmit || (message.kind === 'review' && index === 0)) button.classList.add('primary');
    node.append(button);
    return button;
  });
  node.addEventListener('keydown', (event) => moveByArrow(event, controls));
  return {
    node,
    set: (state) => show(node, controls, state),
    focus: () => controls.find((control) => !control.disabled)?.focus({ preventScroll: true }),
  };
}

/** @typedef {HTMLInputElement | HTMLButtonElement} Control */

/** @param {HTMLElement} parent @param {import('./api.js').Choice} choice @param {number} index */
function checkbox(parent, choice, index) {
  const box = make('input');
  box.type = 'checkbox';
  identify(box, choice, index);
  parent.append(make('label', 'choice', box, caption(choice, index)));
  return box;
}

/**
 * @param {import('./api.js').Choice} choice @param {number} index
 * @param {boolean} isSubmit @param {() => void} onTake
 */
function choiceButton(choice, index, isSubmit, onTake) {
  const button = make('button', 'choice', isSubmit ? label(choice) : caption(choice, index));
  button.type = 'button';
  identify(button, choice, index);
  button.addEventListener('click', onTake);
  return button;
}

/** @param {Control} control @param {import('./api.js').Choice} choice @param {number} index */
function identify(control, choice, index) {
  control.dataset.value = choice.value;
  control.dataset.index = String(index);
}

/** The number is shown because typing it answers as well. @param {import('./api.js').Choice} choice @param {number} index */
function caption(choice, index) {
  return make('span', 'caption', make('span', 'number', String(index + 1)), ' ', label(choice));
}

/** @param {import('./api.js').Choice} choice */
function label(choice) {
  const node = make('span', 'label', choice.label);
  node.dir = 'auto';
  return node;
}

/** @param {Message} message @param {number} index */
function picked(message, index) {
  const text = message.choices?.[index]?.label ?? '';
  /** @type {Body} */
  const body = message.prompt ? { pick: { prompt: message.prompt, index } } : { text };
  return { group: groupOf(message), body, text, chosen: [index] };
}

/** @param {Message} message @param {Control[]} controls @param {number} done */
function ticked(message, controls, done) {
  const chosen = controls.flatMap((control, index) =>
    'checked' in control && control.checked ? [index] : [],
  );
  if (chosen.length === 0) return picked(message, done);
  const labels = chosen.map((index) => message.choices?.[index]?.label ?? '');
  return {
    group: groupOf(message),
    body: { text: chosen.map((index) => index + 1).join(' ') },
    text: labels.join(LIST_SEPARATOR[language()]),
    chosen,
  };
}

/** @param {HTMLElement} node @param {Control[]} controls @param {ChoiceState} state */
function show(node, controls, { open, chosen }) {
  node.dataset.open = String(open);
  for (const [index, control] of controls.entries()) {
    control.disabled = !open;
    const isChosen = chosen.includes(index);
    if (control instanceof HTMLInputElement) {
      if (!open) control.checked = isChosen;
    } else {
      control.classList.toggle('chosen', isChosen);
      if (isChosen) control.setAttribute('aria-pressed', 'true');
      else control.removeAttribute('aria-pressed');
    }
  }
}

/** @param {KeyboardEvent} event @param {Control[]} controls */
function moveByArrow(event, controls) {
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  const at = controls.indexOf(/** @type {Control} */ (document.activeElement));
  if (!step || at < 0) return;
  event.preventDefault();
  controls[(at + step + controls.length) % controls.length]?.focus();
}

/** A Chinese character is twice as wide as a Latin one. @param {string} label */
function width(label) {
  let sum = 0;
  for (const char of label) sum += char > '\u2e7f' ? 2 : 1;
  return sum / 2;
}
