const WORD_GOES_ON = /[\p{L}\p{N}_-]/u;
const HAN = /\p{Script=Han}/u;
const SPACE = /\s*/uy;
/** What a person meant as one word: up to a space, a comma or a bracket, and Chinese apart from the rest. */
const RUN = /(?:\p{Script=Han}+|[^\s,;()\p{Script=Han}]+|[,;()])/uy;

/** Goes through a text word by word. Chinese needs no space between words; of words that fit, the longest is meant. */
export class Scanner {
  private at = 0;
  private last = '';
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** The word that was taken last. */
  get before(): string {
    return this.last;
  }

  get atEnd(): boolean {
    return this.start() >= this.text.length;
  }

  /** A place to come back to. */
  mark(): number {
    return this.at;
  }

  back(mark: number): void {
    this.at = mark;
  }

  /** The longest of some words that stands here; undefined: none does. */
  see(words: Iterable<string>): string | undefined {
    const from = this.start();
    let longest: string | undefined;
    for (const word of words)
      if (word.length > (longest?.length ?? 0) && this.stands(word, from)) longest = word;
    return longest;
  }

  take(words: Iterable<string>): string | undefined {
    const word = this.see(words);
    if (word === undefined) return undefined;
    this.at = this.start() + word.length;
    this.last = word;
    return word;
  }

  /** Whatever stands here; `''` at the end. */
  run(): string {
    RUN.lastIndex = this.start();
    const [found = ''] = RUN.exec(this.text) ?? [];
    return found;
  }

  /** Takes what `run` shows. */
  takeRun(): string {
    const found = this.run();
    this.at = this.start() + found.length;
    this.last = found;
    return found;
  }

  private start(): number {
    SPACE.lastIndex = this.at;
    return this.at + (SPACE.exec(this.text)?.[0].length ?? 0);
  }

  /** A word in letters ends where they do; one in Chinese, and a mark, wherever another begins. */
  private stands(word: string, from: number): boolean {
    if (!this.text.startsWith(word, from)) return false;
    const [end, next] = [word.at(-1) ?? '', this.text[from + word.length] ?? ''];
    return !WORD_GOES_ON.test(end) || HAN.test(end) || !WORD_GOES_ON.test(next) || HAN.test(next);
  }
}
