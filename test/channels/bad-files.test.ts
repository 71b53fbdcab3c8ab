import { RateLimiterMemory } from 'rate-limiter-flexible';
import { describe, expect, it } from 'vitest';
import type { FileInput, Input } from '../../src/channels/channel.ts';
import { Mail } from '../../src/channels/web/mail.ts';
import { webRoutes } from '../../src/channels/web/routes.ts';
import { proofs } from '../../src/channels/web/token.ts';
import { visitorDoor } from '../../src/channels/web/visitors.ts';
import type { FileQuestion } from '../../src/conversation/flow.ts';
import { FILE_MAX_BYTES } from '../../src/domain/file.ts';
import { fileKeeper } from '../../src/wiring/files.ts';
import { memoryFiles } from '../support/memory-files.ts';
import { Chat } from '../support/talk.ts';
import { TOY_FACTS, type ToyFacts, toy } from '../support/toy.ts';
import { officeFile, zipOf } from '../support/zip.ts';
import { TestClock } from '../usecases/house.ts';
import { FakeFront, openBot } from './telegram/bot.ts';

const MEGABYTE = 1024 * 1024;
const deck: FileQuestion<ToyFacts> = {
  id: 'deck',
  kind: 'file',
  ask: { zh: '请发送路演材料。', en: 'Please send your deck.' },
  label: { zh: '路演材料', en: 'Deck' },
  accepts: ['application/'],
  maxBytes: FILE_MAX_BYTES,
  formats: { zh: 'PPT 或 PDF', en: 'slides or a PDF' },
};

/** What a form that asks for a deck says to an input. */
function answerTo(input: Input | undefined, lang: 'zh' | 'en'): string {
  if (input?.kind !== 'file') throw new Error(`expected a file, received ${input?.kind}`);
  const chat = new Chat<ToyFacts>(toy, { ...TOY_FACTS, extra: [deck] }, lang);
  const language = lang === 'zh' ? '中文' : 'English';
  for (const said of ['/trip', language, 'Ann', '3', '1', 'skip']) chat.say(said);
  expect(chat.question).toBe('deck');
  return chat.take(input)[0]?.text ?? '';
}

const keeper = () =>
  fileKeeper({ files: memoryFiles(), clock: new TestClock(), guard: (work) => work(), fault: () => {} });

/** What arrives when a visitor of the web chat sends a file, its name as it is in the form. */
async function byWeb(name: string, bytes: Uint8Array): Promise<Input | undefined> {
  const [clock, sealed] = [new TestClock(), proofs('a secret that only this test knows, long enough')];
  const inputs: Input[] = [];
  const points = () => new RateLimiterMemory({ points: 1_000, duration: 1 });
  const routes = webRoutes({
    house: {
      now: () => clock.now(),
      welcome: async () => 'p',
      accept: async ({ input }) => void inputs.push(input),
      keep: keeper(),
      openFile: async () => undefined,
    },
    mail: new Mail({ put: async () => {}, after: async () => [] }, () => clock.now()),
    proofs: sealed,
    door: visitorDoor(sealed, 'en'),
    limits: { messages: points(), visitors: points() },
  });
  const head = `--a-boundary-of-this-test\r\nContent-Disposition: form-data; name="id"\r\n\r\nm1\r\n--a-boundary-of-this-test\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/pdf\r\n\r\n`;
  const body = Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n--a-boundary-of-this-test--\r\n')]);
  const headers = {
    authorization: `Bearer ${sealed.newVisitor().token}`,
    'content-type': 'multipart/form-data; boundary=a-boundary-of-this-test',
  };
  await routes.request('/api/chat/messages', { method: 'POST', headers, body });
  return inputs[0];
}

async function byTelegram(name: string, bytes: Uint8Array): Promise<Input | undefined> {
  const front = new FakeFront();
  front.keep = keeper();
  const bot = await openBot({}, undefined, front);
  try {
    await bot.channel.start();
    bot.api.person().sendsDocument(name, Buffer.from(bytes));
    await bot.api.taken();
    return front.accepted[0]?.input;
  } finally {
    await bot.close();
  }
}

const PROGRAM = Buffer.from('MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff', 'latin1');
const BOMB = zipOf([{ name: 'a.txt', bytes: Buffer.alloc(60 * MEGABYTE), deflated: true }]);
const MACROS = officeFile('sheet', [{ name: 'xl/vbaProject.bin', bytes: Buffer.from('VBA') }]);
const CASES: readonly (readonly [string, string, Uint8Array, string, string])[] = [
  [
    'a program named .pdf',
    'deck.pdf',
    PROGRAM,
    'programs and files with macros are not taken',
    '是程序或含有宏',
  ],
  ['a zip bomb', 'deck.pptx', BOMB, 'would unpack to far too much', '解压后过大'],
  ['an office file with macros', 'deck.pptx', MACROS, 'files with macros are not taken', '是程序或含有宏'],
  ['a file of 0 bytes', 'deck.pdf', new Uint8Array(0), 'is empty and was not kept', '是空的，没有保存'],
  [
    'a file of the wrong kind',
    'deck.pdf',
    Buffer.from('just text'),
    'holds something else',
    '内容与扩展名不符',
  ],
];

describe.each([
  ['the web chat', byWeb],
  ['Telegram', byTelegram],
] as const)('sent by %s', (_channel, send) => {
  it.each(CASES)('%s is refused with a sentence', async (_what, name, bytes, en, zh) => {
    const input = await send(name, bytes);
    expect(answerTo(input, 'en')).toContain(en);
    expect(answerTo(input, 'zh')).toContain(zh);
  });

  it('a path in the name is no part of it', async () => {
    const input = await send('../../etc/passwd/计划.pdf', Buffer.from('%PDF-1.7'));
    expect(input).toMatchObject({ name: '计划.pdf', type: 'application/pdf' } satisfies Partial<FileInput>);
    expect(answerTo(input, 'zh')).toContain('计划.pdf');
    expect(answerTo(input, 'zh')).not.toContain('etc');
  });

  it('a file above what is passed on here is refused with the limit', async () => {
    const input = await send('deck.pdf', new Uint8Array(20 * MEGABYTE + 1).fill(7));
    expect(answerTo(input, 'en')).toContain(
      '“deck.pdf” is too large and was not kept. The limit here is 20 MB',
    );
    expect(answerTo(input, 'zh')).toContain('上限为 20 MB');
  });
});
