import { botBubble, noticeLine, ownBubble, showState } from './bubble.js';
import { createChoices } from './choices.js';
import { choiceStates, comesAfter } from './order.js';

/** @typedef {import('./api.js').Message} Message */
/** @typedef {import('./api.js').Own} Own */
/** @typedef {import('./choices.js').Choices} Choices */
/** @typedef {import('./order.js').Said} Said */
/** @typedef {Said & { node: HTMLElement, choices?: Choices }} Row */
/** @typedef {import('./bubble.js').BotActions & import('./bubble.js').OwnActions &
 *   { onAnswer(message: Message, answer: import('./choices.js').Answer): void }} Actions */

const LIMIT = 500;

/**
 * Both sides of the conversation in order.
 * @param {HTMLElement} list @param {Actions} actions
 */
export function createTimeline(list, actions) {
  /** @type {Row[]} */
  let rows = [];

  /** @param {Row} row */
  function insert(row) {
    let at = rows.length;
    for (let above = rows[at - 1]; above && comesAfter(above, row); above = rows[at - 1]) at -= 1;
    const below = rows[at]?.node ?? null;
    rows.splice(at, 0, row);
    list.insertBefore(row.node, below);
    while (list.childElementCount > LIMIT) list.firstElementChild?.remove();
    while (rows[0] && !rows[0].node.isConnected) rows.shift();
  }

  /** @param {Message} message */
  function addMessage(message) {
    const { node, labelId } = botBubble(message, actions);
    /** @type {Row} */
    const row = { message, node };
    if (message.choices?.length) {
      row.choices = createChoices(message, labelId, (answer) => actions.onAnswer(message, answer));
      node.querySelector('.body')?.append(row.choices.node);
    }
    insert(row);
    return node;
  }

  function refresh() {
    const states = choiceStates(rows);
    for (const row of rows) {
      const state = 'message' in row && row.choices ? states.get(row.message) : undefined;
      if (state) row.choices?.set(state);
    }
  }

  /** @param {string} id */
  const ownRow = (id) => rows.find((row) => 'own' in row && row.own.id === id);

  return {
    /** @param {Message[]} messages @returns {HTMLElement | undefined} the first of them */
    add(messages) {
      const [first] = messages.map(addMessage);
      refresh();
      return first;
    },
    /** @param {Own} own */
    show(own) {
      let row = ownRow(own.id);
      if (!row) {
        row = { own, node: ownBubble(own) };
        insert(row);
      }
      if ('own' in row) row.own = own;
      showState(row.node, own, actions);
      refresh();
    },
    /** @param {string} id */
    nodeOf: (id) => ownRow(id)?.node ?? null,
    /** @param {string} id */
    remove(id) {
      const row = ownRow(id);
      row?.node.remove();
      rows = rows.filter((other) => other !== row);
      refresh();
    },
    /** @param {string} group @returns {Own | undefined} */
    unsentAnswer(group) {
      const row = rows.find((row) => 'own' in row && row.own.group === group && isUnsent(row.own));
      return row && 'own' in row ? row.own : undefined;
    },
    /** The question at the bottom, if it has choices that can be taken. @returns {Choices | undefined} */
    openQuestion() {
      const asked = rows.filter((row) => 'message' in row && row.message.kind !== 'card' && row.choices);
      const newest = asked.at(-1)?.choices;
      return newest?.node.dataset.open === 'true' ? newest : undefined;
    },
    /** @param {string} text */
    addNotice(text) {
      const line = noticeLine(text);
      list.append(line);
      return line;
    },
    /** A new session counts from the start again; what was said in the old one stays legible above. */
    close() {
      for (const row of rows) {
        row.choices?.set({ open: false, chosen: [] });
        row.node.querySelector('.meta')?.replaceChildren();
      }
      rows = [];
    },
  };
}

/** @param {Own} own */
function isUnsent(own) {
  return own.state === 'failed' || own.state === 'refused';
}
