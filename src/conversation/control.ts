import { type Form, formOf, leave, passed, refuse, skip } from './answer.ts';
import { ask, showMenu } from './ask.ts';
import { contextOf, previous, standing } from './evaluate.ts';
import type { Action, Flow } from './flow.ts';
import type { Talk } from './talk.ts';
import { TEXTS } from './texts.ts';
import type { Draft, Run } from './types.ts';
import type { Control } from './words.ts';

/**
 * Steers a form. Returns false when the word means nothing here, so that it can be a command. `pressed`: the word is a
 * button's, which stood under a form.
 */
export function control<F>(talk: Talk<F>, word: Control, pressed = false): boolean {
  const form = formOf(talk);
  if (word === 'resume') {
    resume(talk, form, pressed);
    return true;
  }
  if (!form) return false;
  if (word === 'help') helpInForm(talk, form);
  else if (word === 'cancel') stop(talk);
  else if (word === 'skip') skip(talk, form);
  else back(talk, form);
  return true;
}

function helpInForm<F>(talk: Talk<F>, { run, at }: Form<F>): void {
  const human = talk.book.human(contextOf(talk.facts, at));
  ask(talk, `${talk.text(TEXTS.helpInForm, { title: talk.titleOf(run) })}\n${human}`);
}

function back<F>(talk: Talk<F>, form: Form<F>): void {
  const question = previous(form.at);
  if (!question) return refuse(talk, form, talk.text(TEXTS.noBack));
  talk.activate({ ...passed(form.run), editing: question.id });
  ask(talk);
}

/** Stops the active form; its answers stay for an undo. */
export function stop<F>(talk: Talk<F>): void {
  const run = talk.session.active;
  if (!run) return showMenu(talk, talk.text(TEXTS.nothingToStop));
  const text = leftText(talk, run) ?? talk.text(TEXTS.stopped, { title: talk.titleOf(run) });
  talk.putAside(true, true);
  talk.tell([resumeCard(talk, text)]);
}

/** What is said of a form that is left, where its answers outlive it. */
export function leftText<F>(talk: Talk<F>, run: Run): string | undefined {
  const flow = talk.flowOf(run);
  return flow?.leaves?.(contextOf(talk.facts, standing(flow, run, talk.facts, talk.lang)));
}

export function resumeCard<F>(talk: Talk<F>, text: string): Draft {
  return { kind: 'card', text, choices: [{ value: 'resume', label: talk.text(TEXTS.resume) }] };
}

/** Goes on: with the open form, past a question that the person went back to, or else with the form put aside last. */
function resume<F>(talk: Talk<F>, form: Form<F> | undefined, pressed: boolean): void {
  const question = form?.at.current;
  if (form && question && question.id === form.run.editing && form.at.answers[question.id] !== undefined)
    return leave(talk, form);
  if (form) return ask(talk);
  const other = pressed ? undefined : talk.book.resumes?.(talk.context());
  if (other) return talk.perform(other);
  const run = talk.session.parked.findLast((one) => talk.flowOf(one));
  const elsewhere = run ? undefined : talk.book.elsewhere?.(talk.context());
  if (run) takeUp(talk, run);
  else if (elsewhere) talk.perform(elsewhere);
  else showMenu(talk, talk.text(TEXTS.nothingToResume));
}

/** Goes on with a form that is not active. */
export function takeUp<F>(talk: Talk<F>, run: Run): void {
  const { stopped: _stopped, ...rest } = run;
  talk.session = {
    ...talk.session,
    parked: talk.session.parked.filter(({ id }) => id !== run.id),
    active: { ...rest, failures: 0 },
  };
  ask(talk, talk.text(TEXTS.resumed, { title: talk.titleOf(run) }));
}

/** Says something and goes on with the open form, in one message where that reads well. */
export function tellAndGoOn<F>(talk: Talk<F>, drafts: readonly Draft[]): void {
  const [only, ...more] = drafts;
  const isNote = only?.kind === 'say' && more.length === 0 && !only.choices && !only.file;
  if (isNote && !only.text.includes('\n')) return ask(talk, only.text);
  talk.tell(drafts);
  ask(talk);
}

/** Carries out what a command or a link asks for. */
export function act<F>(talk: Talk<F>, action: Action): void {
  if (action.inForm === 'cancel' && formOf(talk)) return stop(talk);
  if (action.language) talk.chooseLanguage(action.language);
  if (action.effect) talk.perform(action.effect);
  const replies = action.replies ?? [];
  if (!action.start && !action.effect && (talk.session.active || replies.length === 0))
    return tellAndGoOn(talk, replies);
  talk.tell(replies);
  if (action.start) begin(talk, action.start.flow, action.start.raw ?? {});
}

/** Starts a form. The same one goes on where it is, also when it was put aside; another one is put aside. */
function begin<F>(talk: Talk<F>, id: string, raw: Run['raw']): void {
  const flow = talk.book.flows[id];
  if (!flow) throw new Error(`expected a flow of the book, received "${id}"`);
  const { active, parked } = talk.session;
  const isSame = (run: Run) => run.flow === id && run.state === 'open' && sameStart(flow, run.raw, raw);
  if (active && isSame(active)) return ask(talk);
  const known = parked.findLast((run) => !run.stopped && isSame(run));
  const run = known ?? talk.newRun(id, raw);
  const at = standing(flow, run, talk.facts, talk.lang);
  const unavailable = flow.unavailable?.(contextOf(talk.facts, at));
  if (unavailable) return active ? tellAndGoOn(talk, unavailable) : talk.tell(unavailable);
  const left = active && hasAnswers(talk, active) ? active : undefined;
  const notes = left ? [talk.text(TEXTS.parked, { title: talk.titleOf(left) })] : [];
  talk.putAside(left !== undefined);
  if (known) return takeUp(talk, known);
  talk.activate(run);
  const title = talk.titleOf(run);
  // What a link or a code led to is named with the first question; the review names it by itself.
  if (at.current && title !== flow.title(talk.context())) notes.push(title);
  ask(talk, notes.length > 0 ? notes.join('\n\n') : undefined);
}

/** Whether anything was answered that was asked: what was given with the start is soon given again. */
function hasAnswers<F>(talk: Talk<F>, run: Run): boolean {
  const flow = talk.flowOf(run);
  const at = flow && standing(flow, run, talk.facts, talk.lang);
  return at?.asked.some(({ id }) => at.answers[id] !== undefined) ?? false;
}

/** Whether a form was begun for the same thing: by its preset questions where it has any, else by all that was given. */
function sameStart<F>(flow: Flow<F>, now: Run['raw'], wanted: Run['raw']): boolean {
  const presets = flow.questions.flatMap((one) => ('preset' in one && one.preset ? [one.id] : []));
  const ids = Object.keys(wanted).filter((id) => presets.length === 0 || presets.includes(id));
  return ids.every((id) => JSON.stringify(now[id]) === JSON.stringify(wanted[id]));
}
