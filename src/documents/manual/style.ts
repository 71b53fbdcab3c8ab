/** How an edition looks, on a screen and on A4. Fonts are those that the reader has. */
export const STYLE = `
:root { --ink: #1c2430; --soft: #566172; --line: #d5dae1; --mark: #14508c; --tint: #eef3f9; color-scheme: light; }
* { box-sizing: border-box; }
html { scroll-behavior: smooth; }
body { margin: 0; background: #e9ecf0; color: var(--ink); font: 10.5pt/1.5 "Noto Sans SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", system-ui, sans-serif; overflow-wrap: anywhere; }
p, h1, h2, h3, ul, dl, dd { margin: 0; padding: 0; }
ul { list-style: none; }
a { color: inherit; text-decoration: none; }
a:hover span, a:focus-visible span { text-decoration: underline; }
a:focus-visible { outline: 2px solid var(--mark); outline-offset: 2px; }
.page { position: relative; background: #fff; width: 210mm; max-width: 100%; min-height: 150mm; margin: 8mm auto; padding: 14mm 16mm 18mm; box-shadow: 0 1px 5px #0003; }
.running, .folio { display: flex; justify-content: space-between; gap: 8mm; color: var(--soft); font-size: 8.5pt; }
.running { border-bottom: 0.3mm solid var(--line); padding-bottom: 2mm; margin-bottom: 7mm; }
.running span { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.folio { position: absolute; left: 16mm; right: 16mm; bottom: 8mm; }
.cover { display: flex; flex-direction: column; padding-top: 62mm; min-height: 265mm; }
.cover .band { position: absolute; left: 0; top: 0; right: 0; height: 34mm; background: var(--mark); }
.cover h1 { font-size: 32pt; line-height: 1.25; color: var(--mark); }
.cover .second { font-size: 19pt; line-height: 1.3; color: var(--soft); margin-top: 3mm; }
.cover .subtitle { font-size: 14pt; margin-top: 5mm; }
.cover .texts { margin-top: 12mm; max-height: 80mm; overflow: hidden; white-space: normal; }
.cover .texts p { margin-bottom: 3mm; }
.cover .about { margin-top: auto; border-top: 0.6mm solid var(--mark); padding-top: 5mm; font-size: 12pt; }
.cover .edition { color: var(--soft); margin-top: 3mm; font-size: 10pt; }
.contents h2, .index h2 { font-size: 18pt; color: var(--mark); margin-bottom: 4mm; line-height: 1.3; }
.contents li { border-bottom: 0.2mm dotted var(--line); }
.contents li.field { border: 0; font-weight: 700; color: var(--mark); font-size: 11.5pt; padding: 3.6mm 0 1.4mm; line-height: 1.4; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.contents a { display: flex; gap: 4mm; padding: 0.8mm 0; align-items: baseline; }
.contents b { width: 12mm; flex: none; color: var(--soft); font-weight: 600; font-size: 9.5pt; }
.contents .titles { flex: 1; min-width: 0; }
.contents .titles span { display: block; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; line-height: 1.45; }
.contents .titles span + span { color: var(--soft); font-size: 8.5pt; }
.contents i, .index i { font-style: normal; color: var(--soft); }
.index li { display: flex; gap: 6mm; justify-content: space-between; padding: 0.9mm 0; border-bottom: 0.2mm dotted var(--line); line-height: 1.45; }
.index li > span:first-child { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.index .codes { flex: none; white-space: nowrap; }
.index .codes a { margin-left: 4mm; }
.index .codes i { margin-left: 1.2mm; font-size: 8.5pt; }
.project header { display: flex; gap: 8mm; justify-content: space-between; margin-bottom: 3mm; }
.project header > div { flex: 1; min-width: 0; }
.project .code { display: inline-block; background: var(--mark); color: #fff; font-weight: 700; font-size: 11pt; line-height: 1.4; border-radius: 1mm; padding: 0.3mm 2.6mm; margin-bottom: 2.2mm; }
.project h2 { font-size: 18pt; line-height: 1.3; }
.project .second { font-size: 12pt; line-height: 1.35; color: var(--soft); margin-top: 1mm; }
.project dl { display: grid; grid-template-columns: auto 1fr; gap: 0.6mm 5mm; margin-top: 3.2mm; font-size: 9.5pt; line-height: 1.45; }
.project dl div { display: contents; }
.project dt { color: var(--soft); min-width: 18mm; }
.project h3 { font-size: calc(var(--size) + 0.5pt); line-height: 1.4; color: var(--mark); border-left: 1.1mm solid var(--mark); padding-left: 2.2mm; margin: calc(var(--size) * 0.95) 0 calc(var(--size) * 0.3); }
.project h3 ~ p { font-size: var(--size); margin-bottom: calc(var(--size) * 0.4); text-align: justify; }
.project .cut, .notice { color: var(--soft); }
.qr { flex: none; width: 28mm; text-align: center; font-size: 8pt; line-height: 1.3; color: var(--soft); }
.qr svg { width: 28mm; height: 28mm; display: block; margin-bottom: 1mm; }
.pictures { display: flex; flex-wrap: wrap; gap: 4mm; margin-top: 12pt; }
.pictures img { height: var(--pictures); max-width: 100%; object-fit: contain; }
.project .contact { background: var(--tint); border-radius: 1mm; padding: 1.6mm 4mm; margin: 4mm 0 6mm; font-size: 9.5pt; line-height: 1.45; }
.project .contact b { color: var(--mark); margin-right: 2mm; }
.notice { max-width: 210mm; margin: 8mm auto -2mm; padding: 0 4mm; }
.more, .cut { display: none; }
@media screen and (max-width: 210mm) {
  .page { margin: 0 0 3mm; padding: 6mm 5mm 14mm; box-shadow: none; }
  .folio { left: 5mm; right: 5mm; }
  .cover { padding-top: 44mm; min-height: 100vh; }
  .project header { flex-wrap: wrap; }
  .project h3 ~ p { font-size: 11pt; text-align: start; }
}
@page { size: A4; margin: 0; }
@media print {
  body { background: #fff; }
  .notice { display: none; }
  .page { width: 210mm; height: 296mm; min-height: 0; margin: 0; padding: 14mm 16mm 18mm; box-shadow: none; overflow: hidden; break-inside: avoid; break-after: page; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .page:last-child { break-after: auto; }
  .cover { padding-top: 62mm; padding-bottom: 20mm; }
  .pictures { flex-wrap: nowrap; }
  .pictures img { min-width: 0; }
  .project h2, .project .second { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; overflow: hidden; }
  .project dd { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; }
  .rest { display: none; }
  .more { display: inline; }
  .project .cut { display: block; font-size: 8pt; margin-top: 1mm; }
}
`;
