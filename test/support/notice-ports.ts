import { reportWords } from '../../flows/notice-report.ts';
import { reportMaker } from '../../src/documents/report-file.ts';
import type { Exporting } from '../../src/usecases/export-ports.ts';
import type { Billboard, Forms, Lanes, MakeReport } from '../../src/usecases/ports.ts';
import { exportingWith } from '../../src/wiring/exporting.ts';

/** Lanes without a pace, chats whose messages stay as they are, no form left open anywhere, and real reports. */
export const PLAIN_LANES: {
  readonly forms: Forms;
  readonly lanes: Lanes;
  readonly billboard: Billboard;
  readonly makeReport: MakeReport;
  readonly exporting: Exporting;
} = {
  forms: { leftOpen: async () => [] },
  lanes: { paceOf: () => ({ perSecond: Number.POSITIVE_INFINITY, limit: undefined }) },
  billboard: { canChange: () => false, show: async () => null },
  makeReport: reportMaker(reportWords),
  exporting: exportingWith({ seal: (text) => Buffer.from(text).toString('base64url') }, 'http://127.0.0.1'),
};
