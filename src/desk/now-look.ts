/** How often the page looks for news. */
export const REFRESH_SECONDS = 10;

/** Large type for a hall's screen, on nothing from elsewhere. */
export const NOW_STYLE = `
:root { color-scheme: light dark; --ink: #16202c; --paper: #ffffff; --quiet: #4a5664; --line: #c4ccd4; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #f2f5f8; --paper: #10161d; --quiet: #b3bfcb; --line: #3a4654; }
}
* { box-sizing: border-box; }
body { margin: 0; padding: 2vw 3vw; font: 400 clamp(1.1rem, 1.6vw, 2rem)/1.4 system-ui, sans-serif;
  color: var(--ink); background: var(--paper); }
header { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: baseline; gap: 1rem; }
h1 { font-size: 1.5em; margin: 0; }
h2 { font-size: 1.25em; margin: 0; }
h3 { font-size: 1em; font-weight: 400; color: var(--quiet); margin: 0.8em 0 0; }
a { color: inherit; }
p { margin: 0.2em 0; overflow-wrap: anywhere; }
main { display: grid; gap: 2vw; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22em), 1fr)); }
.clock { grid-column: 1 / -1; color: var(--quiet); }
section { border-top: 0.15em solid var(--line); padding-top: 0.6em; }
.phase, .delay, .left { color: var(--quiet); }
.phase { font-size: 0.8em; font-weight: 400; }
.stage { font-size: 1.9em; font-weight: 700; line-height: 1.2; }
.party { font-size: 1.4em; }
ol { list-style: none; margin: 0.2em 0; padding: 0; }
li { padding: 0.15em 0; }
time { font-variant-numeric: tabular-nums; }
`;

/** Takes the news of the page into the page; while the house is away the last news stays. */
export const NOW_SCRIPT = `
const look = async () => {
  try {
    const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
    if (!answer.ok) return;
    const news = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main');
    const main = document.querySelector('main');
    if (news && main) main.replaceChildren(...news.childNodes);
  } catch {}
};
setInterval(look, ${REFRESH_SECONDS * 1_000});
document.addEventListener('visibilitychange', () => document.hidden || look());
`;
