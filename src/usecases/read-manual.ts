import type { Edition } from '../domain/edition.ts';
import type { Event } from '../domain/event.ts';
import { isInManual, type Manual, manualOf } from '../domain/manual.ts';
import { type BuildPorts, picturesOf, readManual } from './build-manual.ts';
import { publicManual } from './manual-editions.ts';
import type { ManualInput } from './manual-ports.ts';

type Ports = Pick<
  BuildPorts,
  'events' | 'editions' | 'projects' | 'files' | 'clock' | 'manualMaker' | 'manualLinks'
>;

export interface PublicManual {
  readonly event: Event;
  readonly edition: Edition;
  readonly manual: Manual;
}

/** What everybody may read of an event's manual; undefined: nothing is public. */
export function openPublicManual(ports: Ports) {
  const find = publicManual(ports);
  return async (office: string, code: string): Promise<PublicManual | undefined> => {
    const found = await find(office, code);
    return found && { ...found, manual: await readManual(ports, found.edition) };
  };
}

/** The page of one project as the next edition has it, for its team; undefined: it is not in the manual any more. */
export function openProof(ports: Ports) {
  return async (id: string): Promise<{ input: ManualInput; code: string } | undefined> => {
    const [project] = await ports.projects.byId([id]);
    const [event] = project && isInManual(project) ? await ports.events.byId([project.event]) : [];
    if (!project || !event) return undefined;
    const last = (await ports.editions.of(event.id)).at(-1);
    const manual = manualOf(event, [project], {
      number: last === undefined ? 1 : last.state === 'draft' ? last.number : last.number + 1,
      langs: 'both',
      order: 'code',
      cover: last?.cover ?? { title: EMPTY, subtitle: EMPTY, text: EMPTY },
      takenAt: ports.clock.now(),
    });
    const code = manual.fields[0]?.entries[0]?.code;
    if (!code) return undefined;
    const { pictures } = await picturesOf(ports, manual);
    return { code, input: { manual, pictures, publicUrl: ports.manualLinks.publicUrl } };
  };
}

const EMPTY = { zh: '', en: '' } as const;
