import type { Template } from '../../src/domain/template.ts';
import type { Templates } from '../../src/usecases/ports.ts';
import { by } from './memory-table.ts';

const idOf = (office: string, code: string): string => `${office}/${code}`;

export function memoryTemplates(): Templates {
  const rows = new Map<string, Template>();
  return {
    byOffice: async (offices) =>
      [...rows.values()]
        .filter(({ office }) => offices.includes(office))
        .sort(by(({ office, code }) => idOf(office, code)))
        .map((row) => structuredClone(row)),
    async put(template) {
      rows.set(idOf(template.office, template.code), structuredClone(template));
    },
    remove: async (office, code) => rows.delete(idOf(office, code)),
  };
}
