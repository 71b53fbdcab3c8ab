import type { Lang } from '../text/text.ts';

/** Words that steer a form from anywhere in it. */
export const CONTROL = {
  help: { zh: ['帮助', '?'], en: ['help'] },
  back: { zh: ['返回', '上一步', '上一题'], en: ['back'] },
  skip: { zh: ['跳过', '略过'], en: ['skip'] },
  cancel: { zh: ['取消', '退出', '停止'], en: ['cancel', 'quit', 'exit', 'stop'] },
  resume: { zh: ['继续'], en: ['resume', 'continue'] },
} as const satisfies Record<string, Readonly<Record<Lang, readonly string[]>>>;
export type Control = keyof typeof CONTROL;

// Control and format characters (bidi overrides, zero-width ones), but not line breaks, nor the joiners that scripts and emoji need.
const INVISIBLE = /[[\p{Cc}\p{Cf}]--[\n\t\u200c\u200d\u{e0020}-\u{e007f}]]/gv;

/** Text as it is kept: nothing invisible, no outer space, the person's own full-width marks left alone. */
export function clean(text: string): string {
  return text.normalize('NFC').replace(INVISIBLE, '').trim();
}

/** Text as a machine reads it: full-width digits, letters and marks as their ASCII twins (NFKC). */
export function narrow(text: string): string {
  return clean(text).normalize('NFKC');
}

/** Text as it is compared: narrow, lower case, one space, no full stop at the end. */
export function fold(text: string): string {
  return narrow(text)
    .toLowerCase()
    .replace(/、/gu, ',')
    .replace(/\s+/gu, ' ')
    .replace(/[.。!]+$/u, '');
}

export function controlOf(text: string): Control | undefined {
  const word = fold(text).replace(/^\//u, '');
  for (const [control, words] of Object.entries(CONTROL)) {
    const known: readonly string[] = [...words.zh, ...words.en];
    if (known.includes(word)) return control as Control;
  }
  return undefined;
}

interface Callable<X> {
  readonly words: Readonly<Record<Lang, readonly string[]>>;
  readonly argument?: true;
  readonly means?: (said: string, c: X) => boolean;
}

/**
 * The command and what follows it. A longer word wins; an argument stands after a space, or after Chinese directly,
 * or alone where a command knows it for its own.
 */
export function commandOf<X, C extends Callable<X>>(
  commands: readonly C[],
  text: string,
  c: X,
): { readonly command: C; readonly argument: string } | undefined {
  const said = narrow(text).replace(/^\//u, '').replace(/\s+/gu, ' ');
  const meant = commands.find(({ means }) => means?.(said, c));
  if (meant) return { command: meant, argument: said };
  const folded = fold(said);
  const candidates = commands
    .flatMap((command) => [...command.words.zh, ...command.words.en].map((word) => ({ command, word })))
    .sort((a, b) => b.word.length - a.word.length);
  for (const { command, word } of candidates) {
    if (folded === word) return { command, argument: '' };
    if (!command.argument || !folded.startsWith(word)) continue;
    const rest = said.slice(word.length);
    if (/^[ :,，：]/u.test(rest) || /^\p{Script=Han}/u.test(word)) {
      return { command, argument: rest.replace(/^[ :,，：]+/u, '').trim() };
    }
  }
  return undefined;
}
