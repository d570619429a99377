/**
 * The report's style sheet: light and dark, screen and paper.
 *
 * @module
 */

/** CSS text. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #ffffff; --card: #f6f8fa; --ink: #1f2430; --muted: #5b6472; --line: #d8dde4;
  --link: #0b5cad; --bar: #cfe3f5; --good: #0b6e4f; --bad: #b3380b; --mark: #ffe9a8;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14171c; --card: #1c2128; --ink: #e8ebf0; --muted: #a3adba; --line: #343b45;
    --link: #7ab8f5; --bar: #1e3d59; --good: #4cc79b; --bad: #ff9466; --mark: #5c4a10;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--ink);
  font: 16px/1.55 Inter, "Helvetica Neue", Helvetica, Arial, "DejaVu Sans", sans-serif;
}
main { max-width: 1160px; margin: 0 auto; padding: 32px 24px 80px; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 4px; }
h2 { font-size: 1.3rem; margin: 44px 0 8px; padding-top: 12px; border-top: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 24px 0 6px; }
h1:focus, h2:focus { outline: none; }
p { max-width: 76ch; margin: 8px 0; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
small, .muted { color: var(--muted); }
code, pre { font: 0.86em/1.5 ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
nav ul {
  display: flex; flex-wrap: wrap; gap: 4px 20px; padding: 0; margin: 16px 0; list-style: none;
}
.scroll { overflow-x: auto; margin: 16px 0 24px; }
table { border-collapse: collapse; min-width: 100%; font-size: 0.9rem; }
caption { text-align: left; font-weight: 600; padding: 0 0 8px; }
th, td {
  padding: 7px 10px; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line);
}
thead th { color: var(--muted); font-weight: 600; font-size: 0.8rem; vertical-align: bottom; }
table.numbers thead th:not(:first-child):not(.text) { text-align: right; }
tbody th { white-space: nowrap; font-weight: 600; }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.number small { display: block; font-size: 0.74rem; line-height: 1.35; }
td.number small.scored { margin-top: 4px; }
td.share {
  background: linear-gradient(var(--bar), var(--bar)) left bottom
    / calc(100% * var(--share)) 4px no-repeat;
}
td.better span { color: var(--good); font-weight: 700; }
td.worse span { color: var(--bad); font-weight: 700; }
ul.hashes { list-style: none; padding: 0; margin: 0; font-size: 0.82rem; }
figure { margin: 20px 0 32px; }
figure .plot { overflow-x: auto; }
figcaption { color: var(--muted); font-size: 0.92rem; max-width: 84ch; }
details > summary { cursor: pointer; }
fieldset { border: 0; padding: 0; margin: 12px 0; display: flex; flex-wrap: wrap; gap: 4px 18px; }
legend { float: left; margin-right: 12px; color: var(--muted); }
.right { color: var(--good); font-weight: 600; white-space: nowrap; }
.wrong { color: var(--bad); font-weight: 600; white-space: nowrap; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 4px 18px; margin: 12px 0; }
dt { color: var(--muted); }
dd { margin: 0; }
h1, p, dd, li, summary { overflow-wrap: anywhere; }
.scroll li { overflow-wrap: normal; }
pre {
  white-space: pre-wrap; overflow-wrap: anywhere; margin: 6px 0; padding: 10px 12px;
  background: var(--card); border: 1px solid var(--line); border-radius: 6px;
}
mark { background: var(--mark); color: inherit; border-radius: 3px; padding: 0 2px; }
.segments { list-style: none; padding: 0; }
.segments li { border-bottom: 1px solid var(--line); padding: 6px 0; }
button {
  font: inherit; color: var(--link); background: var(--card); border: 1px solid var(--line);
  border-radius: 6px; padding: 6px 14px; cursor: pointer;
}
@media print {
  main { max-width: none; padding: 0; }
  nav, fieldset, button { display: none; }
  .scroll, figure .plot { overflow: visible; }
  table { font-size: 7.5pt; }
  th, td { padding: 3px 4px; }
  tr, figure { break-inside: avoid; }
  h2 { break-after: avoid; }
  a { color: inherit; text-decoration: none; }
}
`;
