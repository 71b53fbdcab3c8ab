import { describe, expect, it } from 'vitest';
import { manualWords } from '../../flows/manual-words.ts';
import { proofs } from '../../src/channels/web/token.ts';
import { visitorDoor } from '../../src/channels/web/visitors.ts';
import { manualRoom, proofLinks, threadedMaker } from '../../src/wiring/manual.ts';
import { aManual, manyProjects } from '../support/manual.ts';
import { FAIR, type House, SECRET } from '../usecases/house.ts';
import { build, manualHouse, ORGANIZER } from '../usecases/manual-house.ts';

const PUBLIC_URL = 'https://roadshow.example.org';
const sealed = proofs(SECRET);
const links = proofLinks(sealed, PUBLIC_URL);

function roomOf({ stores, verbs, clock }: House) {
  const config = { publicUrl: PUBLIC_URL, defaultLang: 'zh' } as const;
  const guard = <T>(work: () => Promise<T>) => work();
  const room = manualRoom({ stores, verbs, sealed, clock, config, door: visitorDoor(sealed, 'zh'), guard });
  return (path: string, lang = 'zh') => room.request(path, { headers: { 'accept-language': lang } });
}

async function published(): Promise<House> {
  const house = await manualHouse();
  await build(house);
  await house.verbs.buildManuals();
  await house.verbs.publishManual({ person: ORGANIZER, event: FAIR, number: 1, published: true });
  return house;
}

describe('the page of the manual', () => {
  it('is there once an edition is public, in the language of who reads it', async () => {
    const house = await manualHouse();
    const get = roomOf(house);
    expect((await get('/manual/office/fair')).status).toBe(404);
    await build(house);
    await house.verbs.buildManuals();
    expect((await get('/manual/office/fair')).status).toBe(404);
    await house.verbs.publishManual({ person: ORGANIZER, event: FAIR, number: 1, published: true });
    const zh = await get('/manual/office/fair');
    expect(zh.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-.*script-src 'sha256-/u,
    );
    const html = await zh.text();
    expect(html).toContain('<html lang="zh-CN">');
    expect(html).toContain('id="P03"');
    expect(html).not.toContain('P04');
    expect(html).toContain('href="/manual/office/fair?lang=en"');
    expect(await (await get('/manual/office/fair?lang=en')).text()).toContain('Search projects');
    expect(await (await get('/manual/office/fair', 'en')).text()).toContain('<html lang="en-GB">');
    for (const path of ['/manual/office/none', '/manual/OFFICE/fair', '/manual/office/%00'])
      expect((await get(path)).status, path).toBe(404);
  });

  it('hands out the files of the public edition, and no other file', async () => {
    const get = roomOf(await published());
    const pdf = await get('/manual/office/fair/fair-manual-1-both.pdf');
    expect(pdf.status).toBe(200);
    expect(pdf.headers.get('content-type')).toBe('application/pdf');
    expect(pdf.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await pdf.text()).toBe('P01 P02 P03 with 0 pictures');
    for (const name of ['fair-manual-2-both.pdf', 'x.pdf', 'fair-manual-1-both.exe', '..%2Fa.pdf'])
      expect((await get(`/manual/office/fair/${name}`)).status, name).toBe(404);
  });
});

describe('the page of a proof', () => {
  it('opens by its link alone, for as long as that holds', async () => {
    const house = await manualHouse();
    const get = roomOf(house);
    const until = new Date(house.clock.now().getTime() + 60_000);
    const path = new URL(links.proof('project-2', until) ?? '').pathname;
    const page = await get(path);
    expect(page.status).toBe(200);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(await page.text()).toMatch(/<article[^>]+id="P02"/u);
    expect((await get(`${path}x`)).status).toBe(404);
    expect((await get('/proof/project-2')).status).toBe(404);
    // A link to a file is a link to that file alone.
    expect((await get(`/proof/${sealed.seal('stored project-2 x', until)}`)).status).toBe(404);
    expect((await get(`/proof/${sealed.seal('proof project-4', until)}`)).status).toBe(404);
    house.clock.pass(1);
    expect((await get(path)).status).toBe(404);
  });
});

describe('a manual that is built in a thread', () => {
  it('comes with all its files and tells how far it is', async () => {
    const told: number[] = [];
    const input = { manual: aManual(manyProjects(3)), pictures: [], publicUrl: PUBLIC_URL };
    const made = await threadedMaker(manualWords).make(input, (done, total) => told.push(done / total));
    expect(Buffer.from(made.pdf).toString('latin1', 0, 5)).toBe('%PDF-');
    expect(Buffer.from(made.docx).toString('latin1', 0, 2)).toBe('PK');
    expect(Buffer.from(made.html).toString('utf8')).toContain('id="P03"');
    expect(told.at(-1)).toBe(1);
    expect(told).toEqual([...told].sort((a, b) => a - b));
  });
});
