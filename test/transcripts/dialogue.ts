import type { Lang } from '../../src/text/text.ts';
import { isScene, type SceneName } from './scenes.ts';

/** A message as the person reads it. */
export interface Heard {
  readonly text: string;
  /** Labels of what can be chosen, in order: a person answers by the number, the words or a press. */
  readonly choices: readonly string[];
  /** Name of the file that came with it. */
  readonly file?: string;
}

/**
 * One side of a chat, for whatever channel a dialogue is replayed on. Each resolves with what is heard next. A
 * channel without buttons presses by sending the label.
 */
export interface Replay {
  say(text: string): Promise<readonly Heard[]>;
  press(label: string): Promise<readonly Heard[]>;
  /** Follows a link, such as `/?event=fair`; empty: the chat itself. */
  open(payload: string): Promise<readonly Heard[]>;
  sendFile(name: string): Promise<readonly Heard[]>;
  /** Something happens elsewhere in the house. */
  meanwhile(what: string): Promise<readonly Heard[]>;
}

export const DEEDS = ['says', 'presses', 'opens', 'sends', 'meanwhile'] as const;
export type Deed = (typeof DEEDS)[number];

export interface Turn {
  readonly deed: Deed;
  readonly what: string;
}

export interface Dialogue {
  readonly title: string;
  readonly lang: Lang;
  readonly scene: SceneName;
  readonly turns: readonly Turn[];
  /** The whole chat as it stands in the file, without its head. */
  readonly chat: string;
}

const LINES: readonly (readonly [RegExp, Deed])[] = [
  [/^guest:(?<what>.*)$/u, 'says'],
  [/^guest presses: (?<what>.*)$/u, 'presses'],
  [/^guest opens: (?<what>.*)$/u, 'opens'],
  [/^guest sends: (?<what>.*)$/u, 'sends'],
  [/^-- (?<what>.*)$/u, 'meanwhile'],
];

function turnOf(line: string): Turn | undefined {
  for (const [pattern, deed] of LINES) {
    const what = pattern.exec(line)?.groups?.what;
    if (what !== undefined) return { deed, what: what.trim() };
  }
  return undefined;
}

/**
 * Reads a dialogue: a head (`# title`, `language: zh`, `scene: fair`), a blank line, then the chat. A line begins
 * with who speaks; what is indented belongs to the message above it; a choice stands with its number in brackets.
 */
export function parseDialogue(source: string): Dialogue {
  const [head = '', ...rest] = source.trim().split('\n\n');
  const chat = rest.join('\n\n');
  const field = (name: string) => new RegExp(`^${name}: (.+)$`, 'mu').exec(head)?.[1]?.trim();
  const [title, lang, scene] = [/^# (.+)$/mu.exec(head)?.[1], field('language'), field('scene')];
  if (!title || (lang !== 'zh' && lang !== 'en') || !scene || !isScene(scene))
    throw new Error(`expected a head with a title, a language and a scene, received:\n${head}`);
  const lines = chat.split('\n');
  const odd = lines.find((line) => !/^(?:$| {2}|luyan: )/u.test(line) && !turnOf(line));
  if (odd !== undefined) throw new Error(`expected a line that begins with who speaks, received: ${odd}`);
  return { title, lang, scene, turns: lines.flatMap((line) => turnOf(line) ?? []), chat };
}

const SPEECH: Readonly<Record<Deed, string>> = {
  says: 'guest:',
  presses: 'guest presses:',
  opens: 'guest opens:',
  sends: 'guest sends:',
  meanwhile: '--',
};

/** A message as it stands in a dialogue. */
export function writeHeard({ text, choices, file }: Heard): string {
  const lines = [
    ...text.split('\n'),
    ...(file === undefined ? [] : [`[${file}]`]),
    ...choices.map((label, i) => `[${i + 1}] ${label}`),
  ];
  const [first = '', ...more] = lines;
  return [`luyan: ${first}`, ...more.map((line) => (line === '' ? '' : `  ${line}`))].join('\n');
}

const TICKET = /(?:票号：|Ticket: |候补号：|Reference: )(?<ticket>[0-9A-Z]{8})/u;

/** A ticket differs from guest to guest: in a dialogue it is called `{ticket}`. */
class Ticket {
  private number: string | undefined;

  hide(chat: string): string {
    this.number ??= TICKET.exec(chat)?.groups?.ticket;
    return this.number ? chat.replaceAll(this.number, '{ticket}') : chat;
  }

  fill(what: string): string {
    return what.replaceAll('{ticket}', this.number ?? '{ticket}');
  }
}

/** Plays the guest's part and writes down the whole chat. */
export async function perform(dialogue: Pick<Dialogue, 'turns'>, replay: Replay): Promise<string> {
  const ticket = new Ticket();
  const chat: string[] = [];
  for (const { deed, what } of dialogue.turns) {
    const heard = await act(replay, deed, ticket.fill(what));
    const spoken = heard.map((one) => ticket.hide(writeHeard(one)));
    chat.push([`${SPEECH[deed]} ${what}`.trimEnd(), ...spoken].join('\n'));
  }
  return chat.join('\n');
}

function act(replay: Replay, deed: Deed, what: string): Promise<readonly Heard[]> {
  if (deed === 'says') return replay.say(what);
  if (deed === 'presses') return replay.press(what);
  if (deed === 'opens') return replay.open(what);
  if (deed === 'sends') return replay.sendFile(what);
  return replay.meanwhile(what);
}
