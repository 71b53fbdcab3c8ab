import { describe, expect, it } from 'vitest';
import { changed, type Project } from '../../src/domain/project.ts';
import { askedParts, fitsPart, mostOf } from '../../src/domain/project-part.ts';
import { changedByOthers, heardBy, joined, parted, stateBefore } from '../../src/domain/project-team.ts';
import fc from '../support/any.ts';
import { aCall, aProject, WRITTEN } from '../support/projects.ts';
import { event } from './examples.ts';

const AT = new Date('2026-11-01T02:00:00Z');
const PEOPLE = ['ana', 'bo', 'cy'];
const call = aCall();

describe('what others changed', () => {
  it('is heard by each member once, whatever the order of writing and hearing', () => {
    const deed = fc.record({
      by: fc.constantFrom(...PEOPLE),
      part: fc.constantFrom('contact', 'market', 'patents'),
      hears: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 30 }), (deeds) => {
        let project: Project = aProject();
        const unheard = new Map(PEOPLE.map((person) => [person, new Set<string>()]));
        for (const { by, part, hears } of deeds) {
          const news = changedByOthers(project, by);
          expect(new Set(news)).toEqual(unheard.get(by));
          const seen = hears ? heardBy(project, by, project.history.length + 1) : project.seen;
          if (hears) unheard.get(by)?.clear();
          project = changed(project, { seen }, { at: AT, by, what: 'written', detail: part });
          for (const person of PEOPLE) if (person !== by) unheard.get(person)?.add(part);
        }
      }),
    );
  });
});

describe('a team', () => {
  it('always has one lead while it has anybody, each member once', () => {
    const deed = fc.tuple(fc.boolean(), fc.constantFrom(...PEOPLE, 'di'), fc.nat(100));
    fc.assert(
      fc.property(fc.array(deed), (deeds) => {
        let members: Project['members'] = [];
        for (const [enters, person, minute] of deeds) {
          const at = new Date(AT.getTime() + minute * 60_000);
          members = enters ? joined({ members }, person, at) : parted({ members }, person);
          expect(members.filter(({ lead }) => lead)).toHaveLength(members.length > 0 ? 1 : 0);
          expect(new Set(members.map((one) => one.person)).size).toBe(members.length);
        }
      }),
    );
  });

  it('has its project back as it was before it withdrew', () => {
    const decision = { number: 1, messages: [], by: 'x', at: AT, publishedAt: new Date(AT.getTime() + 2) };
    expect(stateBefore({ submittedAt: null, decision: null })).toBe('draft');
    expect(stateBefore({ submittedAt: AT, decision: null })).toBe('submitted');
    expect(stateBefore({ submittedAt: AT, decision: { ...decision, verdict: 'changes' } })).toBe(
      'changes-requested',
    );
    const again = new Date(AT.getTime() + 5);
    expect(stateBefore({ submittedAt: again, decision: { ...decision, verdict: 'changes' } })).toBe(
      'submitted',
    );
  });
});

describe('a part', () => {
  const fair = event();

  it('is asked for as the call says', () => {
    const asked = { ...call.asked, images: 'off', patents: 'off' } as const;
    expect(askedParts(fair, { ...call, asked })).not.toContain('image-1');
    expect(askedParts(fair, { ...call, asked })).not.toContain('patents');
    expect(askedParts(fair, call)).toContain('image-3');
  });

  it('takes what a team would write', () => {
    for (const [part, value] of Object.entries(WRITTEN))
      expect([part, fitsPart(part, value, fair, call)]).toEqual([part, true]);
  });

  it('takes no more characters than it may have, counted as people count them', () => {
    for (const part of askedParts(fair, call)) {
      const most = mostOf(part, call);
      if (most === undefined) continue;
      expect(fitsPart(part, '𠮷'.repeat(most), fair, call)).toBe(true);
      expect(fitsPart(part, '𠮷'.repeat(most + 1), fair, call)).toBe(false);
    }
  });

  it('never falls over what is sent for it', () => {
    const value = fc.oneof(fc.string(), fc.array(fc.string()), fc.constant(null));
    fc.assert(
      fc.property(fc.string(), value, (part, sent) => {
        if (!askedParts(fair, call).includes(part)) expect(fitsPart(part, sent, fair, call)).toBe(false);
      }),
    );
  });
});
