import { type Form, quoted, refuse } from './answer.ts';
import { ask, reviewChoices } from './ask.ts';
import { chooseOne } from './choose.ts';
import { stop } from './control.ts';
import { contextOf } from './evaluate.ts';
import type { Talk } from './talk.ts';
import { TEXTS } from './texts.ts';

/** Takes what was typed under a review: a number, or a label such as “confirm”. */
export function reviewByText<F>(talk: Talk<F>, form: Form<F>, text: string): void {
  const choices = reviewChoices(talk, form.flow, form.at);
  const chosen = chooseOne(text, choices);
  if (chosen) return reviewByPress(talk, form, chosen.value);
  const said = quoted(text);
  const why = said === '' ? TEXTS.empty : TEXTS.chooseOne;
  refuse(talk, form, talk.text(why, { said, count: choices.length }));
}

export function reviewByPress<F>(talk: Talk<F>, form: Form<F>, value: string): void {
  if (value === 'confirm') return confirm(talk, form);
  if (value === 'cancel') return stop(talk);
  const editing = value.replace(/^edit:/u, '');
  if (!form.at.asked.some(({ id }) => id === editing)) return refuse(talk, form, talk.text(TEXTS.expired));
  talk.activate({ ...form.run, editing, failures: 0 });
  ask(talk);
}

function confirm<F>(talk: Talk<F>, { run, flow, at }: Form<F>): void {
  talk.activate({ ...run, state: 'performing', failures: 0 });
  talk.perform(flow.effect(contextOf(talk.facts, at.answers, at.lang)), run);
}
