import { organizes } from '../domain/access.ts';
import { choiceCodeSchema } from '../domain/questions.ts';
import type { Template } from '../domain/template.ts';
import { type Grants, type Notices, type Result, refused, type Templates } from './ports.ts';
import { noticeFor } from './write-notice.ts';

interface Ports {
  readonly templates: Templates;
  readonly notices: Notices;
  readonly grants: Grants;
}

interface Saving {
  readonly person: string;
  /** The notice whose text is kept. */
  readonly number: number;
  readonly code: string;
}

export type TemplateRefusal = 'not-allowed' | 'unknown-notice' | 'bad-code' | 'unknown-template';

/** Keeps the text of a notice as a template of its office, in the place of one of the same code. */
export function saveTemplate(ports: Ports) {
  return async ({ person, number, code }: Saving): Promise<Result<Template, TemplateRefusal>> => {
    const found = await noticeFor(ports, person, number);
    if (!found.ok) return found;
    if (!choiceCodeSchema.safeParse(code).success) return refused('bad-code');
    const { office, content } = found.data;
    const template: Template = { office, code, title: { zh: code, en: code }, text: content.text };
    await ports.templates.put(template);
    return { ok: true, data: template };
  };
}

/** Throws a template of an office away. */
export function removeTemplate({ templates, grants }: Ports) {
  return async (input: {
    readonly person: string;
    readonly office: string;
    readonly code: string;
  }): Promise<Result<{ code: string }, TemplateRefusal>> => {
    if (!organizes(await grants.of([input.person]), input.office)) return refused('not-allowed');
    const removed = await templates.remove(input.office, input.code);
    return removed ? { ok: true, data: { code: input.code } } : refused('unknown-template');
  };
}
