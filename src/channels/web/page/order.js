/** @typedef {import('./api.js').Message} Message */
/** @typedef {import('./api.js').Own} Own */
/** @typedef {{ message: Message } | { own: Own }} Said */
/** @typedef {{ open: boolean, chosen: number[] }} ChoiceState */

/** The name under which an answer remembers the choices that it answers. @param {Message} message */
export function groupOf(message) {
  return message.prompt ?? `seq ${message.seq}`;
}

/** @param {Said} a @param {Said} b whether `a` belongs below `b` */
export function comesAfter(a, b) {
  const [left, right] = [place(a), place(b)];
  if (left !== right) return left > right;
  if ('own' in a && 'own' in b) return a.own.at > b.own.at;
  return 'own' in a && 'message' in b;
}

/** @param {Said} said */
function place(said) {
  return 'own' in said ? said.own.after : said.message.seq;
}

/**
 * Which buttons can still be used. A question is over when a newer one stands below it, when one of its
 * choices was taken, or when the bot answered something else the guest said. A notice that merely arrives
 * does not end a question, and the buttons of a notice stay.
 * @param {Said[]} conversation in order
 * @returns {Map<Message, ChoiceState>}
 */
export function choiceStates(conversation) {
  /** @type {Map<Message, ChoiceState>} */
  const states = new Map();
  /** @type {Map<string, Own>} */
  const answers = new Map();
  let replied = false;
  let over = false;
  for (const said of [...conversation].reverse()) {
    if ('own' in said) {
      over ||= replied;
      if (said.own.group && isStanding(said.own) && !answers.has(said.own.group)) {
        answers.set(said.own.group, said.own);
      }
      continue;
    }
    const { message } = said;
    const isCard = message.kind === 'card';
    if (message.choices?.length) {
      const answer = answers.get(groupOf(message));
      answers.delete(groupOf(message));
      const open = isCard ? !answer || answer.state === 'sent' : !answer && !over;
      states.set(message, { open, chosen: answer?.chosen ?? [] });
    }
    replied ||= !isCard;
    over ||= message.kind === 'ask' || message.kind === 'review';
  }
  return states;
}

/** An answer that did not leave can be given again. @param {Own} own */
function isStanding(own) {
  return own.state !== 'failed' && own.state !== 'refused';
}
