import { fill, type Lang, type Text, type Values } from '../text/text.ts';
import type { Book, Context, Flow } from './flow.ts';
import type { Draft, Effect, Prompt, Reply, Run, Session, Turn } from './types.ts';

const PROMPTS_KEPT = 24;
const PARKED_KEPT = 5;

type Asking = Omit<Reply, 'seq' | 'prompt'>;

/** One turn in the making: the session as it will be, and what is said and done on the way. */
export class Talk<F> {
  readonly replies: Reply[] = [];
  readonly effects: Effect[] = [];
  readonly book: Book<F>;
  readonly facts: F;
  session: Session;

  constructor(book: Book<F>, session: Session, facts: F) {
    this.book = book;
    this.facts = facts;
    this.session = session;
  }

  get lang(): Lang {
    return this.session.lang;
  }

  text(text: Text, values: Values = {}): string {
    return fill(text, this.lang, values);
  }

  /** The context outside any form. */
  context(): Context<F> {
    return { facts: this.facts, answers: {}, lang: this.lang };
  }

  flowOf(run: Run): Flow<F> | undefined {
    return this.book.flows[run.flow];
  }

  titleOf(run: Run): string {
    return this.flowOf(run)?.title(this.context()) ?? '';
  }

  say(text: string): void {
    this.push({ kind: 'say', text });
  }

  tell(drafts: readonly Draft[]): void {
    for (const { kind, text, choices, file } of drafts) {
      const options = choices?.map(({ value }) => value);
      this.push(
        { kind, text, ...(choices && { choices: [...choices] }), ...(file && { file }) },
        options && { options },
      );
    }
  }

  /** Says something that can be answered by a press or a number, and remembers what its options mean. */
  push(reply: Asking, refers?: Omit<Prompt, 'id' | 'seq'>): void {
    const seq = this.session.seq + 1;
    const id = refers ? `p${seq.toString(36)}` : undefined;
    this.replies.push({ seq, ...reply, ...(id && { prompt: id }) });
    const prompts = refers && id ? [...this.session.prompts, { id, seq, ...refers }] : this.session.prompts;
    this.session = { ...this.session, seq, prompts: prompts.slice(-PROMPTS_KEPT) };
  }

  /** An effect of a form has the run's id, any other an id of its own. */
  perform(effect: { kind: string; input: Record<string, unknown> }, run?: Run): void {
    this.effects.push({ id: run?.id ?? this.nextId(), ...(run && { run: run.id }), ...effect });
  }

  speak(lang: Lang): void {
    this.session = { ...this.session, lang };
  }

  /** Puts a changed run in the place of the active one. */
  activate(run: Run): void {
    this.session = { ...this.session, active: run };
  }

  /** Takes the active run off; with `keep` it stays resumable among the latest few. */
  putAside(keep: boolean, stopped = false): void {
    const { active, ...rest } = this.session;
    const { stopped: _, ...run } = active ?? { stopped: false };
    const kept = active && keep ? [{ ...(run as Run), ...(stopped && { stopped }) }] : [];
    this.session = { ...rest, parked: [...this.session.parked, ...kept].slice(-PARKED_KEPT) };
  }

  newRun(flow: string, raw: Run['raw']): Run {
    return { id: this.nextId(), flow, raw, failures: 0, state: 'open' };
  }

  private nextId(): string {
    const runs = this.session.runs + 1;
    this.session = { ...this.session, runs };
    return `${this.session.id}.${runs}`;
  }

  turn(): Turn {
    return { session: this.session, replies: this.replies, effects: this.effects };
  }
}
