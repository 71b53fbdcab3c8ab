import { InternalHyperlink, PageReference, Paragraph, Tab, TabStopType, TextRun } from 'docx';
import { lines, MARK, RIGHT_END, SOFT, words } from './docx-text.ts';
import type { Printed, Sheet } from './printed.ts';

/** The front page. */
export function cover({ titles, subtitles, texts, about, edition }: Printed): Paragraph[] {
  const line = (
    text: string,
    size: number,
    given: { color?: string; bold?: boolean; before?: number } = {},
  ) =>
    new Paragraph({
      spacing: { before: given.before ?? 120, after: 80 },
      children: lines(text, { size, color: given.color ?? '1C2430', bold: given.bold ?? false }),
    });
  return [
    ...titles.map(({ text }, i) =>
      i === 0 ? line(text, 64, { color: MARK, bold: true, before: 3_200 }) : line(text, 38, { color: SOFT }),
    ),
    ...subtitles.map(({ text }) => line(text, 28)),
    ...texts.map(({ text }, i) => line(text, 21, { before: i === 0 ? 600 : 120 })),
    ...about.map((text, i) => line(text, 24, { before: i === 0 ? 2_000 : 60 })),
    line(edition, 20, { color: SOFT }),
  ];
}

const listHeading = (text: string): Paragraph =>
  new Paragraph({
    pageBreakBefore: true,
    spacing: { after: 200 },
    children: [new TextRun({ text, bold: true, size: 36, color: MARK })],
  });

/** The contents, with references to pages. */
export function contents(edition: Printed): Paragraph[] {
  const entry = ({ code, titles }: Sheet) =>
    new Paragraph({
      keepLines: true,
      spacing: { after: 60 },
      tabStops: [
        { type: TabStopType.LEFT, position: 800 },
        { type: TabStopType.RIGHT, position: RIGHT_END, leader: 'dot' },
      ],
      children: [
        new InternalHyperlink({
          anchor: code,
          children: [
            new TextRun({ text: code, color: SOFT, bold: true }),
            new TextRun({ children: [new Tab(), short(titles[0]?.text ?? ''), new Tab()] }),
          ],
        }),
        new PageReference(code, { hyperlink: true }),
        ...titles
          .slice(1)
          .flatMap(({ text }) => [
            new TextRun({ children: [new Tab()], break: 1 }),
            words(short(text), SOFT, 17),
          ]),
      ],
    });
  return [
    listHeading(edition.contents),
    ...edition.fields.flatMap(({ name, sheets }) => [
      new Paragraph({
        keepNext: true,
        spacing: { before: 240, after: 100 },
        children: [new TextRun({ text: name, bold: true, size: 24, color: MARK })],
      }),
      ...sheets.map(entry),
    ]),
  ];
}

const SHORT = 44;

/** What fits in a line of the contents. */
function short(text: string): string {
  const all = [...text.replace(/\s+/gu, ' ')];
  const most = /\p{Script=Han}/u.test(text) ? SHORT * 0.85 : SHORT * 1.8;
  return all.length > most ? `${all.slice(0, most).join('')}…` : all.join('');
}

/** The index of organizations, with references to pages. */
export function index(edition: Printed): Paragraph[] {
  return [
    listHeading(edition.index),
    ...edition.organizations.map(
      ({ organization, codes }) =>
        new Paragraph({
          keepLines: true,
          spacing: { after: 60 },
          tabStops: [{ type: TabStopType.RIGHT, position: RIGHT_END, leader: 'dot' }],
          children: [
            new TextRun({ text: short(organization) }),
            new TextRun({ children: [new Tab()] }),
            ...codes.flatMap((code, i) => [
              new TextRun({ text: `${i > 0 ? '   ' : ''}${code} `, color: SOFT, size: 18 }),
              new PageReference(code, { hyperlink: true }),
            ]),
          ],
        }),
    ),
  ];
}
