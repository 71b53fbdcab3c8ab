import {
  AlignmentType,
  Bookmark,
  Document,
  ExternalHyperlink,
  Footer,
  Header,
  HeadingLevel,
  ImageRun,
  InternalHyperlink,
  Packer,
  PageNumber,
  PageReference,
  Paragraph,
  type ParagraphChild,
  Tab,
  TabStopType,
  TextRun,
} from 'docx';
import type { Printed, Section, Sheet } from './printed.ts';
import { qrPng } from './qr.ts';

const MARK = '14508C';
const SOFT = '566172';
const FONT = { ascii: 'Arial', hAnsi: 'Arial', cs: 'Arial', eastAsia: 'Microsoft YaHei' };
/** In twentieths of a point: the right end of a line between the margins of A4. */
const RIGHT_END = 9_980;
const QR_PIXELS = 96;
const PICTURE_HEIGHT = 170;
const LINE_PIXELS = 600;

/**
 * The edition as a Word document: headings of fields and projects, a page break before each project, and contents
 * and an index whose page numbers Word fills in when it opens the file.
 */
export async function manualDocx(edition: Printed, step: () => Promise<void>): Promise<Uint8Array> {
  const body: Paragraph[] = [...cover(edition), ...contents(edition)];
  for (const { name, sheets } of edition.fields) {
    for (const sheet of sheets) {
      if (sheet === sheets[0]) body.push(fieldHeading(name));
      body.push(...project(edition, sheet, sheet !== sheets[0]));
      await step();
    }
  }
  body.push(...index(edition));
  const document = new Document({
    title: `${edition.event} · ${edition.name}`,
    creator: edition.event,
    description: edition.edition,
    features: { updateFields: true },
    styles: { default: { document: { run: { font: FONT, size: 21 } } } },
    sections: [
      {
        properties: {
          titlePage: true,
          page: {
            size: { width: 11_906, height: 16_838 },
            margin: { top: 1_100, bottom: 1_000, left: 960, right: 960, header: 560, footer: 500 },
          },
        },
        headers: {
          default: new Header({ children: [between(edition.event, [words(edition.name, SOFT, 17)])] }),
        },
        footers: {
          default: new Footer({
            children: [
              between(edition.edition, [
                new TextRun({ children: [PageNumber.CURRENT], color: SOFT, size: 17 }),
              ]),
            ],
          }),
        },
        children: body,
      },
    ],
  });
  await step();
  return new Uint8Array(await Packer.toBuffer(document));
}

/** Runs of a text, its line breaks kept. */
function lines(text: string, how: { color?: string; size?: number; bold?: boolean } = {}): TextRun[] {
  return text.split('\n').map((line, i) => new TextRun({ text: line, ...how, ...(i > 0 && { break: 1 }) }));
}

const words = (text: string, color: string, size: number): TextRun => new TextRun({ text, color, size });

/** Something at the left end of a line and something at its right end. */
function between(left: string, right: readonly ParagraphChild[]): Paragraph {
  return new Paragraph({
    tabStops: [{ type: TabStopType.RIGHT, position: RIGHT_END }],
    children: [words(left, SOFT, 17), new TextRun({ children: [new Tab()] }), ...right],
  });
}

function cover({ titles, subtitles, texts, about, edition }: Printed): Paragraph[] {
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

function contents(edition: Printed): Paragraph[] {
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

function index(edition: Printed): Paragraph[] {
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

const fieldHeading = (name: string): Paragraph =>
  new Paragraph({
    heading: HeadingLevel.HEADING_1,
    pageBreakBefore: true,
    keepNext: true,
    spacing: { after: 120 },
    children: [new TextRun({ text: name, bold: true, size: 24, color: SOFT })],
  });

function project(edition: Printed, sheet: Sheet, breaks: boolean): Paragraph[] {
  const { code, titles, facts, sections, contact, pictures, link } = sheet;
  const [first, ...others] = titles;
  const head = new Paragraph({
    heading: HeadingLevel.HEADING_2,
    pageBreakBefore: breaks,
    keepNext: true,
    keepLines: true,
    children: [
      new Bookmark({
        id: code,
        children: [
          new TextRun({ text: `${code}  `, bold: true, size: 32, color: MARK }),
          ...lines(first?.text ?? '', { bold: true, size: 32 }),
        ],
      }),
    ],
  });
  const line = (children: readonly ParagraphChild[]) =>
    new Paragraph({ keepNext: true, keepLines: true, spacing: { after: 40 }, children: [...children] });
  return [
    head,
    ...others.map(({ text }) => line(lines(text, { color: SOFT, size: 24 }))),
    ...facts.map(({ label, value }) => line([words(`${label}  `, SOFT, 19), ...lines(value, { size: 19 })])),
    ...sections.flatMap(section),
    ...(pictures.length > 0 ? [pictureLine(sheet)] : []),
    ...(contact
      ? [
          line([
            new TextRun({ text: `${contact.label}  `, bold: true, color: MARK }),
            ...lines(contact.value),
          ]),
        ]
      : []),
    ...(link ? [codeLine(edition, link)] : []),
  ];
}

function section({ heading, paragraphs }: Section): Paragraph[] {
  return [
    new Paragraph({
      keepNext: true,
      keepLines: true,
      spacing: { before: 180, after: 60 },
      children: [new TextRun({ text: heading, bold: true, color: MARK, size: 22 })],
    }),
    ...paragraphs.map(
      ({ text }) =>
        new Paragraph({
          spacing: { after: 80, line: 320 },
          alignment: AlignmentType.BOTH,
          children: lines(text),
        }),
    ),
  ];
}

function pictureLine({ pictures, titles }: Sheet): Paragraph {
  const widths = pictures.map((one) => (one.width / one.height) * PICTURE_HEIGHT);
  const scale = Math.min(1, LINE_PIXELS / widths.reduce((sum, one) => sum + one, 0));
  const name = titles[0]?.text ?? '';
  return new Paragraph({
    spacing: { before: 160, after: 120 },
    children: pictures.flatMap(({ type, bytes }, i) => [
      new ImageRun({
        type: type === 'image/png' ? 'png' : 'jpg',
        data: bytes,
        transformation: { width: (widths[i] ?? 0) * scale, height: PICTURE_HEIGHT * scale },
        altText: { name: `${i + 1}`, title: name, description: name },
      }),
      new TextRun({ text: '  ' }),
    ]),
  });
}

function codeLine({ meet }: Printed, link: string): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.RIGHT,
    spacing: { before: 120 },
    children: [
      new ExternalHyperlink({ link, children: [words(`${meet}  `, SOFT, 17)] }),
      new ImageRun({
        type: 'png',
        data: qrPng(link),
        transformation: { width: QR_PIXELS, height: QR_PIXELS },
        altText: { name: meet, title: meet, description: link },
      }),
    ],
  });
}
