import { createHash } from 'node:crypto';
import { type Delivery, newDelivery } from '../domain/delivery.ts';
import type { Event } from '../domain/event.ts';
import { entryOf, isInManual } from '../domain/manual.ts';
import { changed, isMember, type Project, type Proof } from '../domain/project.ts';
import { DAY } from '../domain/time.ts';
import { type EditionPorts, inManual, type ManualRefusal, organizedEvent } from './manual-editions.ts';
import type { ManualLinks } from './manual-ports.ts';
import { type Deliveries, type Letters, type People, type Result, refused } from './ports.ts';

export interface ProofPorts extends EditionPorts {
  readonly people: People;
  readonly deliveries: Deliveries;
  readonly letters: Letters;
  readonly manualLinks: ManualLinks;
}

/** How long a team can open its page. */
export const PROOF_VALID = 14 * DAY;
const TEXT_MAX = 2_000;

interface Sending {
  readonly person: string;
  readonly event: string;
  /** The project that alone is asked, also where it was approved; null: all that were not. */
  readonly number: number | null;
  readonly effect: string;
}

/** Asks teams to look at their page of the manual. The same effect again asks the same teams, once. */
export function sendProofs(ports: ProofPorts) {
  return async (
    input: Sending,
  ): Promise<Result<{ event: Event; asked: number }, ManualRefusal | 'unknown-project'>> => {
    const found = await organizedEvent(ports, input.person, input.event);
    if (!found.ok) return found;
    const all = await inManual(ports, input.event);
    const wanted = input.number === null ? all : all.filter(({ number }) => number === input.number);
    if (input.number !== null && wanted.length === 0) return refused('unknown-project');
    const mark = createHash('sha256').update(input.effect).digest('base64url').slice(0, 16);
    let asked = 0;
    for (const { id } of wanted) {
      const project = await ask(ports, id, { ...input, mark });
      if (!project) continue;
      asked++;
      await ports.deliveries.add(await lettersTo(ports, found.data, project, mark));
    }
    return { ok: true, data: { event: found.data, asked } };
  };
}

const wasAsked = ({ history }: Project, mark: string): boolean =>
  history.some(({ what, detail }) => what === 'proofed' && detail === `asked ${mark}`);

/** The project with its proof asked for; undefined: nothing is to be asked of it any more. */
async function ask(
  { projects, clock }: ProofPorts,
  id: string,
  { person, number, mark }: Sending & { mark: string },
): Promise<Project | undefined> {
  for (;;) {
    const [project] = await projects.byId([id]);
    if (!project || !isInManual(project)) return undefined;
    if (wasAsked(project, mark)) return project;
    if (project.proof?.state === 'approved' && number === null) return undefined;
    const at = clock.now();
    const proof: Proof = { state: 'asked', text: null, by: null, at };
    const next = changed(project, { proof }, { at, by: person, what: 'proofed', detail: `asked ${mark}` });
    if (await projects.save(next)) return next;
  }
}

async function lettersTo(
  { people, letters, manualLinks, clock }: ProofPorts,
  event: Event,
  project: Project,
  mark: string,
): Promise<Delivery[]> {
  const now = clock.now();
  const until = new Date(now.getTime() + PROOF_VALID);
  const entry = entryOf(event, project);
  const link = manualLinks.proof(project.id, until);
  const members = await people.byId(project.members.map(({ person }) => person));
  return members.map((member) =>
    newDelivery({
      id: `proof/${mark}/${project.id}/${member.id}`,
      person: member.id,
      kind: 'own',
      event: event.id,
      hold: { project: project.id, still: 'member' },
      letter: letters.proof(entry, event, link, member.lang),
      notBefore: now,
      expiresAt: until,
    }),
  );
}

export type ProofRefusal = 'unknown-project' | 'not-asked' | 'empty';

/** What a team says of its page: that it is right, or what is to be corrected. */
export function answerProof({ projects, clock }: Pick<ProofPorts, 'projects' | 'clock'>) {
  return async (input: {
    readonly person: string;
    readonly project: string;
    /** null: it is right as it is. */
    readonly text: string | null;
  }): Promise<Result<Project, ProofRefusal>> => {
    const text = input.text?.trim().slice(0, TEXT_MAX) ?? null;
    if (text === '') return refused('empty');
    for (;;) {
      const [project] = await projects.byId([input.project]);
      if (!project || !isMember(project, input.person)) return refused('unknown-project');
      if (!project.proof || !isInManual(project)) return refused('not-asked');
      const state = text === null ? 'approved' : 'corrected';
      if (project.proof.state === state && project.proof.text === text) return { ok: true, data: project };
      const at = clock.now();
      const proof: Proof = { state, text, by: input.person, at };
      const next = changed(project, { proof }, { at, by: input.person, what: 'proofed', detail: state });
      if (await projects.save(next)) return { ok: true, data: next };
    }
  };
}
