import { reportWords } from '../../flows/notice-report.ts';
import { paperWords } from '../../flows/paper-words.ts';
import { readWorkbook } from '../../src/documents/paper/read-workbook.ts';
import { reportMaker } from '../../src/documents/report-file.ts';
import type { Exporting } from '../../src/usecases/export-ports.ts';
import type { ManualLinks, ManualMaker } from '../../src/usecases/manual-ports.ts';
import type { Paper } from '../../src/usecases/paper-ports.ts';
import type { Billboard, ClaimCodes, Forms, Lanes, MakeReport } from '../../src/usecases/ports.ts';
import { claimCodesWith } from '../../src/wiring/claiming.ts';
import { exportingWith } from '../../src/wiring/exporting.ts';

/** Documents that only name what is in them. */
const PLAIN_MAKER: ManualMaker = {
  readPicture: () => ({ type: 'image/png', width: 8, height: 8 }),
  async make({ manual, pictures }, tell) {
    const codes = manual.fields.flatMap(({ entries }) => entries.map(({ code }) => code));
    tell(codes.length, codes.length);
    const bytes = Buffer.from(`${codes.join(' ')} with ${pictures.length} pictures`);
    return { html: bytes, docx: bytes, pdf: bytes };
  },
};

/** Lanes without a pace, chats whose messages stay as they are, no form left open anywhere, and real reports. */
export const PLAIN_LANES: {
  readonly forms: Forms;
  readonly lanes: Lanes;
  readonly billboard: Billboard;
  readonly makeReport: MakeReport;
  readonly exporting: Exporting;
  readonly manualMaker: ManualMaker;
  readonly manualLinks: ManualLinks;
  readonly claimCodes: ClaimCodes;
  readonly paper: Paper;
} = {
  forms: { leftOpen: async () => [] },
  lanes: { paceOf: () => ({ perSecond: Number.POSITIVE_INFINITY, limit: undefined }) },
  billboard: { canChange: () => false, show: async () => null },
  makeReport: reportMaker(reportWords),
  exporting: exportingWith({ seal: (text) => Buffer.from(text).toString('base64url') }, 'http://127.0.0.1'),
  manualMaker: PLAIN_MAKER,
  paper: {
    words: paperWords,
    printSheets: async (sheets) => Buffer.from(JSON.stringify(sheets)),
    printRun: async (run) => Buffer.from(JSON.stringify(run)),
    readWorkbook,
  },
  manualLinks: {
    publicUrl: 'https://roadshow.example.org',
    proof: (project) => `https://roadshow.example.org/proof/${project}`,
  },
  claimCodes: claimCodesWith('a secret of 32 characters or more', 'http://127.0.0.1'),
};
