/**
 * The report's script: draws the figures, and follows links from a cell to its items and from an
 * item to its trace. Everything read from data reaches the page as text nodes.
 *
 * @module
 */

/** Draws the figures in light and dark; it reads the element `figures`. */
export const FIGURE_CLIENT = `
"use strict";
const byId = (id) => document.getElementById(id);
const data = (id) => JSON.parse(byId(id).textContent);

// Figures ------------------------------------------------------------------------------------

const { figures, dark: darkColors } = data("figures");
const dark = matchMedia("(prefers-color-scheme: dark)");

function drawFigures(isDark) {
  for (const { id, figure } of figures) {
    let json = JSON.stringify(figure);
    if (isDark) for (const [from, to] of darkColors) json = json.replaceAll(from, to);
    const { data, layout } = JSON.parse(json);
    Plotly.react("figure-" + id, data, layout, { displaylogo: false, displayModeBar: false });
  }
}

drawFigures(dark.matches);
dark.addEventListener("change", () => drawFigures(dark.matches));
addEventListener("beforeprint", () => drawFigures(false));
addEventListener("afterprint", () => drawFigures(dark.matches));
`;

/** The rest of the report's page; it follows {@linkcode FIGURE_CLIENT}, and reads the elements
 * `index` and `traces`. */
export const CLIENT = `
const index = data("index");
const PAGE_ROWS = 200;
const TITLE = document.title;

/** An element with properties and children; strings become text nodes. */
function el(tag, properties, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children.flat(Infinity));
  return node;
}

// Traces -------------------------------------------------------------------------------------

let blocks;

async function readBlock(item) {
  blocks ??= data("traces");
  const bytes = Uint8Array.from(atob(blocks[item]), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const block = JSON.parse(await new Response(stream).text());
  const unpack = (text) => typeof text === "string" ? text : text.map((piece) =>
    typeof piece === "string" ? piece : block.base.slice(piece[0], piece[0] + piece[1])
  ).join("");
  return block.answers.map((answer) => ({
    ...answer,
    segments: answer.segments.map((texts) => texts.map(unpack)),
    prompt: unpack(answer.prompt),
    output: unpack(answer.output),
  }));
}

/** The text with the notes' sentences marked where they stand in it. */
function marked(text, notes) {
  const pieces = notes.flatMap((note) => text.includes(note) ? [note] : note.split(/[.;\\n]+/))
    .map((piece) => piece.trim()).filter((piece) => piece.length > 3)
    .sort((a, b) => b.length - a.length);
  if (pieces.length === 0) return [text];
  const escaped = pieces.map((piece) => piece.replace(/[^\\w\\s]/g, "\\\\$&"));
  return text.split(new RegExp("(" + escaped.join("|") + ")"))
    .map((part) => pieces.includes(part) ? el("mark", {}, part) : part);
}

// Views --------------------------------------------------------------------------------------

const format = (n) => n.toLocaleString("en-US");

function verdict(answer) {
  const [, , , , value, status] = answer;
  if (status !== "scored") return el("span", { className: "wrong" }, "✗ " + status);
  if (value === 1) return el("span", { className: "right" }, "✓ right");
  if (value === 0) return el("span", { className: "wrong" }, "✗ wrong");
  return el("span", {}, value.toFixed(3));
}

function crumbs(...links) {
  const items = links.map(([text, href]) => el("li", {}, el("a", { href }, text)));
  const nav = el("nav", {}, el("ul", {}, ...items));
  nav.ariaLabel = "Way back";
  return nav;
}

function cellTitle(part, row, column) {
  return format(index.lengths[part]) + " tokens · " + index.labels[row] + " · " +
    index.columns[column];
}

function inCell(answer, part, row, column) {
  const [item, series] = answer;
  const [, length, own] = index.items[item];
  if (series !== row || length !== part) return false;
  const isAverage = index.columns[column] === "average";
  return isAverage ? index.columns[own] !== "abstention" : own === column;
}

const FILTERS = {
  all: () => true,
  right: (at) => index.answers[at][4] === 1,
  "not-right": (at) => index.answers[at][4] !== 1,
};

/** The answers of a list: those of a cell that pass its filter. */
function answersOf({ cell, filter }) {
  return index.answers.map((_, at) => at)
    .filter((at) => inCell(index.answers[at], ...cell) && FILTERS[filter](at));
}

const listPath = ({ cell, filter }) => [...cell, filter].join("/");
const listHref = (list) => "#/cell/" + listPath(list);
const itemHref = (at, list) => "#/item/" + at + "/" + listPath(list);

function itemRow(at, list) {
  const [item, , model, answer] = index.answers[at];
  const [id, , , question, gold] = index.items[item];
  const link = el("a", { href: itemHref(at, list) }, question || id);
  return el("tr", {}, el("th", { scope: "row" }, id), el("td", {}, link), el("td", {}, gold),
    el("td", {}, answer ?? "(no answer)"), el("td", {}, verdict(index.answers[at])),
    el("td", {}, model));
}

function cellView({ cell, filter }) {
  const head = ["item", "question", "gold answer", "answer", "score", "checkpoint"]
    .map((name) => el("th", { scope: "col" }, name));
  const body = el("tbody", {});
  const more = el("button", { type: "button" });
  let list, rows;
  const showMore = () => {
    body.append(...rows.splice(0, PAGE_ROWS).map((at) => itemRow(at, list)));
    more.hidden = rows.length === 0;
    more.textContent = "Show more (" + format(rows.length) + " left)";
  };
  const show = (name) => {
    list = { cell, filter: name };
    rows = answersOf(list);
    body.replaceChildren();
    showMore();
  };
  more.addEventListener("click", showMore);
  const choices = Object.keys(FILTERS).map((name) => {
    const radio = el("input", { type: "radio", name: "filter", checked: name === filter });
    radio.addEventListener("change", () => {
      show(name);
      // In the address, so that the way back from an item leads to the same list.
      history.replaceState(null, "", listHref(list));
    });
    const count = format(answersOf({ cell, filter: name }).length);
    return el("label", {}, radio, " " + name.replace("-", " ") + " (" + count + ")");
  });
  show(filter);
  const table = el("table", {}, el("thead", {}, el("tr", {}, ...head)), body);
  const scroll = el("div", { className: "scroll", tabIndex: 0, role: "region" }, table);
  scroll.ariaLabel = "Items";
  return [
    crumbs(["← Report", "#table-1"]),
    el("h1", { tabIndex: -1 }, cellTitle(...cell)),
    el("fieldset", {}, el("legend", {}, "Show"), ...choices),
    scroll,
    more,
  ];
}

function segmentView([text, raw, note], i, all) {
  const about = "Segment " + (i + 1) + " of " + all.length + (note || raw ? ": " : "");
  const empty = raw ? el("span", { className: "muted" }, "empty") : "";
  const shown = note ? el("mark", {}, note) : empty;
  const details = el("details", { open: note !== "" || all.length === 1 },
    el("summary", {}, about, shown), el("pre", {}, ...marked(text, note ? [note] : [])));
  if (raw.trim() !== note.trim()) details.append("Raw note:", el("pre", {}, raw));
  return el("li", {}, details);
}

/** Links to the items before and after one in its list. */
function neighbours(at, list) {
  const answers = answersOf(list);
  const place = answers.indexOf(at);
  return [["Previous", answers[place - 1]], ["Next", answers[place + 1]]]
    .filter(([, to]) => to !== undefined)
    .map(([name, to]) => [name, itemHref(to, list)]);
}

async function itemView(at, list) {
  const answer = index.answers[at];
  const [item, series, model, given, , , place] = answer;
  const [id, length, column, question, gold] = index.items[item];
  const head = [
    crumbs(["← Report", "#table-1"], ["← " + cellTitle(...list.cell), listHref(list)],
      ...neighbours(at, list)),
    el("h1", { tabIndex: -1 }, question || id),
  ];
  const facts = [["gold answer", gold], ["answer", given ?? "(no answer)"],
    ["score", verdict(answer)],
    ["method", index.labels[series]], ["checkpoint", model], ["item", id],
    ["type", index.columns[column]], ["length", format(index.lengths[length]) + " tokens"]];
  const facing = (pairs) => el("dl", {}, pairs.map(([a, b]) => [el("dt", {}, a), el("dd", {}, b)]));
  if (place < 0) return [...head, facing(facts), el("p", {}, "There is no answer to show.")];
  const trace = (await readBlock(item))[place];
  facts.push(["tokens read", format(trace.tokens[0])], ["tokens written", format(trace.tokens[1])],
    ["stopped by", trace.finish]);
  const notes = trace.segments.map(([, , note]) => note).filter((note) => note !== "");
  const kept = notes.length + " of " + trace.segments.length + " with a note";
  return [
    ...head,
    facing(facts),
    el("h2", {}, "Segments ", el("small", {}, kept)),
    el("ol", { className: "segments" }, ...trace.segments.map(segmentView)),
    el("h2", {}, "Final prompt"),
    el("pre", {}, ...marked(trace.prompt, notes)),
    el("h2", {}, "Raw output"),
    el("pre", {}, trace.output),
  ];
}

// Routes -------------------------------------------------------------------------------------

/** The list that a path names, such as 0/2/7 or 0/2/7/right; undefined where there is none. */
function readList([part, row, column, filter = "all", ...rest]) {
  const cell = [part, row, column].map((text) => /^\\d+$/.test(text) ? Number(text) : -1);
  const sides = [index.lengths, index.labels, index.columns];
  const exists = cell.every((at, i) => at in sides[i]) && Object.hasOwn(FILTERS, filter);
  return exists && rest.length === 0 ? { cell, filter } : undefined;
}

function notFoundView() {
  return [
    el("h1", { tabIndex: -1 }, "Not found"),
    el("p", {}, "This report has nothing at " + location.hash + "."),
    crumbs(["← Report", "#table-1"]),
  ];
}

async function viewOf([view, ...path]) {
  if (view === "cell") {
    const list = readList(path);
    if (list) return cellView(list);
  }
  if (view === "item") {
    const list = readList(path.slice(1));
    const at = list && answersOf(list).find((at) => String(at) === path[0]);
    if (at !== undefined) return await itemView(at, list);
  }
  return notFoundView();
}

async function route() {
  const { hash } = location;
  const isDrill = hash.startsWith("#/");
  const nodes = isDrill ? await viewOf(hash.split("/").slice(1)) : [];
  // Another link was followed while a trace was unpacked.
  if (location.hash !== hash) return;
  byId("report").hidden = isDrill;
  const drill = byId("drill");
  drill.hidden = !isDrill;
  drill.replaceChildren(...nodes);
  const heading = drill.querySelector("h1");
  document.title = heading ? heading.textContent + " · " + TITLE : TITLE;
  if (!isDrill) {
    if (hash) byId(hash.slice(1))?.scrollIntoView();
    return;
  }
  scrollTo(0, 0);
  heading.focus();
}

addEventListener("hashchange", route);
route();
`;
