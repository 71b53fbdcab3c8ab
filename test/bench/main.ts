import { startApi } from './api.ts';
import { benchLimits } from './bench-limits.ts';
import { benchManual } from './bench-manual.ts';
import { benchNotices } from './bench-notices.ts';
import { benchScoreboard } from './bench-scoreboard.ts';
import { benchScores } from './bench-scores.ts';
import { benchTurns } from './bench-turns.ts';

// npm run bench: turns per second beside bots of two libraries, a notice to very many readers beside a bare queue, and
// how well Telegram's limits are kept to, in one run, as ratios; a call for projects from the chat to the printed
// manual; how long judges wait who score at once, and how soon a score is on the scoreboard. `npm run bench turns`,
// `notices`, `limits`, `manual`, `scores` or `scoreboard` runs one of them alone.
const [only] = process.argv.slice(2);
const wanted = (name: string) => only === undefined || only === name;
const api = await startApi();
if (wanted('turns')) await benchTurns(api);
if (wanted('notices')) await benchNotices(api);
api.close();
if (wanted('scores')) await benchScores();
if (wanted('limits')) await benchLimits();
if (wanted('manual')) await benchManual();
if (wanted('scoreboard')) await benchScoreboard();
