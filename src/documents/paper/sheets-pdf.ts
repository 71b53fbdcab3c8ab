import { fill } from '../../text/text.ts';
import type { PrintedSheets } from '../../usecases/paper-ports.ts';
import type { ManualFonts } from '../manual/pdf.ts';
import { line, MARK, type Pdf, SOFT, TINT, write } from '../manual/pdf-text.ts';
import { box, foot, LYING, paperPdf } from './page.ts';

const HEAD = 34;
const ROW = 40;
const PROJECT = 190;
const TOTAL = 52;
const COMMENT_LEAST = 90;
const CRITERION_MOST = 92;
const SIGNING = 44;

type Judge = PrintedSheets['judges'][number];
type Project = PrintedSheets['projects'][number];

/** A sheet for every judge, each on pages of its own: a row of boxes for each project. */
export function sheetsPdf(sheets: PrintedSheets, fonts: ManualFonts): Promise<Uint8Array> {
  const { title, lang } = sheets;
  return paperPdf({ title, lang, area: LYING }, fonts, (pdf) => {
    for (const judge of sheets.judges) {
      const pages = pagesOf(sheets.projects);
      pages.forEach((projects, i) => {
        page(pdf, sheets, judge, projects, { number: i + 1, of: pages.length });
      });
    }
  });
}

const ROWS = Math.floor((LYING.bottom - SIGNING - 122 - HEAD) / ROW);

function pagesOf(projects: readonly Project[]): Project[][] {
  const pages = Math.max(1, Math.ceil(projects.length / ROWS));
  return Array.from({ length: pages }, (_, i) => projects.slice(i * ROWS, (i + 1) * ROWS));
}

function page(
  pdf: Pdf,
  sheets: PrintedSheets,
  judge: Judge,
  projects: readonly Project[],
  { number, of }: { readonly number: number; readonly of: number },
): void {
  pdf.addPage();
  const { left, inner } = LYING;
  line(pdf, sheets.event, { x: left, y: 30, width: inner, size: 10, color: SOFT });
  line(pdf, sheets.title, { x: left, y: 44, width: inner, size: 17, bold: true, color: MARK });
  line(pdf, judge.line, { x: left, y: 72, width: inner, size: 12, bold: true });
  line(pdf, sheets.how, { x: left, y: 93, width: inner, size: 8.5, color: SOFT });
  let y = 114;
  row(pdf, sheets, y, HEAD);
  y += HEAD;
  for (const project of projects) {
    row(pdf, sheets, y, ROW, project);
    y += ROW;
  }
  line(pdf, sheets.signature, { x: left, y: LYING.bottom - 38, width: inner * 0.6, size: 11 });
  line(pdf, sheets.date, { x: left + inner * 0.6, y: LYING.bottom - 38, width: inner * 0.4, size: 11 });
  foot(pdf, LYING, judge.code, fill(sheets.pages, sheets.lang, { page: number, pages: of }));
}

/** The boxes of one row: of the headings where there is no project. */
function row(pdf: Pdf, sheets: PrintedSheets, y: number, height: number, project?: Project): void {
  const { left, inner } = LYING;
  const room = inner - PROJECT - TOTAL - COMMENT_LEAST;
  const width = Math.min(CRITERION_MOST, room / sheets.criteria.length);
  const background = project ? undefined : TINT;
  let x = left;
  const next = (wide: number, words: string, below: string, bold: boolean): void => {
    box(pdf, x, y, wide, height, background);
    const how = { x: x + 4, width: wide - 8 };
    if (words !== '')
      write(pdf, words, { ...how, y: y + 4, size: 9, bold, lines: project ? 2 : 1, leading: 1.25 });
    if (below !== '') line(pdf, below, { ...how, y: y + height - 14, size: 7.5, color: SOFT, leading: 1.25 });
    x += wide;
  };
  if (project) next(PROJECT, `${project.code} ${project.title}`, project.organization, false);
  else next(PROJECT, sheets.columns.project, '', true);
  for (const { name, range } of sheets.criteria) next(width, project ? '' : name, project ? '' : range, true);
  next(TOTAL, project ? '' : sheets.columns.total, '', true);
  next(left + inner - x, project ? '' : sheets.columns.comment, '', true);
}
