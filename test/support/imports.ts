import { readdirSync } from 'node:fs';
import { join } from 'node:path';

export interface Import {
  readonly specifier: string;
  readonly onlyTypes: boolean;
}

const STATEMENT =
  /^(?:import|export)\s+(?<type>type\s)?(?:[^'";]*?\sfrom\s+)?['"](?<specifier>[^'"]+)['"]/gmu;
const DYNAMIC = /\bimport\(\s*['"](?<specifier>[^'"]+)['"]\s*\)/gu;

/** Every module that a source names. An import whose names are all types counts as a type import. */
export function importsOf(source: string): Import[] {
  const statements = [...source.matchAll(STATEMENT)].map((match) => {
    const names = /\{(?<names>[^}]*)\}/u
      .exec(match[0])
      ?.groups?.names?.split(',')
      .filter((name) => name.trim() !== '');
    const allTypes =
      names !== undefined && names.length > 0 && names.every((name) => name.trim().startsWith('type '));
    return {
      specifier: match.groups?.specifier ?? '',
      onlyTypes: match.groups?.type !== undefined || allTypes,
    };
  });
  const dynamic = [...source.matchAll(DYNAMIC)].map((match) => ({
    specifier: match.groups?.specifier ?? '',
    onlyTypes: false,
  }));
  return [...statements, ...dynamic];
}

/** Every TypeScript and JavaScript file below a folder. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|mjs|js)$/u.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}
