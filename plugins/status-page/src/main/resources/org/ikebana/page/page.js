// Asks the daemon how things are, every few seconds, and shows it.

import { Series } from "./curve.js";
import { CONDITIONS, Row, make, text } from "./row.js";
import { duration } from "./words.js";

const PATIENCE = 10_000;
const RETRY = 2000;
const EVENT_SIGNS = { error: "✖", warning: "▲", info: "·" };

const table = document.querySelector("table");
const filter = document.getElementById("filter");
const rows = new Map();
const rowsOfBodies = new WeakMap();
const series = new Map();
const onScreen = new IntersectionObserver(seen, { rootMargin: "200px" });
let status;
let shownSample;
let answeredAt = performance.now();
let shownEvents = "";
let timer;

filter.addEventListener("input", show);
document.addEventListener("visibilitychange", poll);
poll();

async function poll() {
  clearTimeout(timer);
  if (document.hidden) return; // nobody looks
  let pause = RETRY;
  try {
    const answer = await get("status");
    if (shownSample === undefined || answer.sample > shownSample + 1) await loadHistory(answer.length);
    if (answer.sample > shownSample) addPoints(answer);
    status = answer;
    answeredAt = performance.now();
    pause = answer.interval;
    document.getElementById("lost").hidden = true;
    show();
  } catch (failure) {
    showLost(failure);
  }
  clearTimeout(timer);
  timer = setTimeout(poll, pause);
}

async function get(path) {
  const response = await fetch(path, { signal: AbortSignal.timeout(PATIENCE) });
  if (!response.ok) throw new Error(`it answers ${response.status}`);
  return response.json();
}

async function loadHistory(length) {
  const history = await get("history");
  const now = performance.now();
  series.forEach(each => each.clear());
  for (const curve of history.curves) {
    const own = seriesOf(curve);
    history.ages.forEach((age, i) => own.add({ at: now - age, in: curve.in[i], out: curve.out[i] }, length));
  }
  shownSample = history.sample;
}

function addPoints(answer) {
  const at = performance.now();
  for (const tunnel of answer.tunnels) {
    seriesOf(tunnel).add({ at, in: tunnel.rateIn, out: tunnel.rateOut }, answer.length);
  }
  shownSample = answer.sample;
}

function seriesOf(tunnel) {
  const key = keyOf(tunnel);
  if (!series.has(key)) series.set(key, new Series());
  return series.get(key);
}

function show() {
  if (status === undefined) return;
  showRows();
  showSummary();
  showEvents();
}

function showRows() {
  const current = new Set(status.tunnels.map(keyOf));
  for (const [key, row] of rows) {
    if (!current.has(key)) {
      onScreen.unobserve(row.body);
      row.body.remove();
      rows.delete(key);
      series.delete(key);
    }
  }
  for (const tunnel of status.tunnels) {
    const key = keyOf(tunnel);
    if (!rows.has(key)) {
      const row = new Row(seriesOf(tunnel));
      rows.set(key, row);
      rowsOfBodies.set(row.body, row);
      onScreen.observe(row.body);
    }
    rows.get(key).show(tunnel);
  }
  const words = filter.value.toLowerCase().split(/\s+/).filter(word => word !== "");
  const ordered = status.tunnels.map(tunnel => rows.get(keyOf(tunnel)))
    .sort((a, b) => CONDITIONS[a.tunnel.condition].rank - CONDITIONS[b.tunnel.condition].rank);
  let place = table.tHead.nextElementSibling;
  for (const row of ordered) {
    row.body.hidden = !row.matches(words);
    if (row.body === place) {
      place = place.nextElementSibling;
    } else {
      table.insertBefore(row.body, place);
    }
    row.render(performance.now(), status.length);
  }
  showNone(ordered);
}

function showNone(ordered) {
  const none = document.getElementById("none");
  none.hidden = ordered.some(row => !row.body.hidden);
  text(none, ordered.length === 0 ? "The configuration has no children." : "No tunnel matches the filter.");
}

function showSummary() {
  text(document.getElementById("daemon"), `${status.version}, running for ${duration(status.running)}`);
  const counts = Object.entries(CONDITIONS)
    .map(([condition, { sign, word }]) =>
      ({ condition, sign, word, number: status.tunnels.filter(tunnel => tunnel.condition === condition).length }))
    .filter(({ number }) => number > 0);
  const summary = document.getElementById("summary");
  const parts = counts.map(({ condition, sign, word, number }) =>
    make("span", { class: "count", "data-condition": condition },
      make("span", { class: "sign", "aria-hidden": "true" }, sign), ` ${number} ${word}`));
  if (summary.textContent !== parts.map(part => part.textContent).join("")) summary.replaceChildren(...parts);
  const failing = counts.find(({ condition }) => condition === "failing");
  document.title = failing === undefined ? "Ikebana" : `✖ ${failing.number} failing – Ikebana`;
}

function showEvents() {
  const told = JSON.stringify(status.events);
  if (told === shownEvents) return;
  shownEvents = told;
  const items = status.events.map(({ at, kind, text: line }) => make("li", { class: kind },
    make("time", { datetime: new Date(at).toISOString() }, clock(new Date(at))),
    make("span", { class: "sign", "aria-label": kind, role: "img" }, EVENT_SIGNS[kind]),
    make("span", {}, line)));
  if (!status.eventsComplete) {
    items.unshift(make("li", { class: "warning" },
      "So much has happened at once that events are missing; there are new ones once the daemon has been restarted."));
  }
  document.getElementById("events").replaceChildren(...items);
}

function showLost(failure) {
  const lost = document.getElementById("lost");
  lost.hidden = false;
  const age = duration((performance.now() - answeredAt) / 1000);
  text(lost, `The daemon does not answer (${failure.message}). What is shown is ${age} old; this page tries again.`);
}

function clock(date) {
  const time = date.toLocaleTimeString([], { hour12: false });
  return date.toDateString() === new Date().toDateString() ? time : `${date.toLocaleDateString()} ${time}`;
}

function seen(entries) {
  for (const entry of entries) {
    const row = rowsOfBodies.get(entry.target);
    row.visible = entry.isIntersecting;
    if (entry.isIntersecting) row.render(performance.now(), status.length);
  }
}

function keyOf({ connection, child }) {
  return JSON.stringify([connection, child]);
}
