import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { printEventFile } from '../../src/documents/event-file.ts';
import { makeLog } from '../../src/ops/log.ts';
import { openTools } from '../../src/wiring.ts';
import { freshDataDir } from '../support/data-dir.ts';
import { anEvent } from '../support/events.ts';
import { Guest } from '../support/guest.ts';
import { runCommand, startHouse } from '../support/process.ts';

/** What is said at each step, and the question that stands after it. */
const STEPS = [
  { body: { start: 'fair' }, asked: 'language' },
  { body: { text: '2' }, asked: 'name' },
  { body: { text: 'Guest of honour' }, asked: 'organization' },
  { body: { text: 'University Office' }, asked: 'kind' },
  { body: { text: '1' }, asked: 'consent' },
  { body: { text: '1' }, asked: '$review' },
] as const;

describe('kill -9 at each step of a registration', () => {
  const dataDir = freshDataDir('luyan-kill-');
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  it('loses no answer, repeats the standing question, and registers once', { timeout: 150_000 }, async () => {
    const env = { DATA_DIR: dataDir };
    const file = join(dataDir, 'fair.yaml');
    writeFileSync(file, printEventFile(anEvent({ code: 'fair' })));
    expect((await runCommand(['event', 'import', file], env)).output).toContain('office/fair: created');
    let house = await startHouse(env);
    let guest = await Guest.arrive(house.url, 'en');
    for (const { body, asked } of STEPS) {
      // Killed as soon as the message is acknowledged, mostly before it was answered.
      expect((await guest.post({ id: guest.nextId(), ...body })).status).toBe(202);
      await house.kill();
      house = await startHouse(env);
      guest = guest.again(house.url);
      await guest.listen();
      expect(guest.last.question).toBe(asked);
    }
    expect(guest.last.text).toContain('Name: Guest of honour');
    expect(guest.last.text).toContain('Organization: University Office');
    expect((await guest.post({ id: guest.nextId(), text: '1' })).status).toBe(202);
    await house.kill();
    house = await startHouse(env);
    guest = guest.again(house.url);
    while (!guest.heard.some(({ kind }) => kind === 'file')) await guest.listen();
    const tickets = guest.heard.flatMap(({ text }) => /Ticket: (\w{8})/u.exec(text)?.[1] ?? []);
    expect(new Set(tickets).size).toBe(1);
    await guest.say('mine');
    expect(guest.heard.some(({ text }) => text.includes(tickets[0] ?? 'none'))).toBe(true);
    expect(await house.stop()).toBe(0);
    const tools = await openTools(readConfig(env), makeLog('error'));
    const stored = await tools.stores.registrations.byPerson([guest.person]);
    await tools.close();
    expect(stored.map(({ ticket, history }) => [ticket, history.map(({ what }) => what)])).toEqual([
      [tickets[0], ['registered']],
    ]);
  });
});
