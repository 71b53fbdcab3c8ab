import { fill, type Lang, type Text, type Values } from '../text/text.ts';
import { contextOf, standing } from './evaluate.ts';
import type { Book, Context, Flow } from './flow.ts';
import type { Draft, Effect, Prompt, Reply, Run, Session, Turn } from './types.ts';

const PROMPTS_KEPT = 12;
const PARKED_KEPT = 5;

type Asking = Omit<Reply, 'seq' | 'prompt'>;

/** One turn in the making: the session as it will be, and what is said and done on the way. */
export class Talk<F> {
  readonly replies: Reply[] = [];
  readonly effects: Effect[] = [];
  readonly book: Book<F>;
  session: Session;
  private readonly known: () => F;

  constructor(book: Book<F>, session: Session, known: () => F) {
    this.book = book;
    this.known = known;
    this.session = session;
  }

  get facts(): F {
    return this.known();
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

  /** What a form is called, with its answers in view: it may name what it is about. */
  titleOf(run: Run): string {
    const flow = this.flowOf(run);
    if (!flow) return '';
    const at = standing(flow, run, this.facts, this.lang);
    return flow.title(contextOf(this.facts, { ...at, lang: this.lang }));
  }

  say(text: string): void {
    this.push({ kind: 'say', text });
  }

  tell(drafts: readonly Draft[]): void {
    for (const { kind, text, choices, file } of drafts) {
      this.push(
        { kind, text, ...(choices && { choices: [...choices] }), ...(file && { file }) },
        choices && {
          options: choices.map(({ value }) => value),
          labels: choices.map(({ label }) => label),
        },
      );
    }
  }

  /**
   * Says something that can be answered by a press or a number, and remembers what its options mean. The same
   * question asked again at once with the same options is the same asking: its earlier buttons still mean it.
   * With another asking in between it is a new one, so that the newest asking a person saw is always known.
   */
  push(reply: Asking, refers?: Omit<Prompt, 'id' | 'seq'>): void {
    const seq = this.session.seq + 1;
    const last = this.session.prompts.at(-1);
    const known = last && refers && isSameAsking(last, refers) ? last : undefined;
    const prompt = known ?? (refers && { id: `p${seq.toString(36)}`, seq, ...refers });
    this.replies.push({ seq, ...reply, ...(prompt && { prompt: prompt.id }) });
    const prompts = prompt && !known ? [...this.session.prompts, prompt] : this.session.prompts;
    this.session = { ...this.session, seq, prompts: prompts.slice(-PROMPTS_KEPT) };
  }

  /** An effect of a form has the run's id, any other an id of its own. */
  perform(effect: { kind: string; input: Record<string, unknown> }, run?: Run): void {
    this.effects.push({ id: run?.id ?? this.nextId(), ...(run && { run: run.id }), ...effect });
  }

  /** Keeps an answer of a form outside of the conversation, which goes on meanwhile. */
  keepOutside(effect: { kind: string; input: Record<string, unknown> }, { id }: Run): void {
    this.effects.push({ id: this.nextId(), run: id, ...effect });
  }

  speak(lang: Lang): void {
    this.session = { ...this.session, lang };
  }

  /** The language that a person asked for: where a form has asked for it before, that answer follows. */
  chooseLanguage(lang: Lang): void {
    const follow = (run: Run): Run => {
      const asked = this.flowOf(run)?.questions ?? [];
      const ids = asked.flatMap((one) => (one.kind === 'choice' && one.setsLanguage ? [one.id] : []));
      const answered = ids.filter((id) => run.raw[id]?.kind === 'picked');
      const raw = answered.map((id) => [id, { kind: 'picked' as const, values: [lang] }]);
      return { ...run, raw: { ...run.raw, ...Object.fromEntries(raw) } };
    };
    const { active, parked } = this.session;
    this.session = {
      ...this.session,
      lang,
      ...(active && { active: follow(active) }),
      parked: parked.map(follow),
    };
  }

  /** Makes the reviews of a form whose answers have changed a thing of the past. */
  endReviews(run: Run, review: string): void {
    const prompts = this.session.prompts.map((one) =>
      one.run === run.id && one.question === review ? { ...one, past: true as const } : one,
    );
    this.session = { ...this.session, prompts };
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

  /** Keeps forms that were begun elsewhere, to be resumed. */
  park(runs: readonly Run[]): void {
    this.session = { ...this.session, parked: [...this.session.parked, ...runs].slice(-PARKED_KEPT) };
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

function isSameAsking(known: Prompt, refers: Omit<Prompt, 'id' | 'seq'>): boolean {
  const said = ({ run, question, options, labels, ticked, about, past }: typeof refers) =>
    JSON.stringify([run, question, options, labels, ticked, about, past]);
  return said(known) === said(refers);
}
