import { readFileSync, statSync } from 'node:fs';
import { checkResultFile, type FileProblem, RESULT_FILE_MAX_BYTES } from '../documents/result-file.ts';

interface Output {
  out(text: string): void;
  err(text: string): void;
}

const USAGE = `npm run results -- verify FILE.json

Computes a published result again from its file alone: every total from its scores, what was
dropped, every place and tie, and the SHA-256 of it all. The file is what a page of results offers for download.
Exit code: 0 verified, 1 something is wrong, 2 not understood.
`;

const SHOWN = 50;

/** `results verify FILE`. Returns the exit code: 0 verified, 1 something is wrong, 2 not understood. */
export async function resultsCommand(args: readonly string[], { out, err }: Output): Promise<number> {
  if (args.some((one) => ['--help', '-h', 'help'].includes(one))) {
    out(USAGE);
    return 0;
  }
  const [verb, file, ...more] = args;
  if (verb !== 'verify' || file === undefined || file.startsWith('--') || more.length > 0) {
    err(`expected:\n${USAGE}`);
    return 2;
  }
  const text = readSmall(file);
  if ('problem' in text) {
    err(`${text.problem}\n`);
    return 1;
  }
  const { sha256, result, problems } = checkResultFile(text.read);
  if (problems.length > 0 || !result) {
    const lines = problems.slice(0, SHOWN).map((one) => `${file}: ${sentence(one)}`);
    const rest = problems.length > SHOWN ? [`… and ${problems.length - SHOWN} more`] : [];
    err(`${[...lines, ...rest].join('\n')}\n${file} has ${problems.length} problem(s); it is not verified\n`);
    return 1;
  }
  const { event, track, projects, sheets } = result;
  out(
    `verified: ${event.code}/${track.code}, ${projects.length} project(s), ${sheets.length} sheet(s)\nsha256 ${sha256}\n`,
  );
  return 0;
}

function readSmall(file: string): { readonly read: string } | { readonly problem: string } {
  try {
    const { size } = statSync(file);
    if (size > RESULT_FILE_MAX_BYTES)
      return {
        problem: `expected a file of at most ${RESULT_FILE_MAX_BYTES} bytes, received ${size}: ${file}`,
      };
    return { read: readFileSync(file, 'utf8') };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'an error';
    return { problem: `expected a file that can be read, received ${code}: ${file}` };
  }
}

function sentence(problem: FileProblem): string {
  if (problem.why === 'format')
    return `${problem.path}: ${problem.message}; expected the file that a page of results offers`;
  if (problem.why === 'hash')
    return `sha256: expected ${problem.expected} from the content, received ${problem.received}`;
  if (problem.why === 'standing')
    return `standing of ${problem.project || '(none)'}: expected ${problem.expected}, received ${problem.received}`;
  const sheet = `sheet of ${problem.judge} on ${problem.project}`;
  if (problem.why === 'total')
    return `${sheet}: expected the total ${points(problem.expected)}, received ${points(problem.received)}`;
  if (problem.why === 'incomplete') return `${sheet}: expected a fitting score for every criterion`;
  if (problem.why === 'twice') return `${sheet}: expected it once, received it again`;
  return `${sheet}: expected a project and a judge that the file lists`;
}

const points = (hundredths: number): string => (hundredths / 100).toFixed(2);
