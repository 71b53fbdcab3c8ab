import { expect } from 'vitest';
import type { Mailbox, Reply } from '../../../../src/channels/web/ports.ts';
import { at, atOnce, cases, HARD_TEXT } from '../case.ts';

const say = (seq: number, given: Partial<Reply> = {}): Reply => ({
  seq,
  kind: 'say',
  text: `${seq}`,
  ...given,
});
const says = (from: number, to: number): Reply[] =>
  Array.from({ length: to - from + 1 }, (_, i) => say(from + i));

const A = 'web:main:a';
const B = 'web:main:b';

export const mailbox = cases<Mailbox>({
  'holds nothing while it is empty, and empty posts change nothing': async ({ port, documents }) => {
    await port.put([], at(0));
    await port.put([{ conversation: A, replies: [] }], at(0));
    expect(await port.after(A, 0, 10)).toEqual([]);
    if (documents) expect(await documents()).toEqual([]);
  },
  'gives back exactly what was put': async ({ port, twin, documents }) => {
    const replies: Reply[] = [
      say(1, { text: HARD_TEXT }),
      say(2, {
        kind: 'ask',
        flow: 'register',
        question: 'kind',
        prompt: 'a1',
        multi: true,
        choices: [
          { value: 'a', label: '甲 🎫' },
          { value: 'b', label: '' },
        ],
      }),
      say(3, { kind: 'image', file: { kind: 'ticket-qr', id: 'r', name: '票.png', type: 'image/png' } }),
    ];
    await port.put([{ conversation: A, replies }], at(0));
    expect(await twin.after(A, 0, 10)).toEqual(replies);
    const rows = await documents?.();
    if (rows) expect(rows.map((row) => row.at)).toEqual([at(0), at(0), at(0)]);
  },
  'gives the replies after a number, in order, of that conversation alone': async ({ port }) => {
    await port.put(
      [
        { conversation: A, replies: [say(3), say(1)] },
        { conversation: B, replies: [say(2, { text: 'b' })] },
      ],
      at(0),
    );
    await port.put([{ conversation: A, replies: [say(2)] }], at(1));
    expect(await port.after(A, 0, 10)).toEqual([say(1), say(2), say(3)]);
    expect(await port.after(A, 1, 10)).toEqual([say(2), say(3)]);
    expect(await port.after(A, 3, 10)).toEqual([]);
    expect(await port.after(B, 0, 10)).toEqual([say(2, { text: 'b' })]);
    expect(await port.after('unknown', 0, 10)).toEqual([]);
  },
  'gives the latest ones, in order, when there are more than asked for': async ({ port }) => {
    await port.put([{ conversation: A, replies: says(1, 30) }], at(0));
    expect((await port.after(A, 0, 3)).map(({ seq }) => seq)).toEqual([28, 29, 30]);
    expect((await port.after(A, 10, 30)).map(({ seq }) => seq)).toEqual(says(11, 30).map(({ seq }) => seq));
  },
  'answers many questions at once, each with its own': async ({ port }) => {
    await port.put(
      [
        { conversation: A, replies: says(1, 5) },
        { conversation: B, replies: says(3, 4) },
      ],
      at(0),
    );
    const found = await Promise.all([
      port.after(A, 0, 2),
      port.after(A, 3, 10),
      port.after(B, 0, 10),
      port.after(B, 4, 10),
      port.after('unknown', 0, 10),
    ]);
    expect(found.map((replies) => replies.map(({ seq }) => seq))).toEqual([[4, 5], [4, 5], [3, 4], [], []]);
  },
  'shows a reply as soon as it was put, to whoever asks next': async ({ port, twin }) => {
    for (let seq = 1; seq <= 5; seq++) {
      await port.put([{ conversation: A, replies: [say(seq)] }], at(seq));
      expect(await twin.after(A, seq - 1, 10)).toEqual([say(seq)]);
      expect(await port.after(A, seq - 1, 10)).toEqual([say(seq)]);
    }
  },
  'leaves a known reply as it is, and adds the new ones beside it': async ({ port, twin }) => {
    await port.put([{ conversation: A, replies: [say(1)] }], at(0));
    await twin.put([{ conversation: A, replies: [say(1, { text: 'again' }), say(2)] }], at(1));
    expect(await port.after(A, 0, 10)).toEqual([say(1), say(2)]);
  },
  'keeps each reply once when twenty put the same at once': async (ground) => {
    await atOnce(ground, 20, (port, i) =>
      port.put(
        [
          { conversation: A, replies: says(1, 5) },
          { conversation: B, replies: [say(i + 1)] },
        ],
        at(0),
      ),
    );
    expect(await ground.port.after(A, 0, 50)).toEqual(says(1, 5));
    expect(await ground.twin.after(B, 0, 50)).toEqual(says(1, 20));
    if (ground.documents) expect(await ground.documents()).toHaveLength(25);
  },
});
