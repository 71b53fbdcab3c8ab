import type { Call } from '../../src/domain/call.ts';
import type { Project } from '../../src/domain/project.ts';
import { eventId } from '../../src/usecases/import-event.ts';
import { aCall, aProject, parts, WRITTEN } from '../support/projects.ts';

/** The call of the conference whose projects are reviewed in the dialogues. */
export const PROJECTS_CALL: Call = aCall({
  closesAt: new Date('2026-11-22T18:00:00+08:00'),
  asked: { ...aCall().asked, deck: 'optional', images: 'off' },
  tracks: [
    {
      code: 'main',
      name: { zh: '主会场', en: 'Main stage' },
      session: 'roadshow',
      fields: [],
      capacity: 10,
    },
  ],
});

const project = (number: number, zh: string, en: string, field: string): Project =>
  aProject({
    id: `submitted-${number}`,
    event: eventId('office', 'fair'),
    number,
    state: 'submitted',
    parts: parts({ ...WRITTEN, 'title-zh': zh, 'title-en': en, field }),
    members: [{ person: 'a team', lead: true, at: new Date('2026-11-01T02:00:00Z') }],
  });

/** What is shown on the main stage on the day of the dialogues. */
export const SHOWN: readonly Project[] = [
  project(1, '盐碱地改良技术', 'Soil improvement', 'energy'),
  project(2, '车路协同感知', 'Road sensing', 'transport'),
  project(3, '高强度陶瓷', 'Strong ceramics', 'materials'),
  project(4, '手术导航系统', 'Surgical navigation', 'health'),
].map((one, i) => ({
  ...one,
  id: `shown-${one.number}`,
  state: 'accepted',
  slot: { track: 'main', place: i + 1, state: 'confirmed', at: new Date('2026-11-18T02:00:00Z') },
}));

export const PROJECTS: readonly Project[] = [
  project(1, '盐碱地改良技术', 'Soil improvement', 'energy'),
  project(2, '车路协同感知', 'Road sensing', 'transport'),
  project(3, '高强度陶瓷', 'Strong ceramics', 'materials'),
];
