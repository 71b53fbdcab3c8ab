import type { Lang, Text } from '../text/text.ts';
import type { Choice, Draft, Effect, Outcome, Raw, Run } from './types.ts';

/** A file as an answer: `ref` is the id of the stored one. */
export interface FileAnswer {
  readonly ref: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
}

export type Answer = string | readonly string[] | FileAnswer | null;
export type Answers = Readonly<Record<string, Answer>>;

/** What a question, a command or a teller may look at. `answers` holds the valid answers before the question. */
export interface Context<F> {
  readonly facts: F;
  readonly answers: Answers;
  readonly lang: Lang;
  /** The id of the form that is looked at; absent outside of any. */
  readonly run?: string;
}

/** `meant`: what may have been meant, offered beside the question that is asked again. */
export type Parsed = { readonly ok: string } | { readonly wrong: string; readonly meant?: readonly Choice[] };

interface QuestionBase<F> {
  readonly id: string;
  /** What is asked. A function when the words depend on facts. */
  readonly ask: Text | ((c: Context<F>) => string);
  /** Its name in the review. */
  readonly label: Text;
  readonly when?: (c: Context<F>) => boolean;
  readonly optional?: boolean | ((c: Context<F>) => boolean);
  /** What an answer is about: it holds no longer once this differs, such as a consent to an earlier text. */
  readonly about?: (c: Context<F>) => string;
  /**
   * Said where what the question is about has changed since it was asked, so that the answer is not taken;
   * undefined: it is taken all the same. Without it the house says so in its own words.
   */
  readonly changedNote?: (c: Context<F>) => string | undefined;
  /** Stands for an answer while the person has given none that holds. It stands in the review, and can be changed there. */
  readonly given?: (c: Context<F>) => Raw | undefined;
  /** How an answer reads where it does not read as it is kept. */
  readonly shown?: (answer: Answer, c: Context<F>) => string | undefined;
}

export interface TextQuestion<F> extends QuestionBase<F> {
  readonly kind: 'text';
  /** Reads cleaned text; `wrong` is a sentence with an example. */
  readonly parse: (text: string, c: Context<F>) => Parsed;
  /** Answers that are offered beside typing one: a value is read as if it had been typed. */
  readonly suggests?: (c: Context<F>) => readonly Choice[];
  /** Answered by what started the form; asked only if that no longer holds, and not listed for changes. */
  readonly preset?: true;
}

export interface ChoiceQuestion<F> extends QuestionBase<F> {
  readonly kind: 'choice';
  readonly choices: (c: Context<F>) => readonly Choice[];
  /** A single choice is taken without asking, and stays taken when others join it. */
  readonly sole?: true;
  /** Answered by what started the form; asked only if that no longer holds, and not listed for changes. */
  readonly preset?: true;
  /** The answer is the language of the conversation from here on. */
  readonly setsLanguage?: true;
}

export interface MultiQuestion<F> extends QuestionBase<F> {
  readonly kind: 'multi';
  readonly choices: (c: Context<F>) => readonly Choice[];
}

export interface FileQuestion<F> extends QuestionBase<F> {
  readonly kind: 'file';
  /** MIME types that answer it; one that ends with `/` stands for all that begin so. */
  readonly accepts: readonly string[];
  /** No more than the house keeps of any file: 20 MB. */
  readonly maxBytes: number;
  /** How the accepted types are called in a sentence: “a PDF or a picture”. */
  readonly formats: Text;
}

export type Question<F> = TextQuestion<F> | ChoiceQuestion<F> | MultiQuestion<F> | FileQuestion<F>;

/** Questions that depend on facts, such as an event's own. */
export interface QuestionsFrom<F> {
  readonly kind: 'from';
  readonly questions: (c: Context<F>) => readonly Question<F>[];
}

/** A form as data: it reads like a questionnaire. */
export interface Flow<F> {
  readonly id: string;
  readonly title: (c: Context<F>) => string;
  readonly questions: readonly (Question<F> | QuestionsFrom<F>)[];
  /** Said above the answers in the review. A function when the words depend on facts. */
  readonly review: Text | ((c: Context<F>) => string);
  readonly confirm: Text;
  /** What confirming does; the run's id is the effect's. */
  readonly effect: (c: Context<F>) => { readonly kind: string; readonly input: Record<string, unknown> };
  /**
   * For answers that are kept outside of the conversation as they are given: what is done with one once it is taken.
   * The form goes on at once; its teller speaks only where there is something to say.
   */
  readonly keeps?: (
    question: string,
    c: Context<F>,
  ) => { readonly kind: string; readonly input: Record<string, unknown> } | undefined;
  /** Said when the form is left before its end, where its answers are kept elsewhere and outlive it. */
  readonly leaves?: (c: Context<F>) => string | undefined;
  /** Said instead of a question when the form makes no sense, for example when nothing is open. */
  readonly unavailable?: (c: Context<F>) => readonly Draft[] | undefined;
}

/** What a command does: any of the three. */
export interface Action {
  readonly replies?: readonly Draft[];
  readonly start?: { readonly flow: string; readonly raw?: Record<string, Raw> };
  readonly effect?: { readonly kind: string; readonly input: Record<string, unknown> };
  readonly language?: Lang;
  /** Where a form is open, this is done with it instead of all the above. */
  readonly inForm?: 'cancel';
}

/** A command: a word in either language, `/word` too, with an argument after it where `argument` allows one. */
export interface Command<F> {
  readonly id: string;
  readonly words: Readonly<Record<Lang, readonly string[]>>;
  readonly argument?: true;
  /** What it answers may be read by everybody, so it is answered in rooms too. */
  readonly open?: true;
  /** Whether an argument is surely meant for it: inside a form no other is heard, as a sentence may begin with any word. */
  readonly knows?: (argument: string, c: Context<F>) => boolean;
  /** Whether its word alone, sent where a form asks for words, is their answer: it may well be one. */
  readonly yields?: (c: Context<F>) => boolean;
  /** Whether something is meant for it though its word was left out: then all of it is the argument. */
  readonly means?: (said: string, c: Context<F>) => boolean;
  readonly run: (argument: string, c: Context<F>) => Action;
}

/**
 * What is told after an effect; `reopen` forgets those answers and goes on with the form, `start` begins one, `ends`
 * ends the form whose answer could not be kept.
 */
export interface Told {
  readonly replies: readonly Draft[];
  readonly reopen?: readonly string[];
  readonly ends?: true;
  /** Forms that were begun elsewhere; the last one is taken up. */
  readonly takeUp?: readonly Run[];
  readonly start?: NonNullable<Action['start']>;
}

/** Everything that can be said here, handed to the step function. */
export interface Book<F> {
  readonly flows: Readonly<Record<string, Flow<F>>>;
  readonly commands: readonly Command<F>[];
  /** The short menu that fits the person. Values are commands. */
  readonly menu: (c: Context<F>) => { readonly text: string; readonly choices: readonly Choice[] };
  /** Where a link leads. */
  readonly start: (payload: string, c: Context<F>) => Action;
  readonly tell: (effect: Effect, outcome: Outcome, c: Context<F>) => Told;
  /** What to do to go on with a form where none was left in this conversation; undefined: there is none anywhere. */
  readonly elsewhere?: (c: Context<F>) => Action['effect'] | undefined;
  /** What `resume` does outside of a form, before any form that was left; undefined: it means a form. */
  readonly resumes?: (c: Context<F>) => Action['effect'] | undefined;
  /** How to reach a human, said after three failures. */
  readonly human: (c: Context<F>) => string;
}
