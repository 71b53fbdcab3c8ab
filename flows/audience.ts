import type { Role } from '../src/domain/access.ts';
import {
  type Audience,
  audienceSchema,
  type Condition,
  EVERYBODY,
  MAX_TICKETS,
  needsProjects,
  type Source,
  simplify,
  ticketSchema,
} from '../src/domain/audience.ts';
import type { Event } from '../src/domain/event.ts';
import { fill, type Lang, list, type Text, type Values } from '../src/text/text.ts';
import { Scanner } from './audience-scanner.ts';
import { PROBLEMS } from './audience-texts.ts';
import {
  AND,
  ASKING,
  type Asking,
  NOT,
  OFFICE,
  OR,
  optionsByWord,
  PLAIN,
  ROLE,
  ROLE_NAMES,
  ROLE_WORDS,
  readable,
  TICKETS,
  type Words,
} from './audience-words.ts';

const inBoth = ({ zh, en }: Words): readonly string[] => [...zh, ...en];

const PLAIN_WORDS = new Map(PLAIN.flatMap(({ words, where }) => inBoth(words).map((word) => [word, where])));
const ASKING_WORDS = new Map(ASKING.flatMap((one) => inBoth(one.words).map((word) => [word, one])));
const SOURCE_WORDS = [TICKETS, ROLE, OFFICE].flatMap(inBoth);
const KEYWORDS = [...PLAIN_WORDS.keys(), ...ASKING_WORDS.keys(), ...SOURCE_WORDS, '('];
const COMMAS = [',', ';'];
const COLONS = [':', '='];
/** Deeper than any condition that is accepted, and far from deep enough to be harmful. */
const BRACKETS_MAX = 20;
const OPTIONS_NAMED = 20;
const WORD_NAMED = 30;

export type Parsed = { readonly audience: Audience } | { readonly problem: string };

/**
 * Reads who a notice goes to, as an organizer writes it in either language: `onsite and not (language en)`,
 * `现场 且 非 语言 英文`. A source may stand first (`tickets …`, `role organizer`, `past guests`); otherwise it is the
 * guests of this event, and its teams too where something is said of projects. A comma joins more loosely than `or`, and `or` more loosely than `and`. What is not
 * understood comes back as a sentence in the organizer's language, with what is, and an example.
 */
export function parseAudience(text: string, event: Event, lang: Lang): Parsed {
  const reader = new Reader(text, event, lang);
  const audience = reader.audience();
  if (reader.problem !== undefined) return { problem: reader.problem };
  const checked = audienceSchema.safeParse(audience);
  return checked.success ? { audience: checked.data } : { problem: PROBLEMS.tooMuch[lang] };
}

class Reader {
  /** The first thing that was not understood; what is read after it means nothing. */
  problem: string | undefined;
  private depth = 0;
  private readonly scan: Scanner;
  private readonly event: Event;
  private readonly lang: Lang;

  constructor(text: string, event: Event, lang: Lang) {
    this.scan = new Scanner(readable(text));
    this.event = event;
    this.lang = lang;
  }

  audience(): Audience {
    if (this.scan.atEnd) this.stop(PROBLEMS.empty);
    const source = this.source();
    const isNamed = source.kind !== 'event';
    if (isNamed) this.comma();
    if (isNamed) this.scan.take(AND);
    const where = isNamed && this.scan.atEnd ? EVERYBODY : this.sentence();
    if (!this.scan.atEnd) this.stop(PROBLEMS.brackets);
    const simple = simplify(where);
    // Many in a team never register as guests.
    const isOfTeams = source.kind === 'event' && needsProjects(simple);
    return { source: isOfTeams ? { kind: 'members', event: source.event } : source, where: simple };
  }

  private source(): Source {
    const { office, id } = this.event;
    if (this.scan.take(inBoth(OFFICE))) return { kind: 'office', office };
    if (this.scan.take(inBoth(TICKETS))) return { kind: 'tickets', tickets: this.tickets() };
    if (this.scan.take(inBoth(ROLE))) return { kind: 'roles', roles: this.roles(), office };
    return { kind: 'event', event: id };
  }

  private tickets(): string[] {
    const tickets: string[] = [];
    this.scan.take(COLONS);
    while (this.problem === undefined) {
      while (this.scan.take(COMMAS));
      if (tickets.length > 0 && (this.scan.atEnd || this.scan.see(AND))) break;
      if (this.scan.atEnd) this.unfinished();
      const word = this.scan.takeRun();
      const ticket = ticketSchema.safeParse(ticketAsStored(word));
      if (!ticket.success) this.stop(PROBLEMS.ticket, { word: shown(word) });
      else tickets.push(ticket.data);
    }
    const once = [...new Set(tickets)];
    if (once.length > MAX_TICKETS) this.stop(PROBLEMS.manyTickets, { max: MAX_TICKETS });
    return once;
  }

  private roles(): Role[] {
    this.scan.take(COLONS);
    const roles = new Set<Role>();
    for (let end = this.scan.mark(); ; end = this.scan.mark()) {
      const joined = roles.size === 0 || this.joint() !== undefined;
      const role = joined && ROLE_WORDS.get(this.scan.take(ROLE_WORDS.keys()) ?? '');
      if (role) roles.add(role);
      else {
        this.scan.back(end);
        if (roles.size === 0) this.wrongOption(ROLE, Object.values(ROLE_NAMES));
        return [...roles];
      }
    }
  }

  /** What commas join. */
  private sentence(): Condition {
    const parts = [this.alternatives()];
    while (this.comma()) {
      this.scan.take(AND);
      parts.push(this.alternatives());
    }
    return { all: parts };
  }

  private alternatives(): Condition {
    const parts = [this.conjunction()];
    while (this.joint(['or'])) parts.push(this.conjunction());
    return { any: parts };
  }

  /** Conditions side by side are joined as by `and`. */
  private conjunction(): Condition {
    const parts = [this.single()];
    while (this.scan.take(AND) || this.goesOn()) parts.push(this.single());
    return { all: parts };
  }

  private goesOn(): boolean {
    return !this.scan.atEnd && this.scan.see([...COMMAS, ...OR, ')']) === undefined;
  }

  private single(): Condition {
    let yes = true;
    while (this.negates()) yes = !yes;
    const where = this.operand();
    return yes ? where : { not: where };
  }

  /** Takes a `not`, unless it is the beginning of a longer word such as 未通过. */
  private negates(): boolean {
    const not = this.scan.see(NOT);
    const keyword = this.scan.see(KEYWORDS);
    return not !== undefined && not.length > (keyword?.length ?? 0) && this.scan.take([not]) !== undefined;
  }

  private operand(): Condition {
    if (this.scan.atEnd) return this.unfinished();
    const word = this.scan.take(KEYWORDS);
    if (word === undefined) return this.stop(PROBLEMS.unknown, { word: shown(this.scan.run()) });
    if (word === '(') return this.bracketed();
    const asking = ASKING_WORDS.get(word);
    if (asking) return this.asked(asking);
    return PLAIN_WORDS.get(word) ?? this.stop(PROBLEMS.sourceFirst, { word });
  }

  private bracketed(): Condition {
    if (++this.depth > BRACKETS_MAX) return this.stop(PROBLEMS.tooMuch);
    const inner = this.sentence();
    this.depth--;
    return this.scan.take([')']) ? inner : this.stop(PROBLEMS.brackets);
  }

  /** One option or several: `session opening or roadshow`, `类型 企业、投资机构`. */
  private asked(asking: Asking): Condition {
    this.scan.take(COLONS);
    const options = asking.options(this.event);
    const byWord = optionsByWord(options);
    if (options.length === 0) return this.stop(PROBLEMS.noOptions, { keyword: this.nameOf(asking.words) });
    const first = byWord.get(this.scan.take(byWord.keys()) ?? '');
    if (!first)
      return this.wrongOption(
        asking.words,
        options.map(({ name }) => name),
      );
    const parts = [first];
    let group: 'all' | 'any' | undefined;
    for (let end = this.scan.mark(); ; end = this.scan.mark()) {
      const joint = this.joint();
      const joins = asking.single || joint !== 'and' ? 'any' : 'all';
      const next = joint && (group ?? joins) === joins ? this.furtherOption(byWord) : undefined;
      if (!next) {
        this.scan.back(end);
        return group === 'all' ? { all: parts } : { any: parts };
      }
      parts.push(next);
      group = joins;
    }
  }

  /** Another option, unless a condition of its own begins here. */
  private furtherOption(byWord: ReadonlyMap<string, Condition>): Condition | undefined {
    const keyword = this.scan.see([...KEYWORDS, ...NOT]);
    const word = this.scan.see(byWord.keys());
    if (word === undefined || (keyword !== undefined && keyword.length >= word.length)) return undefined;
    return byWord.get(this.scan.take([word]) ?? '');
  }

  /** What joins two things, a comma before the word included. */
  private joint(wanted: readonly ('and' | 'or' | 'comma')[] = ['and', 'or', 'comma']) {
    const start = this.scan.mark();
    const comma = this.scan.take(COMMAS);
    const found = this.scan.take(OR) ? 'or' : this.scan.take(AND) ? 'and' : comma ? 'comma' : undefined;
    if (found && wanted.includes(found)) return found;
    this.scan.back(start);
    return undefined;
  }

  /** Takes commas that something follows. */
  private comma(): boolean {
    let some = false;
    while (this.scan.take(COMMAS)) some = true;
    return some && !this.scan.atEnd && this.scan.see([')']) === undefined;
  }

  private wrongOption(asked: Words, known: readonly Text[]): Condition {
    if (this.scan.atEnd) return this.unfinished();
    const names = [...new Set(known.map((name) => name[this.lang]))].slice(0, OPTIONS_NAMED);
    return this.stop(PROBLEMS.option, {
      keyword: this.nameOf(asked),
      word: shown(this.scan.run()),
      options: list(names, this.lang),
      example: names[0] ?? '',
    });
  }

  /** What an asking word is called in the organizer's language. */
  private nameOf(words: Words): string {
    return words[this.lang][0] ?? '';
  }

  private unfinished(): Condition {
    return this.stop(PROBLEMS.unfinished, { word: shown(this.scan.before) });
  }

  /** Keeps the first problem, and leaves nothing to be read. */
  private stop(text: Text, values: Values = {}): Condition {
    this.problem ??= fill(text, this.lang, values);
    this.scan.back(Number.POSITIVE_INFINITY);
    return EVERYBODY;
  }
}

/** Case, dashes and letters that look like digits are forgiven. */
function ticketAsStored(word: string): string {
  return word.toUpperCase().replace(/-/gu, '').replace(/O/gu, '0').replace(/[IL]/gu, '1');
}

const shown = (word: string): string => (word.length > WORD_NAMED ? `${word.slice(0, WORD_NAMED)}…` : word);
