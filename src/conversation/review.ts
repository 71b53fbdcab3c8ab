import { choicesSeen, type Form, passed, quoted, refuse } from './answer.ts';
import { ask, reviewed } from './ask.ts';
import { chooseOne } from './choose.ts';
import { stop } from './control.ts';
import { contextOf } from './evaluate.ts';
import type { Talk } from './talk.ts';
import { TEXTS } from './texts.ts';
import type { Choice, Prompt } from './types.ts';
import { fold } from './words.ts';

const YES = [
  '确认',
  '确定',
  '提交',
  '是',
  '好',
  '好的',
  '对',
  '没问题',
  'confirm',
  'yes',
  'ok',
  'okay',
  'submit',
];
const EDIT = /^(?:修改|更改|改|change|edit)(?![a-z])[ :,]*(?<what>.*)$/u;

/** What text under a review means: a number or label, `yes`, or the name of an answer to change. */
function meant<F>(talk: Talk<F>, form: Form<F>, text: string, saw: Prompt | undefined): string | undefined {
  const choices = choicesSeen(talk, form, saw);
  const said = fold(text);
  const chosen = YES.includes(said) ? 'confirm' : chooseOne(text, choices)?.value;
  if (chosen) return chosen;
  const what = EDIT.exec(said)?.groups?.what ?? said;
  const named: Choice[] = form.at.asked.map(({ id, label }) => ({
    value: `edit:${id}`,
    label: talk.text(label),
  }));
  if (what !== '') return chooseOne(what, named)?.value;
  return EDIT.test(said) ? 'edit' : undefined;
}

/** Whether text is for the review, though it may begin with the word of a command, or be one: `change`. */
export function isForReview<F>(
  talk: Talk<F>,
  form: Form<F>,
  text: string,
  saw: Prompt | undefined,
  isWord: boolean,
): boolean {
  if (form.at.current) return false;
  const said = fold(text);
  if (isWord) return YES.includes(said) || EDIT.exec(said)?.groups?.what === '';
  return meant(talk, form, text, saw) !== undefined;
}

/** Takes what was typed under a review. */
export function reviewByText<F>(talk: Talk<F>, form: Form<F>, text: string, saw: Prompt | undefined): void {
  const value = meant(talk, form, text, saw);
  const count = choicesSeen(talk, form, undefined).length;
  if (value === 'edit') return ask(talk, talk.text(TEXTS.editWhich, { count }));
  if (value) return reviewByPress(talk, form, value, saw);
  const said = quoted(text);
  refuse(talk, form, talk.text(said === '' ? TEXTS.empty : TEXTS.reviewHint, { said, count }));
}

export function reviewByPress<F>(talk: Talk<F>, form: Form<F>, value: string, saw: Prompt | undefined): void {
  if (value === 'confirm') {
    const isSeen = saw?.about === undefined || saw.about === reviewed(form.at);
    return isSeen ? confirm(talk, form) : ask(talk, talk.text(TEXTS.reviewChanged));
  }
  if (value === 'cancel') return stop(talk);
  const editing = value.replace(/^edit:/u, '');
  if (!form.at.asked.some(({ id }) => id === editing)) return refuse(talk, form, talk.text(TEXTS.gone));
  talk.activate({ ...passed(form.run), editing });
  ask(talk);
}

function confirm<F>(talk: Talk<F>, { run, flow, at }: Form<F>): void {
  talk.activate({ ...run, state: 'performing', failures: 0 });
  talk.perform(flow.effect(contextOf(talk.facts, at)), run);
}
