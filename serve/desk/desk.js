// The review desk: what the editor writes is sent to the server as it is
// written, and what is found is marked in place. Nothing is stored.
"use strict";
const $ = (id) => document.getElementById(id);
const WAIT = 300; // ms without typing before a draft is checked
const ACTIONS = { block: "拦截", review: "复核", note: "提示" };
const VERDICTS = { pass: "通过", review: "需复核", block: "拦截" };
const VETOES = { segmentation: "是词语的一部分", ordinary: "是通常的话", allow: "在允许的说法中", context: "附近没有相关的词", unless: "附近有排除的词", date: "不在有效期内", publicity: "是宣传提示", history: "说的是当时", teaching: "是讲解举例", covered: "已由另一处说明", confidence: "置信度不够" };
const fields = [...document.querySelectorAll(".marked")].map((box) => ({ path: box.dataset.field, under: box.firstElementChild, text: box.lastElementChild }));
const fieldOf = (path) => fields.find((f) => f.path === path);

let report = null; // of the text as it stands, its spans moved along with edits
let lexicon = null, rules = new Map();
let chosen = null; // id of a finding

// make builds an element; texts of drafts only ever become text nodes.
function make(tag, attrs = {}, ...children) {
  const e = document.createElement(tag);
  for (const [k, v] of Object.entries(attrs)) {
    if (k === "hue") e.style.setProperty("--hue", v);
    else if (k.startsWith("on")) e.addEventListener(k.slice(2), v);
    else if (k in e && k !== "list") e[k] = v;
    else e.setAttribute(k, v);
  }
  e.append(...children);
  return e;
}
function hue(category) { // as in HTML reports
  const i = lexicon ? lexicon.categories.findIndex((c) => c.id === category) : -1;
  return category === "" ? 215 : i < 12 ? Math.max(0, i) * 30 : (i * 67) % 360;
}
const titleOf = (category) => category === "" ? "发布规则" : lexicon?.categories.find((c) => c.id === category)?.title ?? category;
const labelOf = (path) => LABELS[path] ?? path;
const escapeHTML = (s) => s.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);

// --- talking to the server ---

function headers(kind) {
  const h = { "Content-Type": kind };
  const token = sessionStorage.getItem("token");
  if (token) h.Authorization = "Bearer " + token;
  return h;
}
async function ask(path, options = {}) {
  const r = await fetch(path, { ...options, headers: headers(options.kind ?? "application/json") });
  if (r.status === 401) {
    sessionStorage.removeItem("token");
    $("login").hidden = false;
    document.querySelector("main").hidden = true;
    $("token").focus();
    throw new Error("这台服务器需要令牌");
  }
  if (r.ok) return r;
  let p = null;
  try { p = await r.json(); } catch { /* not from this server */ }
  const faults = (p?.problems ?? []).map((f) => `${labelOf(f.path ?? "")} ${f.message}`);
  const e = new Error([r.status === 503 ? "服务器忙，稍后自动重试" : r.status === 413 ? "稿件超过服务器允许的大小" : "无法检查", ...faults].join("；"));
  e.busy = r.status === 503;
  throw e;
}
function say(text, bad) {
  $("state").textContent = text;
  $("state").classList.toggle("bad", !!bad);
}

// --- the document ---

function put(doc, path, value) {
  const steps = path.split(".");
  const last = steps.pop();
  let at = doc;
  for (const s of steps) at = at[s] ??= {};
  at[last] = value;
}
const get = (doc, path) => path.split(".").reduce((at, s) => at?.[s], doc);
const zoned = (s) => (s.length === 16 ? s + ":00" : s) + "+08:00"; // Beijing, as the rules count
// read gives the value of a control; undefined is unknown.
function read(control) {
  const v = control.value;
  if (v === "") return undefined;
  switch (control.dataset.kind) {
    case "bool": return v === "true";
    case "time": return zoned(v);
    case "level": return Number(v);
    default: return v;
  }
}
function collect() {
  const doc = {};
  const extra = $("extra").value.trim();
  $("extra-fault").textContent = "";
  if (extra) {
    try { Object.assign(doc, JSON.parse(extra)); } catch { $("extra-fault").textContent = "不是完整的 JSON，暂不计入"; }
  }
  for (const c of document.querySelectorAll("[data-path]")) {
    const v = read(c);
    if (v !== undefined) put(doc, c.dataset.path, v);
  }
  const rows = [...document.querySelectorAll(".review-row")].map((row) => {
    const one = {};
    for (const c of row.querySelectorAll("[data-member]")) {
      const v = read(c);
      if (v !== undefined) one[c.dataset.member] = v;
    }
    return one;
  });
  if (rows.length) put(doc, "workflow.reviews", rows);
  else if ($("no-reviews").checked) put(doc, "workflow.reviews", []);
  return doc;
}
// show fills the desk with a document; what has no place here goes to the JSON.
function show(doc) {
  const rest = structuredClone(doc);
  const take = (path) => {
    const v = get(rest, path);
    if (v !== undefined) delete path.split(".").slice(0, -1).reduce((at, s) => at[s], rest)[path.split(".").at(-1)];
    return v;
  };
  for (const c of document.querySelectorAll("[data-path]")) {
    const v = take(c.dataset.path);
    if (c.id === "format") c.value = v ?? "plain";
    else if (c.dataset.kind === "time") c.value = v ? new Date(Date.parse(v) + 8 * 3600e3).toISOString().slice(0, 16) : "";
    else c.value = v === undefined ? "" : String(v);
  }
  $("reviews").replaceChildren();
  const reviews = take("workflow.reviews");
  $("no-reviews").checked = Array.isArray(reviews) && reviews.length === 0;
  for (const one of reviews ?? []) addReview(one);
  for (const key of Object.keys(rest)) if (rest[key] && typeof rest[key] === "object" && !Array.isArray(rest[key]) && !Object.keys(rest[key]).length) delete rest[key];
  $("extra").value = Object.keys(rest).length ? JSON.stringify(rest, null, 2) : "";
  report = null;
  draw();
  soon(0);
}

function query(format) {
  const q = new URLSearchParams();
  if ($("profile").value) q.set("profile", $("profile").value);
  const categories = [...document.querySelectorAll("#categories input")];
  if (categories.some((c) => !c.checked)) q.set("categories", categories.filter((c) => c.checked).map((c) => c.value).join(",") || "x_none");
  const changed = [...document.querySelectorAll("#channels input")].filter((c) => c.checked !== c.defaultChecked);
  if (changed.length) q.set("channels", changed.map((c) => (c.checked ? "+" : "-") + c.value).join(","));
  if (!$("semantic").checked) q.set("semantic", "false");
  if ($("show-vetoed").checked) q.set("vetoed", "true");
  if (format) q.set("format", format);
  return "v1/scan?" + q;
}

// --- checking ---

let timer = 0, under = null, composing = false;
function soon(wait = WAIT) {
  clearTimeout(timer);
  timer = setTimeout(check, wait);
}
async function check() {
  if (composing) return; // an input method is at work; its end calls again
  under?.abort();
  const mine = under = new AbortController();
  const doc = collect();
  if (!fields.some((f) => f.text.value) && Object.keys(doc).every((k) => k === "body_format")) {
    report = null;
    say("");
    draw();
    return;
  }
  say("检查中…");
  try {
    const r = await ask(query(), { method: "POST", body: JSON.stringify(doc), signal: mine.signal });
    const next = await r.json();
    if (mine !== under) return;
    report = next;
    say("");
    draw();
  } catch (e) {
    if (e.name === "AbortError" || mine !== under) return;
    say(e instanceof TypeError ? "连不上服务器" : e.message, true);
    if (e.busy || e instanceof TypeError) soon(2000);
  }
}

// edited moves the spans of the report along with an edit, until the next one
// is there: what was not touched stays marked.
function edited(f, before) {
  const now = f.text.value;
  let from = 0, tail = 0;
  const most = Math.min(before.length, now.length);
  while (from < most && before[from] === now[from]) from++;
  while (tail < most - from && before[before.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
  const end = before.length - tail, shift = now.length - before.length;
  for (const x of report?.findings ?? []) {
    if (x.field !== f.path || x.line === 0) continue;
    if (x.utf16.start >= end) x.utf16 = { start: x.utf16.start + shift, end: x.utf16.end + shift };
    else if (x.utf16.end > from) x.gone = true;
  }
}

// --- drawing ---

const marks = (f) => (report?.findings ?? []).filter((x) => x.field === f.path && x.line > 0 && !x.gone && x.utf16.start < x.utf16.end);
const WEIGHT = { block: 3, review: 2, note: 1 };
function drawField(f) {
  const text = f.text.value, here = marks(f);
  const cuts = [...new Set([0, text.length, ...here.flatMap((x) => [x.utf16.start, x.utf16.end])])].filter((n) => n <= text.length).sort((a, b) => a - b);
  const parts = [];
  for (let k = 0; k + 1 < cuts.length; k++) {
    const piece = text.slice(cuts[k], cuts[k + 1]);
    const open = here.filter((x) => x.utf16.start <= cuts[k] && x.utf16.end >= cuts[k + 1]);
    if (!open.length) { parts.push(piece); continue; }
    const worst = open.reduce((a, b) => WEIGHT[b.action] > WEIGHT[a.action] ? b : a);
    const mark = make("mark", { hue: hue(worst.category) }, piece);
    mark.dataset.action = worst.action;
    mark.dataset.findings = open.map((x) => x.id).join(" ");
    mark.classList.toggle("chosen", open.some((x) => x.id === chosen));
    parts.push(mark);
  }
  f.under.replaceChildren(...parts, "\u200b"); // gives a last empty line its height
}
function box(id, list, items) {
  $(id + "-box").hidden = !list.length;
  $(id + "-box").querySelector("small").textContent = list.length || "";
  $(id).replaceChildren(...list.map(items));
}
const reading = (x) => x.line > 0 ? `${labelOf(x.field)} ${x.line}:${x.column}` : labelOf(x.field);
function draw() {
  for (const f of fields) drawField(f);
  const list = (report?.findings ?? []).filter((x) => !x.gone);
  $("verdict").replaceChildren(report
    ? make("span", { className: "badge " + report.verdict }, VERDICTS[report.verdict])
    : make("span", { className: "badge idle" }, "待输入"));
  $("count").textContent = report ? (list.length ? list.length + " 处" : "") : "";
  $("clean").hidden = list.length > 0;
  $("clean").textContent = report ? "未发现问题。" : "输入稿件后，问题会在原文中标出。";
  $("findings").replaceChildren(...list.map((x) => {
    const li = make("li", { hue: hue(x.category) }, make("button", { type: "button", onclick: () => choose(x.id, true) },
      make("span", { className: "badge " + x.action }, ACTIONS[x.action]), " ", make("small", {}, `${titleOf(x.category)} · ${reading(x)}`),
      make("br"), x.text ? make("b", {}, x.text) : "", x.text ? " " : "", x.message));
    li.dataset.id = x.id;
    li.classList.toggle("chosen", x.id === chosen);
    return li;
  }));
  for (const b of document.querySelectorAll("[data-download]")) b.disabled = !report;
  box("steps", report?.steps ?? [], (s) => make("li", {}, make("b", {}, s.title), " ", make("small", {}, (s.reasons ?? []).map((r) => r.message).join("；"))));
  box("unevaluated", (report?.evaluations ?? []).filter((e) => e.status === "not-evaluated"), (e) => make("li", {}, rules.get(e.rule)?.title ?? e.rule, make("br"),
    ...e.missing.flatMap((path, i) => [i ? "、" : "缺 ", make("button", { type: "button", className: "link", onclick: () => fillIn(path) }, labelOf(path))])));
  box("suppressed", report?.suppressed ?? [], (s) => make("li", {}, s.finding.message, " ", make("small", {}, s.suppression.reason)));
  box("vetoed", report?.vetoed ?? [], (v) => make("li", {}, `${v.text || v.term} `, make("small", {}, `${VETOES[v.reason] ?? v.reason} ${(v.words ?? []).join(" ")}`)));
  const counts = {};
  for (const x of list) counts[x.category] = (counts[x.category] ?? 0) + 1;
  for (const s of document.querySelectorAll("#categories small")) s.textContent = counts[s.dataset.category] ?? "";
  $("snapshot").textContent = report ? ` 依据：${report.snapshot.packs.map((p) => p.id + " " + p.version).join("、")}${report.snapshot.profile ? "，规则 " + report.snapshot.profile : ""}` : "";
  if (!list.some((x) => x.id === chosen)) close();
  else explain();
}

// --- one finding ---

const finding = (id) => report?.findings.find((x) => x.id === id && !x.gone);
const replaces = (x) => x.suggestion && x.line > 0 && fieldOf(x.field) && !x.suggestion.startsWith("（");
function choose(id, go) {
  chosen = id;
  const x = finding(id);
  const f = x && fieldOf(x.field);
  if (x && f && x.line > 0) {
    if (go) {
      f.text.focus({ preventScroll: true });
      f.text.setSelectionRange(x.utf16.start, x.utf16.end);
    }
  } else if (x && go) fillIn(x.field);
  draw();
  if (go) f?.under.querySelector("mark.chosen")?.scrollIntoView({ block: "center", behavior: "smooth" });
  const li = document.querySelector("#findings li.chosen");
  if (li && !go) li.scrollIntoView({ block: "nearest" });
}
function close() {
  chosen = null;
  $("why").hidden = true;
  for (const e of document.querySelectorAll(".chosen")) e.classList.remove("chosen");
}
function explain() {
  const x = finding(chosen);
  const mark = x && fieldOf(x.field)?.under.querySelector("mark.chosen");
  if (!mark) { $("why").hidden = true; return; }
  const card = $("why");
  card.style.setProperty("--hue", hue(x.category));
  const rows = [make("p", {}, make("span", { className: "badge " + x.action }, ACTIONS[x.action]), " ", make("small", {}, `${titleOf(x.category)}${x.confidence < 1 ? " · 置信度 " + x.confidence : ""}`)), make("p", {}, x.message)];
  if (x.suggestion && !x.message.includes(x.suggestion)) rows.push(make("p", {}, "建议：" + x.suggestion));
  if (x.channels?.length) rows.push(make("p", {}, make("small", {}, "写法变形：" + x.channels.map((n) => lexicon?.channels.find((c) => c.name === n)?.title ?? n).join("、"))));
  const basis = x.basis || rules.get(x.rule)?.basis;
  if (basis) rows.push(make("p", {}, make("small", {}, "依据：" + basis)));
  for (const other of marks(fieldOf(x.field))) {
    if (other.id !== x.id && other.utf16.start < x.utf16.end && other.utf16.end > x.utf16.start) {
      rows.push(make("p", {}, make("small", {}, "此处还有："), make("button", { type: "button", className: "link", onclick: () => choose(other.id, false) }, other.message)));
    }
  }
  const actions = make("div", { className: "actions" });
  if (replaces(x)) actions.append(make("button", { type: "button", className: "primary", id: "apply", onclick: apply }, `改为“${x.suggestion}”`));
  actions.append(make("button", { type: "button", onclick: () => step(1) }, "下一处"), make("button", { type: "button", onclick: () => { close(); } }, "收起"));
  card.replaceChildren(...rows, actions);
  card.hidden = false;
  const at = [...mark.getClientRects()].at(-1), paper = document.querySelector(".paper").getBoundingClientRect();
  card.style.top = `${at.bottom - paper.top + 8}px`;
  card.style.left = `${Math.max(16, Math.min(at.left - paper.left, paper.width - card.offsetWidth - 16))}px`;
}
function apply() {
  const x = finding(chosen);
  if (!x || !replaces(x)) return;
  const f = fieldOf(x.field);
  const text = $("format").value === "html" && f.path === "body" ? escapeHTML(x.suggestion) : x.suggestion;
  f.text.focus({ preventScroll: true });
  f.text.setSelectionRange(x.utf16.start, x.utf16.end);
  // The old command is the only way that the browser can undo.
  if (!document.execCommand("insertText", false, text)) {
    f.text.setRangeText(text, x.utf16.start, x.utf16.end, "end");
    f.text.dispatchEvent(new Event("input", { bubbles: true }));
  }
  close();
  soon(0);
}
function step(by) {
  const list = (report?.findings ?? []).filter((x) => !x.gone);
  if (!list.length) return;
  const i = list.findIndex((x) => x.id === chosen);
  choose(list[i < 0 ? (by > 0 ? 0 : list.length - 1) : (i + by + list.length) % list.length].id, true);
}
// fillIn leads to where something that is missing, or wrong, can be written.
function fillIn(path) {
  let c = document.querySelector(`[data-path="${CSS.escape(path)}"]`) ?? document.querySelector(`[data-path^="${CSS.escape(path)}."]`);
  if (path.startsWith("workflow.reviews")) c = $("add-review");
  c ??= $("extra");
  for (let d = c.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
  c.scrollIntoView({ block: "center", behavior: "smooth" });
  c.focus({ preventScroll: true });
}

// --- files ---

const KIND = { md: "markdown", markdown: "markdown", html: "html", htm: "html" };
let opened = 0; // files; a slow one does not come after a later one
async function open(file) {
  const ext = file.name.split(".").at(-1).toLowerCase();
  const mine = ++opened;
  try {
    if (ext === "docx") {
      const r = await ask("v1/text", { method: "POST", body: file, kind: "application/vnd.openxmlformats-officedocument.wordprocessingml.document" });
      const { text } = await r.json();
      if (mine === opened) show({ body: text });
      return;
    }
    const bytes = await file.arrayBuffer();
    if (mine !== opened) return;
    let text;
    try { text = new TextDecoder("utf-8", { fatal: true }).decode(bytes); } catch { text = new TextDecoder("gb18030").decode(bytes); }
    if (ext === "json") { show(JSON.parse(text)); return; }
    show({ body: text, body_format: KIND[ext] ?? "plain" });
  } catch (e) {
    say(e instanceof SyntaxError ? "这个文件不是 JSON" : e.message, true);
  }
}
async function download(format) {
  try {
    const r = await ask(query(format), { method: "POST", body: JSON.stringify(collect()) });
    const url = URL.createObjectURL(await r.blob());
    const name = ($("title").value.trim().replace(/[\\/:*?"<>|\s]+/g, "-").slice(0, 40) || "稿件") + "-审校报告." + (format === "sarif" ? "sarif" : format);
    make("a", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  } catch (e) { say(e.message, true); }
}

// --- the form ---

function control(kind, attrs) {
  const named = typeof kind === "string" ? KINDS[kind] : kind;
  let c;
  if (named) c = make("select", {}, make("option", { value: "" }, "未知"), ...Object.entries(named).map(([value, label]) => make("option", { value }, label)));
  else c = make("input", { type: kind === "time" ? "datetime-local" : kind === "date" ? "date" : "text", autocomplete: "off" });
  if (typeof kind === "string") c.dataset.kind = kind;
  Object.assign(c.dataset, attrs);
  return c;
}
function addReview(values = {}) {
  const row = make("div", { className: "review-row grid", role: "group", ariaLabel: "一条审核记录" });
  for (const [member, label, kind] of REVIEW) {
    const c = control(kind, { member });
    if (member === "level") c.dataset.kind = "level";
    const v = values[member];
    if (v !== undefined) c.value = kind === "time" ? new Date(Date.parse(v) + 8 * 3600e3).toISOString().slice(0, 16) : String(v);
    row.append(make("label", {}, make("span", {}, label), c));
  }
  row.append(make("button", { type: "button", onclick: () => { row.remove(); soon(); } }, "删去这条"));
  $("reviews").append(row);
  return row;
}
function buildForms() {
  for (const form of FORMS) {
    const grid = make("div", { className: "grid" }, ...form.fields.map(([path, label, kind]) => make("label", {}, make("span", {}, label), control(kind, { path }))));
    const d = make("details", {}, make("summary", {}, form.title), grid);
    if (form.reviews) {
      d.append(make("div", { id: "reviews" }), make("p", {}, make("button", { type: "button", id: "add-review", onclick: () => { addReview().querySelector("select").focus(); soon(); } }, "添加一条审核记录"), " ",
        make("label", {}, make("input", { type: "checkbox", id: "no-reviews" }), " 确认没有审核记录")));
    }
    $("data").append(d);
  }
  $("data").append(make("details", {}, make("summary", {}, "其他数据（JSON）"),
    make("p", { className: "dim" }, "图片、附件、链接、运营记录等，写法见 ", make("a", { href: "schema/document-v1.json" }, "document-v1.json"), "。"),
    make("textarea", { id: "extra", className: "extra", spellcheck: false, ariaLabel: "其他数据，JSON", placeholder: '{"images": [{"alt": "…", "ocr": "…"}]}' }),
    make("p", { id: "extra-fault", className: "bad", role: "status" })));
}
function buildChoices(known) {
  $("profile").replaceChildren(make("option", { value: "" }, "服务器设置"), ...known.profiles.map((p) => make("option", { value: p }, p)), make("option", { value: "none" }, "不查发布规则"));
  const chip = (value, title, checked, h, small) => {
    const box = make("input", { type: "checkbox", value });
    box.defaultChecked = checked;
    return make("label", { className: "chip", hue: h }, box, title, small ?? "");
  };
  for (const c of lexicon.categories) {
    const n = make("small", {});
    n.dataset.category = c.id;
    $("categories").append(chip(c.id, c.title + " ", true, hue(c.id), n));
  }
  for (const c of lexicon.channels) {
    const label = chip(c.name, c.title, c.default || c.categories.length > 0, 177);
    if (c.categories.length) label.title = "默认只用于：" + c.categories.map(titleOf).join("、");
    if (c.hint) label.title = "只作提示，不单独拦截";
    $("channels").append(label);
  }
}

// --- events ---

for (const f of fields) {
  let before = "";
  const remember = () => { before = f.text.value; };
  f.text.addEventListener("beforeinput", remember);
  f.text.addEventListener("compositionstart", () => { composing = true; });
  f.text.addEventListener("compositionend", () => { composing = false; soon(); });
  f.text.addEventListener("input", () => {
    if (f.path !== "body" && f.text.value.includes("\n")) f.text.value = f.text.value.replace(/\s*\n\s*/g, " ");
    edited(f, before);
    remember();
    draw();
    soon();
  });
  f.text.addEventListener("click", () => {
    const at = f.text.selectionStart;
    if (at !== f.text.selectionEnd) return;
    const here = marks(f).filter((x) => x.utf16.start <= at && at <= x.utf16.end)
      .sort((a, b) => (a.utf16.end - a.utf16.start) - (b.utf16.end - b.utf16.start) || WEIGHT[b.action] - WEIGHT[a.action]);
    if (here.length) choose(here[0].id, false);
    else close();
  });
}
document.addEventListener("keydown", (e) => {
  if (e.key === "F8") { e.preventDefault(); step(e.shiftKey ? -1 : 1); }
  else if (e.key === "Escape") close();
  else if (e.key === "Enter" && e.altKey) { e.preventDefault(); apply(); }
});
document.querySelector(".settings").addEventListener("input", () => soon());
$("format").addEventListener("change", () => soon(0));
$("example").addEventListener("click", () => show(EXAMPLE));
$("clear").addEventListener("click", () => { show({}); $("body").focus(); });
$("file").addEventListener("change", () => { if ($("file").files[0]) open($("file").files[0]); $("file").value = ""; });
for (const b of document.querySelectorAll("[data-download]")) b.addEventListener("click", () => download(b.dataset.download));
addEventListener("dragover", (e) => { if (e.dataTransfer.types.includes("Files")) { e.preventDefault(); $("drop").hidden = false; } });
addEventListener("dragleave", (e) => { if (!e.relatedTarget) $("drop").hidden = true; });
addEventListener("drop", (e) => {
  $("drop").hidden = true;
  if (!e.dataTransfer.files.length) return;
  e.preventDefault();
  open(e.dataTransfer.files[0]);
});
addEventListener("resize", () => { if (chosen) explain(); });
$("login").addEventListener("submit", (e) => {
  e.preventDefault();
  sessionStorage.setItem("token", $("token").value);
  $("token").value = "";
  $("login").hidden = true;
  document.querySelector("main").hidden = false;
  begin();
});

async function begin() {
  try {
    const [l, r] = await Promise.all([ask("v1/lexicon"), ask("v1/rules")]);
    const first = !lexicon;
    lexicon = await l.json();
    const known = await r.json();
    rules = new Map(known.rules.map((x) => [x.id, x]));
    if (first) buildChoices(known);
    say("");
    soon(0);
  } catch (e) {
    say(e instanceof TypeError ? "连不上服务器" : e.message, true);
  }
}
buildForms();
begin();
