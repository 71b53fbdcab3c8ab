import {
  AlignmentType,
  Bookmark,
  ExternalHyperlink,
  HeadingLevel,
  ImageRun,
  Paragraph,
  type ParagraphChild,
  TextRun,
} from 'docx';
import { lines, MARK, SOFT, words } from './docx-text.ts';
import type { Printed, Section, Sheet } from './printed.ts';
import { qrPng } from './qr.ts';

const QR_PIXELS = 96;
const PICTURE_HEIGHT = 170;
const LINE_PIXELS = 600;

/** Of a field: the first of its projects stands below it. */
export const fieldHeading = (name: string): Paragraph =>
  new Paragraph({
    heading: HeadingLevel.HEADING_1,
    pageBreakBefore: true,
    keepNext: true,
    spacing: { after: 120 },
    children: [new TextRun({ text: name, bold: true, size: 24, color: SOFT })],
  });

/** A project, on a page of its own where `breaks`. */
export function project(edition: Printed, sheet: Sheet, breaks: boolean): Paragraph[] {
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
