import { rmSync } from 'node:fs';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { makeLog } from '../../src/ops/log.ts';
import { eventId } from '../../src/usecases/import-event.ts';
import { openTools } from '../../src/wiring.ts';
import { readPdf } from '../documents/manual/reading.ts';
import { freshDataDir } from '../support/data-dir.ts';
import { anEvent } from '../support/events.ts';
import { Guest } from '../support/guest.ts';
import { dropDatabase, ENGINES } from '../support/house.ts';
import { manyProjects } from '../support/manual.ts';
import { startHouse } from '../support/process.ts';
import { aCall } from '../support/projects.ts';
import { rowsOf } from '../support/rows.ts';

const PROJECTS = 120;
const OWNER_CODE = 'FIRST-OWNER-CODE';
const PATIENT = { timeout: 60_000, interval: 50 };

describe.each(ENGINES)('kill -9 while a manual is built, on $name', ({ env: engine }) => {
  const dataDir = freshDataDir('luyan-kill-manual-');
  const env = { SECRET_KEY: crypto.randomUUID(), OWNER_CODE, ...engine(), DATA_DIR: dataDir };
  afterAll(async () => {
    await dropDatabase({ mongodbUri: readConfig(env).mongodbUri });
    rmSync(dataDir, { recursive: true, force: true });
  });

  const seed = async () => {
    const tools = await openTools(readConfig(env), makeLog('error'));
    await tools.verbs.importEvent(anEvent({ code: 'fair', call: aCall(), takesGuests: false }));
    const event = eventId('office', 'fair');
    for (const project of manyProjects(PROJECTS)) await tools.stores.projects.save({ ...project, event });
    await tools.close();
  };
  const edition = async () => (await rowsOf({ env }, 'editions'))[0];

  it('ends in one whole edition, and nothing of the first attempt is seen', {
    timeout: 150_000,
  }, async () => {
    let house = await startHouse(env);
    await seed();
    const guest = await Guest.arrive(house.url, 'en');
    await guest.say(`claim ${OWNER_CODE}`);
    await guest.say('manual fair build both');
    await vi.waitFor(
      async () => expect(await edition()).toMatchObject({ state: 'building', attempts: 1 }),
      PATIENT,
    );
    await house.kill();

    house = await startHouse(env);
    expect(await edition()).toMatchObject({ state: 'building', files: null });
    const again = guest.again(house.url);
    const built = () => again.heard.filter(({ text }) => text.includes('is ready'));
    while (built().length === 0) await again.listen();
    expect(await edition()).toMatchObject({ state: 'ready', attempts: 2, projects: PROJECTS });
    const before = again.heard.length;
    await again.press(built()[0]?.choices?.[0]?.value ?? '');
    while (again.heard.slice(before).filter(({ file }) => file).length < 3) await again.listen();
    const pdf = again.heard.find(({ file }) => file?.name.endsWith('.pdf'))?.file?.url ?? '';
    const bytes = await (await fetch(new URL(pdf, house.url))).arrayBuffer();
    const { pages } = await readPdf(new Uint8Array(bytes));
    expect(pages.length).toBeGreaterThan(PROJECTS);
    expect(built()).toHaveLength(1);
    const kept = (await rowsOf({ env }, 'files')).filter(
      ({ owners }) => Array.isArray(owners) && owners.length > 0,
    );
    // What it says, and the three files that it was printed as.
    expect(kept).toHaveLength(4);
    expect(await house.stop()).toBe(0);
  });
});
