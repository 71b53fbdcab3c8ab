import type { Text } from '../text/text.ts';
import {
  answerByPress,
  answerByText,
  askedId,
  changedNote,
  type Form,
  formOf,
  names,
  quoted,
  refuse,
  staleNote,
} from './answer.ts';
import { answerByFile } from './answer-file.ts';
import { ask, REVIEW, showMenu } from './ask.ts';
import { chooseOne, namedExactly, wholeNumber } from './choose.ts';
import { act, control } from './control.ts';
import { isDeadEnd } from './evaluate.ts';
import type { FileInput } from './files.ts';
import type { Book, Command } from './flow.ts';
import { admit, expire, hear, nudge } from './news.ts';
import { isForReview, reviewByPress, reviewByText } from './review.ts';
import { Talk } from './talk.ts';
import { OTHER_NAMES, TEXTS } from './texts.ts';
import type { Draft, Incoming, Prompt, Session, Turn } from './types.ts';
import { clean, commandOf, controlOf } from './words.ts';

/**
 * One turn of a conversation. Pure: the same session, incoming, facts and book give the same turn, so it can be
 * computed again after a conflict or a crash. Everything that a person can send gets at least one reply or an
 * effect whose outcome is told.
 */
export function step<F>(book: Book<F>, session: Session, incoming: Incoming, facts: F): Turn {
  return turnOf(new Talk(book, session, () => facts), incoming);
}

/** The turn of a notice: what it says is ready, whatever the facts are. The same as `step` with it and any facts. */
export function stepNotice<F>(book: Book<F>, session: Session, drafts: readonly Draft[]): Turn {
  const none = (): F => {
    throw new Error('expected a notice to be told without facts, received a look at them');
  };
  return turnOf(new Talk(book, session, none), { kind: 'notice', drafts });
}

function turnOf<F>(talk: Talk<F>, incoming: Incoming): Turn {
  const { active } = talk.session;
  if (active && !talk.flowOf(active)) talk.putAside(false);
  receive(talk, incoming);
  return talk.turn();
}

function receive<F>(talk: Talk<F>, incoming: Incoming): void {
  if (incoming.kind === 'outcome') return hear(talk, incoming.effect, incoming.outcome);
  if (incoming.kind === 'notice') return talk.tell(incoming.drafts);
  if (incoming.kind === 'fault') return admit(talk, incoming.effect);
  if (incoming.kind === 'nudge') return nudge(talk);
  if (incoming.kind === 'expire') return expire(talk);
  if (incoming.kind === 'text' && incoming.room) return room(talk, incoming.text);
  if (talk.session.active?.state === 'performing') return talk.say(talk.text(TEXTS.wait));
  if (incoming.kind === 'start') return open(talk, incoming.payload);
  if (incoming.kind === 'pick') return pick(talk, incoming.prompt, incoming.index);
  if (incoming.kind === 'file') return file(talk, incoming);
  if (incoming.kind === 'other') {
    return unasked(talk, TEXTS.noOther, TEXTS.noOtherNow, talk.text(OTHER_NAMES[incoming.what]));
  }
  text(talk, incoming.text, incoming.seen);
}

/** In a room only what everybody may read is answered, and nothing is begun. */
function room<F>(talk: Talk<F>, said: string): void {
  const called = commandOf(talk.book.commands, said, talk.context());
  const replies = called?.command.open
    ? called.command.run(called.argument, talk.context()).replies
    : undefined;
  const texts = (replies ?? []).filter(({ kind }) => kind === 'say' || kind === 'ask');
  for (const { text: answer } of texts) talk.say(answer);
  if (texts.length === 0) talk.say(talk.text(TEXTS.private));
}

/** A link that leads nowhere in particular leads to the open form. */
function open<F>(talk: Talk<F>, payload: string): void {
  const run = talk.session.active;
  if (payload === '' && run) return ask(talk, talk.text(TEXTS.resumed, { title: talk.titleOf(run) }));
  act(talk, talk.book.start(payload, talk.context()));
}

/** The newest asking among the replies that the person had; `seen` unknown: they had all. */
function askingSeen<F>({ session }: Talk<F>, seen: number | undefined): Prompt | undefined {
  return session.prompts.findLast(({ run, seq }) => run !== undefined && seq <= (seen ?? seq));
}

/** An answer belongs to the question that the person saw. */
function sawAsked<F>(talk: Talk<F>, form: Form<F>, seen: number | undefined): boolean {
  const saw = askingSeen(talk, seen);
  if (!saw) return seen === undefined;
  return isOf(saw, form);
}

/** Whether an asking is of what stands open. */
function isOf<F>(asking: Prompt, form: Form<F>): boolean {
  return asking.run === form.run.id && asking.question === askedId(form) && !asking.past;
}

function text<F>(talk: Talk<F>, said: string, seen: number | undefined): void {
  const form = formOf(talk);
  const word = controlOf(said) ?? backByZero(talk, said, seen);
  const called = commandOf(talk.book.commands, said, talk.context());
  const isWord = word !== undefined || called?.argument === '';
  if (form && isAnswer(talk, form, said, seen, isWord)) return answer(talk, form, said, seen);
  if (form && word === 'skip' && !sawAsked(talk, form, seen)) return unseen(talk, form, said);
  if (word && control(talk, word)) return;
  const named = form ? undefined : menuOrder(talk, said, seen, namedExactly);
  if (named !== undefined) return obey(talk, named);
  if (called && (!form || isCalled(talk, form, said, called)))
    return act(talk, called.command.run(called.argument, talk.context()));
  const words = form && menuWords(talk, said, seen);
  if (words !== undefined) return obey(talk, words);
  if (form) return answer(talk, form, said, seen);
  const order = menuOrder(talk, said, seen);
  if (order !== undefined) return obey(talk, order);
  showMenu(talk, clean(said) === '' ? talk.text(TEXTS.emptyNow) : undefined);
}

/** Beside a numbered menu, 0 leads back. */
function backByZero<F>(talk: Talk<F>, said: string, seen: number | undefined): 'back' | undefined {
  const numbered = (askingSeen(talk, seen)?.options.length ?? 0) > 0;
  return numbered && wholeNumber(said) === 0 ? 'back' : undefined;
}

/** A choice of the open question wins over a command; over a word alone only by its whole label. */
function isAnswer<F>(
  talk: Talk<F>,
  form: Form<F>,
  said: string,
  seen: number | undefined,
  isWord: boolean,
): boolean {
  const isSeen = sawAsked(talk, form, seen);
  if (isWord && !isSeen) return false;
  const saw = isSeen ? askingSeen(talk, seen) : undefined;
  return names(talk, form, said, saw, isWord) || isForReview(talk, form, said, saw, isWord);
}

/** Inside a form a command is heard when nothing follows it, it has its slash, or what follows it is surely its own. */
function isCalled<F>(
  talk: Talk<F>,
  form: Form<F>,
  said: string,
  { command, argument }: { command: Command<F>; argument: string },
): boolean {
  if (clean(said).startsWith('/')) return true;
  if (argument === '') return form.at.current?.kind !== 'text' || !command.yields?.(talk.context());
  return command.knows ? command.knows(argument, talk.context()) : form.at.current?.kind !== 'text';
}

function answer<F>(talk: Talk<F>, form: Form<F>, said: string, seen: number | undefined): void {
  if (!sawAsked(talk, form, seen)) return unseen(talk, form, said);
  const saw = askingSeen(talk, seen);
  const other = saw && menuAfter(talk, saw, seen)?.options[(wholeNumber(said) ?? 0) - 1];
  if (other === 'resume') return obey(talk, other);
  if (other !== undefined) return ask(talk, talk.text(TEXTS.whichNumber, { said: quoted(said) }));
  const note = saw && changedNote(talk, form, saw);
  if (note !== undefined) return again(talk, form, note);
  if (form.at.current) answerByText(talk, form, form.at.current, said, saw);
  else reviewByText(talk, form, said, saw);
}

/** Asks what is open anew, with nothing ticked: it is about something else than before. */
function again<F>(talk: Talk<F>, { run }: Form<F>, note: string): void {
  const { ticked: _ticked, meant: _meant, ...rest } = run;
  talk.activate(rest);
  ask(talk, note);
}

/** A menu that came after the question, such as a notice's: a number may mean either. */
function menuAfter<F>({ session }: Talk<F>, saw: Prompt, seen: number | undefined): Prompt | undefined {
  const newest = session.prompts.findLast(({ seq }) => seq <= (seen ?? seq));
  return newest && newest.seq > saw.seq && !newest.run ? newest : undefined;
}

function unseen<F>(talk: Talk<F>, form: Form<F>, said: string): void {
  const text = isAsked(talk, form) ? TEXTS.unseen : TEXTS.laterAnswer;
  ask(talk, isStuck(talk, form) ? undefined : talk.text(text, { said: quoted(said) }));
}

/** Whether what stands open has been asked; it has not when an event or a release changed in between. */
function isAsked<F>(talk: Talk<F>, form: Form<F>): boolean {
  const newest = askingSeen(talk, undefined);
  return newest !== undefined && isOf(newest, form);
}

function isStuck<F>(talk: Talk<F>, { at }: Form<F>): boolean {
  return at.current !== undefined && isDeadEnd(at.current, at, talk.facts);
}

/** Inside a form, the command of a menu that came after the question, by its whole label. */
function menuWords<F>(talk: Talk<F>, said: string, seen: number | undefined): string | undefined {
  const saw = askingSeen(talk, seen);
  const menu = saw && menuAfter(talk, saw, seen);
  return menu && namedExactly(said, choicesOf(menu))?.value;
}

const choicesOf = ({ options, labels = [] }: Prompt) =>
  options.map((value, i) => ({ value, label: labels[i] ?? '' }));

/** The command that a typed number or label stands for, if a menu is what the person saw last. */
function menuOrder<F>(
  { session }: Talk<F>,
  said: string,
  seen: number | undefined,
  choose = chooseOne,
): string | undefined {
  const newest = session.prompts.findLast(({ seq }) => seq <= (seen ?? seq));
  if (!newest || newest.run) return undefined;
  return choose(said, choicesOf(newest))?.value;
}

/** Does what an option of a menu stands for. It is a command wherever it is pressed, never an answer. */
function obey<F>(talk: Talk<F>, order: string): void {
  const called = commandOf(talk.book.commands, order, talk.context());
  if (called) return act(talk, called.command.run(called.argument, talk.context()));
  const word = controlOf(order);
  if (word && control(talk, word, true)) return;
  ask(talk, talk.text(TEXTS.expired));
}

function pick<F>(talk: Talk<F>, promptId: string, index: number): void {
  const prompt = talk.session.prompts.find(({ id }) => id === promptId);
  const value = prompt?.options[index];
  if (!prompt || value === undefined) return ask(talk, talk.text(TEXTS.expired));
  if (!prompt.run) return obey(talk, value);
  press(talk, prompt, value);
}

function press<F>(talk: Talk<F>, prompt: Prompt, value: string): void {
  const form = formOf(talk);
  if (!form) return showMenu(talk, talk.text(TEXTS.expired));
  if (!isOf(prompt, form)) {
    const note = isAsked(talk, form) ? staleNote(talk, form, prompt) : talk.text(TEXTS.otherFirst);
    return ask(talk, isStuck(talk, form) ? undefined : note);
  }
  const changed = changedNote(talk, form, prompt);
  if (changed !== undefined) return again(talk, form, changed);
  if (prompt.question === REVIEW || !form.at.current) reviewByPress(talk, form, value, prompt);
  else answerByPress(talk, form, form.at.current, value, prompt);
}

function file<F>(talk: Talk<F>, sent: FileInput): void {
  const form = formOf(talk);
  const question = form?.at.current;
  if (!form || question?.kind !== 'file') return unasked(talk, TEXTS.noFile, TEXTS.noFileNow, sent.name);
  if (!sawAsked(talk, form, sent.seen)) return unseen(talk, form, sent.name);
  const saw = askingSeen(talk, sent.seen);
  const note = saw && changedNote(talk, form, saw);
  if (note !== undefined) return again(talk, form, note);
  answerByFile(talk, form, question, sent);
}

/** Something that is no answer here: in a form the question is asked again, else there is the menu. */
function unasked<F>(talk: Talk<F>, inForm: Text, otherwise: Text, name: string): void {
  const form = formOf(talk);
  if (form) refuse(talk, form, talk.text(inForm, { name: quoted(name) }));
  else showMenu(talk, talk.text(otherwise, { name: quoted(name) }));
}
