import { type Audience, type Condition, canonicalJson, type Leaf } from '../src/domain/audience.ts';
import type { Event } from '../src/domain/event.ts';
import type { Lang } from '../src/text/text.ts';
import { parseAudience } from './audience.ts';
import { AND, ASKING, NOT, OFFICE, OR, PLAIN, ROLE, ROLE_NAMES, TICKETS } from './audience-words.ts';

/**
 * An audience as an organizer could have typed it, so that it can be changed. undefined: no words mean it any more,
 * such as those of a session that is gone.
 */
export function writeAudience(audience: Audience, event: Event, lang: Lang): string | undefined {
  const texts = [false, true].map((isSafe) => new Writer(event, lang, isSafe).audience(audience));
  return texts.find((text) => {
    const read = parseAudience(text, event, lang);
    return 'audience' in read && canonicalJson(read.audience) === canonicalJson(audience);
  });
}

class Writer {
  private readonly event: Event;
  private readonly lang: Lang;
  /** In brackets each, so that nothing depends on what joins closer. */
  private readonly isSafe: boolean;

  constructor(event: Event, lang: Lang, isSafe: boolean) {
    this.event = event;
    this.lang = lang;
    this.isSafe = isSafe;
  }

  audience({ source, where }: Audience): string {
    const from = this.source(source);
    const isEverybody = 'all' in where && where.all.length === 0;
    const said = from !== '' && isEverybody ? [] : [this.condition(where)];
    return [from, ...said].filter((part) => part !== '').join(` ${this.joint(AND)} `);
  }

  private source(source: Audience['source']): string {
    const word = ({ zh, en }: typeof OFFICE) => (this.lang === 'zh' ? zh : en)[0] ?? '';
    if (source.kind === 'office') return word(OFFICE);
    if (source.kind === 'tickets') return [word(TICKETS), ...source.tickets].join(' ');
    if (source.kind !== 'roles') return '';
    const roles = source.roles.map((role) => ROLE_NAMES[role][this.lang]);
    return [word(ROLE), roles.join(` ${this.joint(OR)} `)].join(' ');
  }

  private condition(where: Condition): string {
    if ('not' in where) return [this.joint(NOT), this.part(where.not)].join(' ');
    if ('all' in where) return this.joined(where.all, AND) ?? this.everybody();
    if ('any' in where) return this.joined(where.any, OR) ?? [this.joint(NOT), this.everybody()].join(' ');
    return this.leaf(where);
  }

  private joined(parts: readonly Condition[], by: readonly string[]): string | undefined {
    if (parts.length === 0) return undefined;
    return parts.map((part) => this.part(part)).join(` ${this.joint(by)} `);
  }

  /** A condition within another one. */
  private part(where: Condition): string {
    const isGroup = 'all' in where || 'any' in where || this.isSeveral(where);
    return isGroup || this.isSafe ? `(${this.condition(where)})` : this.condition(where);
  }

  /** Whether a leaf has to be written as several. */
  private isSeveral(where: Condition): boolean {
    if ('state' in where) return where.state.length > 1;
    return 'project' in where && where.project.length > 1;
  }

  private everybody(): string {
    return this.leaf({ all: [] });
  }

  /** The first word of a kind in the organizer's language; the English ones stand first. */
  private joint(words: readonly string[]): string {
    const isOwn = (word: string) => /\p{Script=Han}/u.test(word) === (this.lang === 'zh');
    return words.find(isOwn) ?? words[0] ?? '';
  }

  private leaf(where: Leaf | { readonly all: readonly [] }): string {
    if ('state' in where && where.state.length > 1)
      return this.condition({ any: where.state.map((one) => ({ state: [one] })) });
    if ('project' in where && where.project.length > 1)
      return this.condition({ any: where.project.map((one) => ({ project: [one] })) });
    const wanted = JSON.stringify(where);
    const isIt = (one: { readonly where: Condition }) => JSON.stringify(one.where) === wanted;
    const plain = PLAIN.find(isIt);
    if (plain) return plain.words[this.lang][0] ?? '';
    for (const { words, options } of ASKING) {
      const option = options(this.event).find(isIt);
      if (option) return [words[this.lang][0] ?? '', option.name[this.lang]].join(' ');
    }
    return '';
  }
}
