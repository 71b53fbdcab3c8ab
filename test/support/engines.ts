/** Said once per run: what the machine's services let the suites run on, so that nothing is skipped in silence. */
const OPTIONAL = [
  ['TEST_MONGODB_URI', 'MongoDB', 'mongodb://127.0.0.1:27017'],
  ['TEST_REDIS_URL', 'Redis', 'redis://127.0.0.1:6379'],
  ['TEST_CHROMIUM', 'the page in a real browser', '/usr/bin/chromium'],
] as const;

export default function setup(): void {
  for (const [variable, what, example] of OPTIONAL) {
    const value = process.env[variable];
    const line = value
      ? `also on ${what} (${variable})`
      : `NOT RUN: ${what}; set ${variable}, for example ${example}`;
    process.stderr.write(`engines: ${line}\n`);
  }
}
