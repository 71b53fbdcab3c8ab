import { expect } from 'vitest';
import type { Grant } from '../../../../src/domain/access.ts';
import type { Grants } from '../../../../src/usecases/ports.ts';
import { at, cases, HARD_TEXT, idsOf } from '../case.ts';

const grant = (id: string, given: Partial<Grant> = {}): Grant => ({
  id,
  person: 'ana',
  role: 'organizer',
  office: 'local',
  event: 'fair',
  part: 'energy',
  note: HARD_TEXT,
  by: 'owner',
  at: at(0),
  ended: null,
  ...given,
});

export const grants = cases<Grants>({
  'gives back what was added, and leaves a known one as it is': async ({ port, twin }) => {
    await port.add(grant('a'));
    await twin.add(grant('a', { person: 'bo' }));
    expect(await twin.of(['ana'])).toEqual([grant('a')]);
    expect(await port.of(['bo', 'nobody'])).toEqual([]);
    expect(await port.of([])).toEqual([]);
  },
  'counts no more what has ended, and ends it once': async ({ port, twin }) => {
    await port.add(grant('a'));
    await port.add(
      grant('b', { at: at(1), role: 'owner', office: null, event: null, part: null, note: null, by: null }),
    );
    expect(idsOf(await twin.standing())).toEqual(['a', 'b']);
    await twin.end('a', 'owner', at(2));
    await port.end('a', 'another', at(3));
    expect(idsOf(await port.standing())).toEqual(['b']);
    expect(await twin.of(['ana'])).toEqual([
      grant('b', { at: at(1), role: 'owner', office: null, event: null, part: null, note: null, by: null }),
    ]);
  },
  'pages those that give a role in an office: its own, and those of every office': async ({ port, twin }) => {
    await port.add(grant('a'));
    await port.add(grant('b', { office: 'other' }));
    await port.add(grant('c', { office: null }));
    await port.add(grant('d', { role: 'owner', office: null }));
    await port.add(grant('e'));
    await port.add(grant('f'));
    await twin.end('e', 'owner', at(1));
    expect(idsOf(await twin.inOffice('local', ['organizer'], '', 2))).toEqual(['a', 'c']);
    expect(idsOf(await port.inOffice('local', ['organizer'], 'c', 2))).toEqual(['f']);
    expect(idsOf(await port.inOffice('local', ['organizer', 'owner'], '', 9))).toEqual(['a', 'c', 'd', 'f']);
    expect(idsOf(await port.inOffice('other', ['organizer'], '', 9))).toEqual(['b', 'c']);
    expect(await port.inOffice('local', ['organizer'], 'f', 9)).toEqual([]);
    expect(await port.inOffice('local', [], '', 9)).toEqual([]);
  },
  'keeps when it was taken on first': async ({ port, twin }) => {
    await port.add(grant('a'));
    await port.add(grant('b'));
    await port.confirm(['a', 'none'], at(1));
    await twin.confirm(['a'], at(2));
    await port.confirm([], at(3));
    const kept = (await twin.of(['ana'])).sort((a, b) => (a.id < b.id ? -1 : 1));
    expect(kept).toEqual([grant('a', { confirmedAt: at(1) }), grant('b')]);
  },
  'goes over to another person': async ({ port, twin }) => {
    await port.add(grant('a'));
    await port.add(grant('b', { person: 'bo' }));
    await twin.move('ana', 'cy');
    expect(idsOf(await port.of(['cy']))).toEqual(['a']);
    expect(idsOf(await port.of(['ana', 'bo']))).toEqual(['b']);
  },
});
