import { changed, lockedBecause, missingParts } from '../domain/project.ts';
import { stateBefore } from '../domain/project-team.ts';
import { alterProject, type OfMember, type ProjectPorts, type Stored } from './alter-project.ts';
import { type Result, refused } from './ports.ts';

export type Locked = 'late' | 'decided' | 'withdrawn';
export type SubmitRefusal = Locked | 'unknown-project' | 'missing';

/** Hands a project in, for the first time or after changes that were asked for. One that is submitted stays so. */
export function submitProject(ports: ProjectPorts) {
  return (of: OfMember): Promise<Result<Stored, SubmitRefusal>> =>
    alterProject<SubmitRefusal>(ports, of, ({ project, event, call, now }) => {
      const locked = lockedBecause(project, call, now);
      if (locked) return refused(locked, { project, event });
      const missing = missingParts(project, event, call);
      if (missing.length > 0) return refused('missing', { parts: missing, project, event });
      if (project.state === 'submitted') return project;
      const what = { at: now, by: of.person, what: 'submitted', detail: null } as const;
      return changed(project, { state: 'submitted', submittedAt: now }, what);
    });
}

/** Takes a project back, also after the deadline, until it is decided. Nothing that was written is lost. */
export function withdrawProject(ports: ProjectPorts) {
  return (of: OfMember): Promise<Result<Stored, 'unknown-project' | 'decided'>> =>
    alterProject<'unknown-project' | 'decided'>(ports, of, ({ project, event, call, now }) => {
      if (project.state === 'withdrawn') return project;
      if (lockedBecause(project, call, now) === 'decided') return refused('decided', { project, event });
      const what = { at: now, by: of.person, what: 'withdrawn', detail: null } as const;
      return changed(project, { state: 'withdrawn' }, what);
    });
}

/** Brings a withdrawn project back as it was, until its deadline. */
export function restoreProject(ports: ProjectPorts) {
  return (of: OfMember): Promise<Result<Stored, 'unknown-project' | 'late'>> =>
    alterProject<'unknown-project' | 'late'>(ports, of, ({ project, event, call, now }) => {
      if (project.state !== 'withdrawn') return project;
      const state = stateBefore(project);
      if (lockedBecause({ ...project, state }, call, now)) return refused('late', { project, event });
      return changed(project, { state }, { at: now, by: of.person, what: 'reopened', detail: null });
    });
}
