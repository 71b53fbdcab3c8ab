import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { printEventFile } from '../../src/documents/event-file.ts';
import { freshDataDir } from '../support/data-dir.ts';
import { anEvent } from '../support/events.ts';
import { type HouseProcess, runCommand, startHouse } from '../support/process.ts';

describe('the command line beside a running house', () => {
  const dataDir = freshDataDir('luyan-command-');
  const env = { DATA_DIR: dataDir };
  const file = join(dataDir, 'event.yaml');
  let house: HouseProcess;
  beforeAll(async () => {
    house = await startHouse(env);
  });
  afterAll(async () => {
    await house.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('greets with the links to try', () => {
    expect(house.output()).toMatch(/\/\?event=chengdu {2}\S/u);
    expect(house.output()).toContain('for trial and tests');
  });

  it('imports, exports and lists events, and importing twice changes nothing', {
    timeout: 60_000,
  }, async () => {
    writeFileSync(file, printEventFile(anEvent({ code: 'fair' })));
    expect(await runCommand(['event', 'import', file], env)).toMatchObject({
      code: 0,
      output: 'office/fair: created\n',
    });
    expect((await runCommand(['event', 'import', file], env)).output).toContain('nothing changed');
    const exported = await runCommand(['event', 'export', 'fair'], env);
    writeFileSync(file, exported.output);
    expect((await runCommand(['event', 'import', file], env)).output).toContain('nothing changed');
    expect((await runCommand(['event', 'list'], env)).output).toContain('office/fair\topen');
  });

  it('refuses a bad file with every problem and its line, and changes nothing', {
    timeout: 60_000,
  }, async () => {
    const good = printEventFile(anEvent({ code: 'bad' }));
    writeFileSync(
      file,
      good.replace('Asia/Shanghai', 'Asia/Nowhere').replace(/^maxParty: .*$/mu, 'maxParty: many'),
    );
    const { code, output } = await runCommand(['event', 'import', file], env);
    expect(code).toBe(1);
    expect(output).toMatch(/event\.yaml:\d+: zone: /u);
    expect(output).toMatch(/event\.yaml:\d+: maxParty: /u);
    expect(output).toContain('nothing was changed');
    expect((await runCommand(['event', 'list'], env)).output).not.toContain('office/bad');
  });

  it('does not let a second house into the same folder', { timeout: 60_000 }, async () => {
    const { code, output } = await runCommand([], { ...env, PORT: '0' });
    expect(code).toBe(1);
    expect(output).toContain(dataDir);
    expect(output).toContain('set DATA_DIR to another folder');
  });

  it('keeps its sockets and its secret to its own user', () => {
    for (const name of ['mongodb.sock', 'secret.key'])
      expect(statSync(join(dataDir, name)).mode & 0o777).toBe(0o600);
  });

  it('explains itself and what it did not understand', { timeout: 60_000 }, async () => {
    expect((await runCommand(['--help'], env)).output).toContain('npm run event -- import FILE.yaml');
    expect(await runCommand(['evnet'], env)).toMatchObject({
      code: 2,
      output: expect.stringContaining('received "evnet"'),
    });
    const bad = await runCommand([], { ...env, PORT: 'x', LOG_LEVEL: 'y' });
    expect(bad.output).toContain('2 problem(s)');
  });
});
