import { expect } from 'vitest';
import { type Edition, nextEdition } from '../../../../src/domain/edition.ts';
import type { Editions } from '../../../../src/usecases/manual-ports.ts';
import { at, atOnce, cases, HARD_TEXT, idsOf } from '../case.ts';

const edition = (number: number, given: Partial<Edition> = {}): Edition => ({
  ...nextEdition('event', undefined, { createdBy: 'ana', createdAt: at(0) }),
  id: `event.${number}`,
  number,
  ...given,
});

const file = { ref: 'f', name: HARD_TEXT, type: 'application/pdf', size: 12 };

export const editions = cases<Editions>({
  'gives back exactly what was saved': async ({ port, twin }) => {
    const one = edition(1, {
      state: 'published',
      cover: {
        title: { zh: HARD_TEXT, en: '' },
        subtitle: { zh: '', en: HARD_TEXT },
        text: { zh: '', en: '' },
      },
      takenAt: at(1),
      leftOut: ['P01'],
      files: { html: file, docx: file, pdf: file },
      lease: { by: 'one', until: at(9) },
    });
    expect(await port.save(one)).toBe(true);
    expect(await twin.of('event')).toEqual([one]);
    expect(await twin.of('other')).toEqual([]);
  },
  'saves the next revision, and nothing over a faster one': async (ground) => {
    await ground.port.save(edition(1));
    const next = (i: number) => edition(1, { rev: 2, projects: i });
    const saved = await atOnce(ground, 12, (port, i) => port.save(next(i)));
    expect(saved.filter(Boolean)).toHaveLength(1);
    expect(await ground.twin.of('event')).toEqual([next(saved.indexOf(true))]);
    expect(await ground.port.save(edition(1))).toBe(false);
  },
  'gives a number of an event to one edition alone': async (ground) => {
    const saved = await atOnce(ground, 12, (port, i) => port.save(edition(1, { id: `e${i}` })));
    expect(saved.filter(Boolean)).toHaveLength(1);
    expect(await ground.port.save(edition(1, { id: 'other.1', event: 'other' }))).toBe(true);
  },
  'lists those of an event in order, and those to be built by when they were asked for': async ({
    port,
    twin,
  }) => {
    await port.save(edition(10, { state: 'building', takenAt: at(1) }));
    await port.save(edition(2, { state: 'building', takenAt: at(2) }));
    await port.save(edition(1, { state: 'ready', takenAt: at(0) }));
    expect((await twin.of('event')).map(({ number }) => number)).toEqual([1, 2, 10]);
    expect(idsOf(await twin.building(5))).toEqual(['event.10', 'event.2']);
    expect(idsOf(await twin.building(1))).toEqual(['event.10']);
  },
});
