import { fileOf, type Project } from './project.ts';

/** A file where it stands: a part of a project. */
export interface Place {
  readonly project: Pick<Project, 'id' | 'number'>;
  readonly part: string;
}

type Held = Pick<Project, 'id' | 'number' | 'parts'>;

/** Every part of these projects that holds a file, with the id of the stored one. */
export function filePlaces(projects: readonly Held[]): readonly (Place & { readonly ref: string })[] {
  return projects.flatMap((project) =>
    Object.keys(project.parts).flatMap((part) => {
      const file = fileOf(project, part);
      return file ? [{ project: { id: project.id, number: project.number }, part, ref: file.ref }] : [];
    }),
  );
}

/**
 * Where else the same bytes stand, for each place of a file among these projects; a place that is alone has no entry.
 * `sha256`: what a stored file's bytes come to; a file that is not known there is like itself alone.
 */
export function sameFiles(
  projects: readonly Held[],
  sha256: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly Place[]> {
  const places = filePlaces(projects);
  const alike = new Map<string, Place[]>();
  for (const { ref, ...place } of places) {
    const bytes = sha256.get(ref) ?? ref;
    alike.set(bytes, [...(alike.get(bytes) ?? []), place]);
  }
  const several = [...alike.values()].filter(({ length }) => length > 1);
  return new Map(
    several.flatMap((group) =>
      group.map((one) => [placeKey(one), group.filter((other) => other !== one)] as const),
    ),
  );
}

export const placeKey = ({ project, part }: Place): string => `${project.id}/${part}`;
