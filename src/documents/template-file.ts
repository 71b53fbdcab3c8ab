import { VARIABLES } from '../domain/notice-text.ts';
import {
  type Template,
  templateSchema,
  templateTitleSchema,
  templateWordsSchema,
} from '../domain/template.ts';
import { LANGS } from '../text/text.ts';
import { Fields } from './event-file/fields.ts';
import { choiceCode, listOf, type Reader, words } from './event-file/readers.ts';
import { type Problem, Source } from './event-file/source.ts';
import { printYaml } from './event-file/yaml.ts';

export type TemplateFile =
  | { readonly templates: readonly Template[] }
  | { readonly problems: readonly Problem[] };

const HEADER = ` 通知模板 · Templates for notices
 导入 import: npm run template -- import FILE.yaml --office OFFICE
 
 正文可只写一种语言；花括号里写变量，例如 {姓名}、{活动}。
 A text may be in one language alone; braces hold variables such as {name} and {event}.`;

const KEYS = ['code', 'title', 'text'];
const MAX = 100;

/**
 * Reads a file of templates (YAML) for an office. A file that is not right in every point gives all its problems and
 * no template; whatever it holds, nothing is thrown.
 */
export function parseTemplateFile(source: string, office: string): TemplateFile {
  const file = new Source(source);
  const read = file.problems.length === 0 ? readTemplates(file) : undefined;
  if (file.problems.length > 0 || !read) return { problems: file.problems };
  return { templates: read.map((one) => templateSchema.parse({ office, ...one })) };
}

type Written = Omit<Template, 'office'>;

function readTemplates(source: Source): Written[] | undefined {
  const what = 'a file of templates: a list under the key templates';
  const fields = Fields.read(source, source.root(), ['templates'], what);
  return fields?.required('templates', listOf(one, 'templates', { min: 1, max: MAX }, { key: 'code' }));
}

const one: Reader<Written> = (source, spot) => {
  const fields = Fields.read(source, spot, KEYS, `a template with ${KEYS.join(', ')}`);
  if (!fields) return undefined;
  const code = fields.required('code', choiceCode);
  const title = fields.optional('title', { zh: code ?? '', en: code ?? '' }, titles);
  const text = fields.required('text', texts);
  return code !== undefined && title && text ? { code, title, text } : undefined;
};

const titles: Reader<Template['title']> = (source, spot) => {
  const shape = 'a title in both languages such as { zh: 欢迎, en: Welcome }';
  const fields = Fields.read(source, spot, LANGS, shape);
  if (!fields) return undefined;
  const title = words(templateTitleSchema, 'a title of 1 to 60 characters');
  const [zh, en] = [fields.required('zh', title), fields.required('en', title)];
  return zh !== undefined && en !== undefined ? { zh, en } : undefined;
};

const KNOWN = Object.values(VARIABLES)
  .flatMap(({ zh, en }) => [`{${zh}}`, `{${en}}`])
  .join(' ');

/** A text in each language that is there. */
const texts: Reader<Template['text']> = (source, spot) => {
  const shape = 'a text in one language or both such as { zh: 各位嘉宾…, en: Dear guests… }';
  const fields = Fields.read(source, spot, LANGS, shape);
  if (!fields) return undefined;
  const what = `a text of 1 to 2000 characters with no variables but ${KNOWN}`;
  const written = LANGS.filter((lang) => fields.has(lang));
  if (written.length === 0) return source.expected(spot, shape);
  const read = written.map(
    (lang) => [lang, fields.required(lang, words(templateWordsSchema, what))] as const,
  );
  return read.every(([, text]) => text !== undefined) ? Object.fromEntries(read) : undefined;
};

/** Templates as a file that parses back to the same ones, for people to read and edit. */
export function printTemplateFile(templates: readonly Template[]): string {
  return printYaml({ templates: templates.map(({ code, title, text }) => ({ code, title, text })) }, HEADER);
}
