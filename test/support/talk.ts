import type { Book } from '../../src/conversation/flow.ts';
import { step } from '../../src/conversation/step.ts';
import type {
  Draft,
  Effect,
  Incoming,
  Input,
  Outcome,
  Prompt,
  Reply,
  Run,
  Session,
} from '../../src/conversation/types.ts';
import type { Lang } from '../../src/text/text.ts';

export function newSession(lang: Lang = 'en', id = 'chat'): Session {
  return { id, lang, seq: 0, runs: 0, parked: [], prompts: [] };
}

/**
 * A chat with the pure step function: what is said changes the session, what is heard is kept. Facts can be
 * changed and the book replaced in between, as a new release or an organizer would.
 */
export class Chat<F> {
  book: Book<F>;
  facts: F;
  session: Session;
  readonly heard: Reply[] = [];
  readonly effects: Effect[] = [];

  constructor(book: Book<F>, facts: F, lang: Lang = 'en') {
    this.book = book;
    this.facts = facts;
    this.session = newSession(lang);
  }

  take(incoming: Incoming): readonly Reply[] {
    const turn = step(this.book, this.session, incoming, this.facts);
    this.session = turn.session;
    this.heard.push(...turn.replies);
    this.effects.push(...turn.effects);
    return turn.replies;
  }

  say(text: string, seen?: number): readonly Reply[] {
    return this.take({ kind: 'text', text, ...(seen !== undefined && { seen }) });
  }

  open(payload = ''): readonly Reply[] {
    return this.take({ kind: 'start', payload });
  }

  sendFile(name = 'plan.pdf', given: Partial<Extract<Input, { kind: 'file' }>> = {}): readonly Reply[] {
    return this.take({ kind: 'file', name, type: 'application/pdf', size: 8, ...given });
  }

  notice(...drafts: Draft[]): readonly Reply[] {
    return this.take({ kind: 'notice', drafts });
  }

  /** Presses the choice of this value or label under the newest reply that has it, or under the given one. */
  press(wanted: string, reply: Reply = this.withChoice(wanted)): readonly Reply[] {
    const index = reply.choices?.findIndex(({ value, label }) => value === wanted || label === wanted) ?? -1;
    return this.take(pickOf(reply, index));
  }

  private withChoice(wanted: string): Reply {
    const found = this.heard.findLast(({ choices }) =>
      choices?.some(({ value, label }) => value === wanted || label === wanted),
    );
    if (!found) throw new Error(`expected a choice "${wanted}", heard ${JSON.stringify(this.last)}`);
    return found;
  }

  /** The effect that is under way ends so. */
  ends(outcome: Outcome = { ok: true, data: null }): readonly Reply[] {
    const effect = this.effects.at(-1);
    if (!effect) throw new Error('expected an effect, there was none');
    return this.take({ kind: 'outcome', effect, outcome });
  }

  get last(): Reply {
    const last = this.heard.at(-1);
    if (!last) throw new Error('expected to have heard something, received nothing');
    return last;
  }

  /** The question that stands open: the one asked last. */
  get question(): string | undefined {
    return this.last.question;
  }

  get active(): Run {
    if (!this.session.active) throw new Error('expected an open form, there is none');
    return this.session.active;
  }

  /** The raw answers of the open form, each as the words or values that were given. */
  get answers(): Record<string, string | readonly string[] | null> {
    const given = Object.entries(this.active.raw).map(([id, raw]) => [
      id,
      raw.kind === 'text'
        ? raw.text
        : raw.kind === 'picked'
          ? raw.values
          : raw.kind === 'file'
            ? raw.ref
            : null,
    ]);
    return Object.fromEntries(given);
  }

  get labels(): readonly string[] {
    return this.last.choices?.map(({ label }) => label) ?? [];
  }

  prompt(id: string | undefined): Prompt | undefined {
    return this.session.prompts.find((prompt) => prompt.id === id);
  }
}

export function pickOf(reply: Reply, index: number): Input {
  if (reply.prompt === undefined) throw new Error(`expected a prompt, received ${JSON.stringify(reply)}`);
  return { kind: 'pick', prompt: reply.prompt, index };
}
