import {
  answerByPress,
  answerByText,
  askedId,
  type Form,
  formOf,
  quoted,
  refuse,
  staleNote,
} from './answer.ts';
import { ask, choicesOf, REVIEW, showMenu } from './ask.ts';
import { chooseMany, chooseOne } from './choose.ts';
import { act, control } from './control.ts';
import { contextOf } from './evaluate.ts';
import type { Book } from './flow.ts';
import { reviewByPress, reviewByText } from './review.ts';
import { Talk } from './talk.ts';
import { TEXTS } from './texts.ts';
import type { Draft, Effect, Incoming, Outcome, Prompt, Session, Turn } from './types.ts';
import { clean, commandOf, controlOf } from './words.ts';

/**
 * One turn of a conversation. Pure: the same session, incoming, facts and book give the same turn, so it can be
 * computed again after a conflict or a crash. Everything that a person can send gets at least one reply or an
 * effect whose outcome is told.
 */
export function step<F>(book: Book<F>, session: Session, incoming: Incoming, facts: F): Turn {
  const talk = new Talk(book, session, facts);
  if (session.active && !talk.flowOf(session.active)) talk.putAside(false);
  receive(talk, incoming);
  return talk.turn();
}

function receive<F>(talk: Talk<F>, incoming: Incoming): void {
  if (incoming.kind === 'outcome') return hear(talk, incoming.effect, incoming.outcome);
  if (incoming.kind === 'notice') return talk.tell(incoming.drafts);
  if (incoming.kind === 'fault') return talk.say(talk.text(TEXTS.fault));
  if (incoming.kind === 'nudge') return nudge(talk);
  if (incoming.kind === 'expire') return expire(talk);
  if (incoming.kind === 'start') return act(talk, talk.book.start(incoming.payload, talk.context()));
  if (talk.session.active?.state === 'performing') return talk.say(talk.text(TEXTS.wait));
  if (incoming.kind === 'pick') return pick(talk, incoming.prompt, incoming.index);
  if (incoming.kind === 'file') return file(talk, incoming.name);
  text(talk, incoming.text, incoming.seen);
}

/** An answer belongs to the question that the person saw: the newest asking among the replies they had. */
function sawAsking<F>(talk: Talk<F>, form: Form<F>, seen: number | undefined): boolean {
  if (seen === undefined) return true;
  const saw = talk.session.prompts.findLast((prompt) => prompt.seq <= seen && prompt.run !== undefined);
  return saw?.run === form.run.id && saw.question === askedId(form);
}

function text<F>(talk: Talk<F>, said: string, seen: number | undefined): void {
  const form = formOf(talk);
  const word = controlOf(said);
  if (form && said.trim() !== '' && isChoice(talk, form, said)) return answer(talk, form, said, seen);
  if (word && control(talk, word)) return;
  const called = commandOf(talk.book.commands, said);
  // Inside a form a command is heard only when nothing follows it, it has its slash, or it takes up a form: a sentence may begin with any word.
  if (
    called &&
    (!form || called.argument === '' || said.trim().startsWith('/') || form.at.current?.kind !== 'text')
  ) {
    return act(talk, called.command.run(called.argument, talk.context()));
  }
  if (form) return answer(talk, form, said, seen);
  const option = menuOption(talk, said, seen);
  if (option !== undefined) return text(talk, option, undefined);
  showMenu(talk, clean(said) === '' ? talk.text(TEXTS.empty) : undefined);
}

/** A label of the open question wins over a command of the same word. */
function isChoice<F>(talk: Talk<F>, form: Form<F>, said: string): boolean {
  const question = form.at.current;
  if (!question || question.kind === 'text') return false;
  const choices = choicesOf(question, form.at, talk.facts);
  return (question.kind === 'multi' ? chooseMany(said, choices) : chooseOne(said, choices)) !== undefined;
}

function answer<F>(talk: Talk<F>, form: Form<F>, said: string, seen: number | undefined): void {
  if (!sawAsking(talk, form, seen)) return ask(talk, talk.text(TEXTS.unseen, { said: quoted(said) }));
  if (form.at.current) answerByText(talk, form, said);
  else reviewByText(talk, form, said);
}

/** What a typed number means under the menu that the person saw last. */
function menuOption<F>(talk: Talk<F>, said: string, seen: number | undefined): string | undefined {
  const menu = talk.session.prompts.findLast((prompt) => !prompt.run && prompt.seq <= (seen ?? prompt.seq));
  const options = menu?.options.map((value) => ({ value, label: value })) ?? [];
  return chooseOne(said, options)?.value;
}

function pick<F>(talk: Talk<F>, promptId: string, index: number): void {
  const prompt = talk.session.prompts.find(({ id }) => id === promptId);
  const value = prompt?.options[index];
  if (!prompt || value === undefined) return ask(talk, talk.text(TEXTS.expired));
  if (!prompt.run) return text(talk, value, undefined);
  press(talk, prompt, value);
}

function press<F>(talk: Talk<F>, prompt: Prompt, value: string): void {
  const form = formOf(talk);
  if (!form) return showMenu(talk, talk.text(TEXTS.expired));
  const open = prompt.run === form.run.id && prompt.question === askedId(form);
  if (!open) return ask(talk, staleNote(talk, form, prompt));
  if (prompt.question === REVIEW) reviewByPress(talk, form, value);
  else answerByPress(talk, form, value);
}

function file<F>(talk: Talk<F>, name: string): void {
  const form = formOf(talk);
  if (form) refuse(talk, form, talk.text(TEXTS.noFile, { name: quoted(name) }));
  else showMenu(talk, talk.text(TEXTS.noFileNow, { name: quoted(name) }));
}

function hear<F>(talk: Talk<F>, effect: Effect, outcome: Outcome): void {
  const form = formOf(talk);
  const own = form !== undefined && effect.run === form.run.id;
  const told = talk.book.tell(
    effect,
    outcome,
    own ? contextOf(talk.facts, form.at.answers, talk.lang) : talk.context(),
  );
  if (!own) {
    talk.tell(told.replies);
    if (form) ask(talk);
    return;
  }
  if (told.reopen) return reopen(talk, form, told.replies, told.reopen);
  talk.putAside(false);
  talk.tell(told.replies);
  const parked = talk.session.parked.findLast(({ stopped }) => !stopped);
  if (parked) talk.tell([resumeCard(talk, talk.text(TEXTS.stillParked, { title: talk.titleOf(parked) }))]);
}

function reopen<F>(talk: Talk<F>, form: Form<F>, replies: readonly Draft[], forget: readonly string[]): void {
  const raw = Object.fromEntries(Object.entries(form.run.raw).filter(([id]) => !forget.includes(id)));
  talk.activate({ ...form.run, raw, state: 'open' });
  talk.tell(replies);
  ask(talk);
}

function resumeCard<F>(talk: Talk<F>, words: string) {
  return {
    kind: 'card' as const,
    text: words,
    choices: [{ value: 'resume', label: talk.text(TEXTS.resume) }],
  };
}

function nudge<F>(talk: Talk<F>): void {
  const run = talk.session.active;
  if (run?.state === 'open')
    talk.tell([resumeCard(talk, talk.text(TEXTS.nudge, { title: talk.titleOf(run) }))]);
}

function expire<F>(talk: Talk<F>): void {
  const run = talk.session.active;
  talk.session = { ...talk.session, parked: [] };
  if (run?.state !== 'open') return;
  const title = talk.titleOf(run);
  talk.putAside(false);
  talk.say(talk.text(TEXTS.gone, { title }));
}
