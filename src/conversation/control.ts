import { type Form, formOf, refuse, skip } from './answer.ts';
import { ask, showMenu } from './ask.ts';
import { contextOf, previous, standing } from './evaluate.ts';
import type { Action } from './flow.ts';
import type { Talk } from './talk.ts';
import { TEXTS } from './texts.ts';
import type { Run } from './types.ts';
import type { Control } from './words.ts';

/** Steers a form. Returns false when the word means nothing here, so that it can be a command. */
export function control<F>(talk: Talk<F>, word: Control): boolean {
  const form = formOf(talk);
  if (word === 'resume') {
    resume(talk);
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
  const human = talk.book.human(contextOf(talk.facts, at.answers, at.lang));
  ask(talk, `${talk.text(TEXTS.helpInForm, { title: talk.titleOf(run) })}\n${human}`);
}

function back<F>(talk: Talk<F>, form: Form<F>): void {
  const question = previous(form.at);
  if (!question) return refuse(talk, form, talk.text(TEXTS.noBack));
  const { ticked: _ticked, ...run } = form.run;
  talk.activate({ ...run, editing: question.id, failures: 0 });
  ask(talk);
}

/** Stops the active form; its answers stay for an undo. */
export function stop<F>(talk: Talk<F>): void {
  const run = talk.session.active;
  if (!run) return talk.say(talk.text(TEXTS.nothingToStop));
  const title = talk.titleOf(run);
  talk.putAside(true, true);
  talk.tell([
    {
      kind: 'card',
      text: talk.text(TEXTS.stopped, { title }),
      choices: [{ value: 'resume', label: talk.text(TEXTS.resume) }],
    },
  ]);
}

function resume<F>(talk: Talk<F>): void {
  if (talk.session.active) return ask(talk);
  const run = talk.session.parked.at(-1);
  if (!run || !talk.flowOf(run)) return showMenu(talk, talk.text(TEXTS.nothingToResume));
  const { stopped: _stopped, ...rest } = run;
  talk.session = {
    ...talk.session,
    parked: talk.session.parked.slice(0, -1),
    active: { ...rest, failures: 0 },
  };
  ask(talk, talk.text(TEXTS.resumed, { title: talk.titleOf(run) }));
}

/** Carries out what a command or a link asks for. */
export function act<F>(talk: Talk<F>, action: Action): void {
  if (action.language) talk.speak(action.language);
  if (action.replies) talk.tell(action.replies);
  if (action.effect) talk.perform(action.effect);
  if (action.start) return begin(talk, action.start.flow, action.start.raw ?? {});
  if (talk.session.active && talk.effects.length === 0) ask(talk);
}

/** Starts a form. The same form with the same preset goes on where it is; another one is put aside. */
function begin<F>(talk: Talk<F>, id: string, raw: Run['raw']): void {
  const flow = talk.book.flows[id];
  if (!flow) throw new Error(`expected a flow of the book, received "${id}"`);
  const { active } = talk.session;
  if (active?.flow === id && active.state === 'open' && sameStart(active.raw, raw)) return ask(talk);
  const run = talk.newRun(id, raw);
  const at = standing(flow, run, talk.facts, talk.lang);
  const unavailable = flow.unavailable?.(contextOf(talk.facts, at.answers, at.lang));
  if (unavailable) return talk.tell(unavailable);
  const note =
    active && Object.keys(active.raw).length > 0
      ? talk.text(TEXTS.parked, { title: talk.titleOf(active) })
      : undefined;
  talk.putAside(note !== undefined);
  talk.activate(run);
  ask(talk, note);
}

function sameStart(now: object, wanted: object): boolean {
  const known = new Map(Object.entries(now));
  return Object.entries(wanted).every(([id, raw]) => JSON.stringify(known.get(id)) === JSON.stringify(raw));
}
