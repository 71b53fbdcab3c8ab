import {
  Document,
  Footer,
  Header,
  Packer,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  Tab,
  TabStopType,
  TextRun,
} from 'docx';
import { contents, cover, index } from './docx-lists.ts';
import { fieldHeading, project } from './docx-project.ts';
import { FONT, RIGHT_END, SOFT, words } from './docx-text.ts';
import type { Printed } from './printed.ts';

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

/** Something at the left end of a line and something at its right end. */
function between(left: string, right: readonly ParagraphChild[]): Paragraph {
  return new Paragraph({
    tabStops: [{ type: TabStopType.RIGHT, position: RIGHT_END }],
    children: [words(left, SOFT, 17), new TextRun({ children: [new Tab()] }), ...right],
  });
}
