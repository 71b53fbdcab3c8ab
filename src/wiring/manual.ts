import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { manualWords } from '../../flows/manual-words.ts';
import { acceptedLanguage } from '../channels/web/refusals.ts';
import type { Proofs } from '../channels/web/token.ts';
import type { VisitorDoor } from '../channels/web/visitors.ts';
import type { Config } from '../config.ts';
import { manualRoutes } from '../desk/manual.ts';
import { proofHtml } from '../documents/manual/html.ts';
import { readPicture } from '../documents/manual/picture.ts';
import { printed } from '../documents/manual/printed.ts';
import { publicPage } from '../documents/manual/public-page.ts';
import type { FromManualThread, ThreadData } from '../documents/manual/thread.ts';
import { type Edition, MANUAL_FORMATS } from '../domain/edition.ts';
import { bundle } from '../embedded/bundle.ts';
import type { Stores } from '../store/stores.ts';
import type { Editions, ManualLinks, ManualMaker, ManualWords } from '../usecases/manual-ports.ts';
import type { Clock } from '../usecases/ports.ts';
import type { makeVerbs } from '../usecases/verbs.ts';

/** The folder of the fonts that documents carry. */
export const FONTS = join(
  dirname(createRequire(import.meta.url).resolve('@embedpdf/fonts-sc')),
  '..',
  'fonts',
);

/** Builds manuals in a thread of their own, so that nobody's answer waits for some seconds of setting pages. */
export function threadedMaker(words: ManualWords): ManualMaker {
  const module = new URL(`../documents/manual/thread${extname(import.meta.filename)}`, import.meta.url);
  let script: string | undefined;
  return {
    readPicture,
    make: (input, tell) =>
      new Promise((resolve, reject) => {
        script ??= bundle(module);
        const workerData: ThreadData = { input, words, fonts: FONTS };
        const worker = new Worker(script, { eval: true, workerData, execArgv: [] });
        worker.on('message', (message: FromManualThread) => {
          if (message.kind === 'progress') tell(message.done, message.total);
          else resolve(message.files);
        });
        worker.once('error', reject);
        worker.once('exit', (code) =>
          reject(
            new Error(
              `expected the thread that builds a manual to end with its files, received exit code ${code}`,
            ),
          ),
        );
      }),
  };
}

const PROOF = /^proof (?<project>[\w.:-]{1,128})$/u;

/** Links to a team's own page, signed. */
export function proofLinks(sealed: Proofs, publicUrl: string | undefined): ManualLinks {
  return {
    publicUrl: publicUrl ?? null,
    proof: (project, until) =>
      publicUrl && new URL(`/proof/${sealed.seal(`proof ${project}`, until)}`, publicUrl).href,
  };
}

/** The project whose page a link opens; undefined: it is none of ours, or over. */
export function proofOf(sealed: Proofs, text: string, now: Date): string | undefined {
  return PROOF.exec(sealed.open(text, now) ?? '')?.groups?.project;
}

/** An edition that is to be built is begun soon; the sweep would begin it too, but later. */
export function buildingSoon(
  editions: Editions,
  kick: () => Promise<void>,
  onError: (error: Error) => void,
): Editions {
  const isNew = ({ state, lease }: Edition) => state === 'building' && lease === null;
  return {
    ...editions,
    async save(next) {
      const saved = await editions.save(next);
      if (saved && isNew(next)) void kick().catch(onError);
      return saved;
    },
  };
}

export interface ManualRoom {
  readonly stores: Pick<Stores, 'files'>;
  readonly verbs: Pick<ReturnType<typeof makeVerbs>, 'openPublicManual' | 'openProof'>;
  readonly sealed: Proofs;
  readonly clock: Clock;
  readonly config: Pick<Config, 'publicUrl' | 'defaultLang'>;
  readonly door: Pick<VisitorDoor, 'refuse'>;
  /** Runs what needs the store, and rejects soon while that is away. */
  guard<T>(work: () => Promise<T>): Promise<T>;
}

/** The pages of the manual. */
export function manualRoom({ stores, verbs, sealed, clock, config, door, guard }: ManualRoom) {
  return manualRoutes({
    openPublicManual: (office, code) => guard(() => verbs.openPublicManual(office, code)),
    page({ event, edition, manual }, lang) {
      const path = `/manual/${event.office}/${event.code}`;
      const other = lang === 'zh' ? 'en' : 'zh';
      return publicPage(manual, lang, manualWords, {
        files: MANUAL_FORMATS.flatMap((format) => {
          const file = edition.files?.[format];
          return file ? [{ format: format.toUpperCase(), href: `${path}/${file.name}` }] : [];
        }),
        other: manual.langs === 'both' ? { lang: other, href: `${path}?lang=${other}` } : undefined,
        publicUrl: config.publicUrl ?? null,
      });
    },
    openFile: (id) => guard(() => stores.files.open(id)),
    async proof(text, lang) {
      const project = proofOf(sealed, text, clock.now());
      const found = project && (await guard(() => verbs.openProof(project)));
      if (!found) return undefined;
      return proofHtml(printed(found.input, manualWords), found.code, manualWords.proofNotice[lang]);
    },
    languageOf: (header) => acceptedLanguage(header, config.defaultLang),
    notFound: (c) => door.refuse(c, 404, 'not_found'),
  });
}
