import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FileRef, Reply } from '../../../src/channels/channel.ts';
import { write } from '../../../src/channels/official-account/outgoing.ts';
import type { Seen } from '../../support/official-account-api.ts';
import { type Heard, parseDialogue, writeHeard } from '../../transcripts/dialogue.ts';
import { heardOf, normalize } from '../../transcripts/official-account-replay.ts';

const FOLDER = join(import.meta.dirname, '../../transcripts/dialogues');
const GUEST = /^(?:guest:|guest \w+:|--)/u;

const linkTo = ({ name }: FileRef) => `https://events.example/files/sealed/${encodeURIComponent(name)}`;

/** The messages of a turn as they stand in a dialogue. */
function spokenIn(lines: readonly string[]): Heard[] {
  const messages: string[][] = [];
  for (const line of lines) {
    if (line.startsWith('luyan: ')) messages.push([line.slice('luyan: '.length)]);
    else messages.at(-1)?.push(line.replace(/^ {2}/u, ''));
  }
  return messages.map((message) => {
    const choices = message.flatMap((line) => /^\[\d+\] (?<label>.*)$/u.exec(line)?.groups?.label ?? []);
    const file = message.flatMap((line) => /^\[(?<name>\S+\.\w+)\]$/u.exec(line)?.groups?.name ?? [])[0];
    const text = message.filter((line) => !/^\[(?:\d+\] .*|\S+\.\w+\])$/u.test(line)).join('\n');
    return { text, choices, ...(file !== undefined && { file }) };
  });
}

function replyOf({ text, choices, file }: Heard, i: number): Reply {
  const type = file?.endsWith('.png') ? 'image/png' : 'text/calendar';
  return {
    seq: i + 1,
    kind: choices.length > 0 ? 'ask' : 'say',
    text,
    ...(choices.length > 0 && {
      flow: 'register',
      question: 'any',
      choices: choices.map((label) => ({ value: label, label })),
    }),
    ...(file !== undefined && { file: { kind: 'ticket-qr', id: 'r', name: file, type } }),
  };
}

/** A turn's messages after they have been through WeChat. */
function through(heard: readonly Heard[], lang: 'zh' | 'en'): Heard[] {
  const seen = write(heard.map(replyOf), lang, linkTo).map(
    (message): Seen =>
      message.kind === 'text'
        ? { way: 'service', text: message.text }
        : { way: 'service', image: { name: message.file.name, bytes: new Uint8Array() } },
  );
  return heardOf(seen);
}

describe('what is sent is read as it was meant', () => {
  it.each(readdirSync(FOLDER).sort())('in %s', (name) => {
    const { chat, lang } = parseDialogue(readFileSync(join(FOLDER, name), 'utf8'));
    const read: string[] = [];
    let spoken: string[] = [];
    const close = () => {
      read.push(...through(spokenIn(spoken), lang).map(writeHeard));
      spoken = [];
    };
    for (const line of chat.split('\n')) {
      if (!GUEST.test(line)) {
        spoken.push(line);
        continue;
      }
      close();
      read.push(line);
    }
    close();
    expect(normalize(read.join('\n'))).toBe(normalize(chat));
  });

  it('where a menu or a link stands before more', () => {
    const heard: Heard[] = [
      { text: '语言？\n\n请选', choices: ['中文', 'English'] },
      { text: '日历文件', choices: [], file: 'fair 1.ics' },
      { text: '好的', choices: [] },
    ];
    expect(through(heard, 'zh')).toEqual(heard);
  });

  it('and a list that is no menu is text', () => {
    const list: Heard = { text: '日程\n\n1. 开幕\n3. 闭幕', choices: [] };
    expect(through([list], 'zh')).toEqual([list]);
  });
});
