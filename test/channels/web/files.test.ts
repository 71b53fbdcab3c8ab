import { RateLimiterMemory } from 'rate-limiter-flexible';
import { describe, expect, it } from 'vitest';
import type { Inbound } from '../../../src/channels/channel.ts';
import { linkPath } from '../../../src/channels/web/links.ts';
import { Mail } from '../../../src/channels/web/mail.ts';
import type { FileRef } from '../../../src/channels/web/ports.ts';
import { webRoutes } from '../../../src/channels/web/routes.ts';
import { proofs } from '../../../src/channels/web/token.ts';
import { conversationOfVisitor, visitorDoor } from '../../../src/channels/web/visitors.ts';
import { fileKeeper } from '../../../src/wiring/files.ts';
import { memoryFiles } from '../../support/memory-files.ts';
import { TestClock } from '../../usecases/house.ts';

const PDF = new TextEncoder().encode('%PDF-1.7');
const PNG = Buffer.concat([
  Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
  Buffer.from('\0\0\0\rIHDR'),
  Buffer.alloc(17),
]);
const SECRET = 'a secret that only this test knows, long enough';
const points = () => new RateLimiterMemory({ points: 1_000, duration: 1 });

/** The web chat before a house that keeps files in memory, and one visitor. */
function openChat() {
  const [clock, files, sealed] = [new TestClock(), memoryFiles(), proofs(SECRET)];
  const accepted: Inbound[] = [];
  const state = { isDown: false };
  const keep = fileKeeper({
    files,
    clock,
    guard: (work) => (state.isDown ? Promise.reject(new Error('the store is away')) : work()),
    fault: () => {},
  });
  const routes = webRoutes({
    house: {
      now: clock.now.bind(clock),
      welcome: async () => 'p',
      accept: async (message) => void accepted.push(message),
      keep,
      openFile: ({ id }) => files.open(id),
    },
    mail: new Mail({ put: async () => {}, after: async () => [] }, clock.now.bind(clock)),
    proofs: sealed,
    door: visitorDoor(sealed, 'en'),
    limits: { messages: points(), visitors: points() },
  });
  routes.onError((_error, c) => c.body(null, 503));
  const { account, token } = sealed.newVisitor();
  const send = (id: string, name: string, bytes: Uint8Array) => {
    const form = new FormData();
    form.set('id', id);
    form.set('seen', '4');
    form.set('file', new File([new Uint8Array(bytes)], name, { type: 'application/x-claimed' }));
    const headers = { authorization: `Bearer ${token}` };
    return routes.request('/api/chat/messages', { method: 'POST', headers, body: form });
  };
  const link = linkPath(sealed, clock.now.bind(clock));
  const inputs = () => accepted.map(({ input }) => input);
  return { clock, files, state, routes, send, link, inputs, conversation: conversationOfVisitor(account) };
}

describe('a file that a visitor sends', () => {
  it('is kept, and its message names it', async () => {
    const chat = openChat();
    expect((await chat.send('m1', 'a\\计划.pdf', PDF)).status).toBe(202);
    const [input] = chat.inputs();
    expect(input).toMatchObject({ name: '计划.pdf', type: 'application/pdf', size: 8, seen: 4 });
    expect(await chat.files.open(input?.kind === 'file' ? (input.ref ?? '') : '')).toEqual(PDF);
  });

  it('is stored once however often its message is sent', async () => {
    const chat = openChat();
    for (const id of ['m1', 'm1', 'm2']) await chat.send(id, 'plan.pdf', PDF);
    const refs = chat.inputs().map((input) => input.kind === 'file' && input.ref);
    expect(new Set(refs).size).toBe(1);
    expect(await chat.files.sentSince(chat.conversation, new Date(0), 9)).toEqual({ files: 1, bytes: 8 });
  });

  it('is told of with the reason when it is not kept', async () => {
    const chat = openChat();
    await chat.send('m1', 'plan.pdf', PNG);
    await chat.send('m2', 'plan.pdf', new Uint8Array(0));
    await chat.send('m3', 'plan.pdf', new Uint8Array(20 * 1024 * 1024 + 1));
    expect(chat.inputs()).toMatchObject([
      { problem: 'disguised' },
      { problem: 'empty' },
      { problem: 'too_big' },
    ]);
  });

  it('is not taken while the store is away: its visitor sends it again', async () => {
    const chat = openChat();
    chat.state.isDown = true;
    expect((await chat.send('m1', 'plan.pdf', PDF)).status).toBe(503);
    expect(chat.inputs()).toEqual([]);
  });
});

describe('the link to a stored file', () => {
  const stored = async (name: string, bytes: Uint8Array) => {
    const chat = openChat();
    await chat.send('m1', name, bytes);
    const [input] = chat.inputs();
    if (input?.kind !== 'file' || !input.ref) throw new Error('expected a stored file, received none');
    const ref: FileRef = { kind: 'stored', id: input.ref, name: input.name, type: input.type };
    return { ...chat, ref, path: chat.link(ref) };
  };

  it('shows a picture and hands out anything else, and nothing in it can run', async () => {
    for (const [name, bytes, type, disposition] of [
      ['logo.png', PNG, 'image/png', 'inline'],
      ['plan.pdf', PDF, 'application/pdf', 'attachment'],
      ['page.html', Buffer.from('<script>alert(1)</script>'), 'text/plain', 'attachment'],
    ] as const) {
      const { routes, path } = await stored(name, bytes);
      const response = await routes.request(path);
      expect(response.status).toBe(200);
      expect(Buffer.from(await response.arrayBuffer())).toEqual(Buffer.from(bytes));
      expect(response.headers.get('content-type')).toBe(type);
      expect(response.headers.get('content-disposition')).toBe(`${disposition}; filename*=UTF-8''${name}`);
      expect(response.headers.get('content-security-policy')).toContain('sandbox');
    }
  });

  it('opens this one file, for a week and as it was signed', async () => {
    const { routes, clock, ref, path } = await stored('plan.pdf', PDF);
    const [, , sealed = ''] = path.split('/');
    const [text = '', ...rest] = sealed.split('.');
    const other = Buffer.from(`stored ${'0'.repeat(40)} application/pdf`).toString('base64url');
    const forged = [[other, ...rest].join('.'), [text, rest[0], 'x'.repeat(32)].join('.'), ref.id, text];
    for (const one of forged) expect((await routes.request(`/files/${one}/plan.pdf`)).status).toBe(410);
    clock.pass(10 * 24 * 60);
    expect((await routes.request(path)).status).toBe(410);
  });

  it('opens until whoever made it says, and hands the file out by its own name alone', async () => {
    const { routes, clock, link, ref } = await stored('计划 (1).pdf', PDF);
    const path = link(ref, new Date(clock.now().getTime() + 24 * 3_600_000));
    const renamed = await routes.request(path.replace(/[^/]+$/u, 'setup.exe'));
    expect(renamed.headers.get('content-disposition')).toBe(
      "attachment; filename*=UTF-8''%E8%AE%A1%E5%88%92%20%281%29.pdf",
    );
    const hostile = await routes.request(link({ ...ref, name: '../a\r\nX: y"\u202e.pdf' }));
    expect(hostile.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''a%20X_%20y_.pdf");
    clock.pass(24 * 60 + 1);
    expect((await routes.request(path)).status).toBe(410);
  });

  it('says in both languages to whoever opens it in a browser why there is nothing', async () => {
    const { routes, link, ref } = await stored('plan.pdf', PDF);
    const headers = { accept: 'text/html,*/*' };
    const expired = await routes.request('/files/x/plan.pdf', { headers });
    expect([expired.status, expired.headers.get('content-type')]).toEqual([410, 'text/html; charset=UTF-8']);
    const page = await expired.text();
    expect(page).toContain('<p lang="zh">链接已失效或不完整，请在对话里重新打开。</p>');
    expect(page).toContain('<p lang="en">This link has expired or is not complete.');
    const gone = await routes.request(link({ ...ref, id: 'gone' }), { headers });
    expect([gone.status, await gone.text()]).toEqual([404, expect.stringContaining('文件已不存在')]);
  });

  it('says so when the file is gone', async () => {
    const { routes, link, ref } = await stored('plan.pdf', PDF);
    expect((await routes.request(link({ ...ref, id: 'gone' }))).status).toBe(404);
  });
});
