import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import { REVIEW } from '../../src/conversation/ask.ts';
import { step } from '../../src/conversation/step.ts';
import {
  type Effect,
  effectSchema,
  type Incoming,
  type Reply,
  replySchema,
  type Session,
  sessionSchema,
  type Turn,
} from '../../src/conversation/types.ts';
import { newSession } from '../support/talk.ts';
import { named, type ToyFacts, toy } from '../support/toy.ts';

const PEOPLES: readonly Incoming['kind'][] = ['text', 'pick', 'file', 'start'];

/** An asking as the person read it: they know the reply, we know whose it was. */
interface Asked {
  readonly seq: number;
  readonly run: string;
  readonly question: string;
  readonly prompt: string;
  readonly text: string;
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}

/** What is done is what the person read: the place in the title, and the name. */
function expectReviewed(input: Effect['input'], review: string): void {
  const place = String(input.where);
  expect([named(place, 'en').label, named(place, 'zh').label].some((label) => review.includes(label))).toBe(
    true,
  );
  expect(review).toContain(String(input.name));
}

/**
 * Sees every turn of a conversation and knows, apart from the step function, what the person was asked and had
 * seen: an answer may only land on the question that the input belongs to.
 */
export class Witness {
  session: Session = newSession();
  readonly pending: Effect[] = [];
  private readonly asked: Asked[] = [];
  private readonly buttons = new Set<string>();
  private readonly ids = new Set<string>();
  /** The reply after which the answers of a run were as they are now. */
  private readonly changed = new Map<string, number>();

  /** The question asked last, while its form is open. */
  get open(): string | undefined {
    const last = this.asked.at(-1);
    return last?.run === this.session.active?.id ? last?.question : undefined;
  }

  /** Everything that has buttons, askings and menus. */
  get prompts(): readonly string[] {
    return [...this.buttons];
  }

  get menus(): readonly string[] {
    return this.prompts.filter((id) => !this.asked.some(({ prompt }) => prompt === id));
  }

  take(incoming: Incoming, facts: ToyFacts): Turn {
    deepFreeze(this.session);
    const turn = step(toy, this.session, incoming, facts);
    expect(step(toy, this.session, incoming, facts)).toEqual(turn);
    this.checkShape(incoming, turn);
    this.checkAnswers(incoming, turn, facts);
    this.checkEffects(incoming, turn);
    this.remember(turn);
    return turn;
  }

  private checkShape(incoming: Incoming, { session, replies, effects }: Turn): void {
    sessionSchema.parse(session);
    for (const effect of effects) effectSchema.parse(effect);
    for (const [i, reply] of replies.entries()) {
      replySchema.parse(reply);
      expect(reply.seq).toBe(this.session.seq + i + 1);
      expect(reply.text).toMatch(/\S/u);
      if (reply.question !== undefined) expect(reply.prompt).toBeDefined();
    }
    expect(session.seq).toBe(this.session.seq + replies.length);
    expect(session.prompts.length).toBeLessThanOrEqual(24);
    expect(session.parked.length).toBeLessThanOrEqual(5);
    expect(session.parked.every(({ state }) => state === 'open')).toBe(true);
    if (PEOPLES.includes(incoming.kind)) expect(replies.length + effects.length).toBeGreaterThan(0);
    if (PEOPLES.includes(incoming.kind)) expect(replies.length).toBeLessThanOrEqual(2);
  }

  /** What the input belongs to: the asking it was pressed under, or the newest one that was seen. */
  private belongsTo(incoming: Incoming): Asked | undefined {
    if (incoming.kind === 'pick') return this.asked.findLast(({ prompt }) => prompt === incoming.prompt);
    if (incoming.kind !== 'text') return undefined;
    return this.asked.findLast(({ seq }) => seq <= (incoming.seen ?? seq));
  }

  private checkAnswers(incoming: Incoming, { session, effects }: Turn, facts: ToyFacts): void {
    const before = this.session.active;
    const after = session.active;
    if (!before || !after || before.id !== after.id) return;
    const to = this.belongsTo(incoming);
    for (const id of new Set([...Object.keys(before.raw), ...Object.keys(after.raw)])) {
      const [old, now] = [before.raw[id], after.raw[id]];
      if (isDeepStrictEqual(old, now)) continue;
      const isSole = id === 'where' && !old && facts.trips.length === 1;
      const isReopened = incoming.kind === 'outcome' && id === 'travel' && !now;
      const isSwitched = id === 'tongue' && effects.some(({ kind }) => kind === 'set-language');
      if (isSole || isReopened || isSwitched) continue;
      expect({ run: to?.run, question: to?.question }).toEqual({ run: after.id, question: id });
    }
  }

  private checkEffects(incoming: Incoming, { session, effects }: Turn): void {
    expect(effects.length).toBeLessThanOrEqual(1);
    const open = this.pending.filter(({ id }) => incoming.kind !== 'outcome' || id !== incoming.effect.id);
    for (const { id, run, kind, input } of effects) {
      expect(open.map((one) => one.id)).not.toContain(id);
      if (run === undefined) {
        expect(this.ids.has(id)).toBe(false);
        continue;
      }
      expect(id).toBe(run);
      expect(session.active).toMatchObject({ id: run, state: 'performing' });
      const to = this.belongsTo(incoming);
      expect({ run: to?.run, question: to?.question }).toEqual({ run, question: REVIEW });
      expect(to?.seq).toBeGreaterThan(this.changed.get(run) ?? 0);
      if (kind === 'book-trip') expectReviewed(input, to?.text ?? '');
    }
  }

  private remember({ session, replies, effects }: Turn): void {
    const before = this.session.active;
    const after = session.active;
    if (after && !isDeepStrictEqual(before?.id === after.id ? before.raw : {}, after.raw))
      this.changed.set(after.id, this.session.seq);
    for (const reply of replies) this.rememberAsking(reply, session);
    for (const effect of effects) this.ids.add(effect.id);
    this.pending.push(...effects);
    this.session = session;
  }

  private rememberAsking({ seq, question, prompt, text }: Reply, session: Session): void {
    if (prompt !== undefined) this.buttons.add(prompt);
    if (question === undefined || prompt === undefined) return;
    const run = session.prompts.find(({ id }) => id === prompt)?.run;
    if (run === undefined) throw new Error(`expected the asking ${prompt} to be of a form`);
    this.asked.push({ seq, run, question, prompt, text });
  }
}
