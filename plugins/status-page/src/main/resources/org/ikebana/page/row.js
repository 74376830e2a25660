// One tunnel of the table. All that it shows may come from a peer: it becomes text, never markup.

import { canvas, draw } from "./curve.js";
import { duration, octets, rate } from "./words.js";

/** By condition: a sign, what it is called, and its place in the table. */
export const CONDITIONS = {
  "failing": { sign: "✖", word: "failing", rank: 0 },
  "down": { sign: "▼", word: "down", rank: 1 },
  "connecting": { sign: "◌", word: "connecting", rank: 2 },
  "up": { sign: "●", word: "up", rank: 3 },
  "on-demand": { sign: "◇", word: "on demand", rank: 4 },
  "pass": { sign: "→", word: "in clear", rank: 5 },
  "drop": { sign: "⊘", word: "dropped", rank: 6 },
  "off": { sign: "○", word: "off", rank: 7 },
};

const COLUMNS = 7;
let count = 0;

export class Row {
  #tunnel;
  #series;
  #isVisible = false;
  #isOpen = false;
  #cells = {};

  constructor(series) {
    this.#series = series;
    this.body = make("tbody", { role: "rowgroup" });
    this.#build(++count);
  }

  get tunnel() {
    return this.#tunnel;
  }

  /** What is not on the screen is not drawn. */
  set visible(isVisible) {
    this.#isVisible = isVisible;
  }

  show(tunnel) {
    this.#tunnel = tunnel;
    this.body.dataset.tunnel = `${tunnel.connection}/${tunnel.child}`;
    this.body.dataset.condition = tunnel.condition;
  }

  matches(words) {
    const { connection, child, condition, local, peer, localId, peerId, localTs, peerTs, failure } = this.#tunnel;
    const text = [`${connection}/${child}`, CONDITIONS[condition].word, local, peer, localId, peerId, ...localTs, ...peerTs,
      failure?.sentence ?? ""].join("\n").toLowerCase();
    return words.every(word => text.includes(word));
  }

  render(now, length) {
    if (!this.#isVisible || this.body.hidden) return;
    const tunnel = this.#tunnel;
    const cells = this.#cells;
    const { sign, word } = CONDITIONS[tunnel.condition];
    text(cells.name, this.body.dataset.tunnel);
    text(cells.sign, sign);
    text(cells.word, word);
    text(cells.since, `for ${duration(tunnel.for)}`);
    text(cells.peer, tunnel.peer);
    text(cells.peerId, tunnel.peerId === tunnel.peer ? "" : tunnel.peerId);
    text(cells.in, octets(tunnel.bytesIn));
    text(cells.rateIn, rate(tunnel.rateIn));
    text(cells.out, octets(tunnel.bytesOut));
    text(cells.rateOut, rate(tunnel.rateOut));
    text(cells.rekey, tunnel.rekeyIn === undefined ? "–" : duration(tunnel.rekeyIn));
    draw(cells.curve, this.#series, now, length);
    const most = this.#series.largest();
    text(cells.peak, most > 0 ? `peak ${rate(most)}` : "");
    this.#renderReason(tunnel.failure);
    this.#renderDetails();
  }

  #build(number) {
    const cells = this.#cells;
    const id = `details-${number}`;
    cells.name = make("span", {});
    cells.button = make("button", { type: "button", "aria-expanded": "false", "aria-controls": id }, cells.name);
    cells.button.addEventListener("click", () => this.#toggle());
    cells.sign = make("span", { class: "sign", "aria-hidden": "true" });
    cells.word = make("strong", {});
    for (const name of ["since", "peerId", "rateIn", "rateOut", "peak"]) cells[name] = make("small", {});
    for (const name of ["peer", "in", "out", "rekey"]) cells[name] = make("span", {});
    cells.curve = canvas();
    cells.reason = make("td", { role: "cell", colspan: COLUMNS, class: "reason" });
    cells.reasonRow = make("tr", { role: "row", hidden: "" }, cells.reason);
    cells.details = make("td", { role: "cell", colspan: COLUMNS, class: "details" });
    cells.detailsRow = make("tr", { role: "row", id, hidden: "" }, cells.details);
    this.body.append(
      make("tr", { role: "row", class: "main" },
        make("th", { role: "rowheader", scope: "row" }, cells.button),
        cell("State", "state", cells.sign, " ", cells.word, cells.since),
        cell("Peer", "peer", cells.peer, cells.peerId),
        cell("In", "number", cells.in, cells.rateIn),
        cell("Out", "number", cells.out, cells.rateOut),
        cell("Throughput", "throughput", cells.curve, cells.peak),
        cell("Rekey in", "number", cells.rekey)),
      cells.reasonRow,
      cells.detailsRow);
  }

  #toggle() {
    this.#isOpen = !this.#isOpen;
    this.#cells.button.setAttribute("aria-expanded", String(this.#isOpen));
    this.#renderDetails();
  }

  #renderReason(failure) {
    const { reason, reasonRow } = this.#cells;
    reasonRow.hidden = failure === undefined;
    if (failure === undefined) return;
    const parts = [];
    if (failure.details.length > 1) {
      parts.push(make("ul", {}, ...failure.details.map(detail => make("li", {}, sentence(detail)))));
    } else {
      parts.push(make("p", {}, sentence(failure.sentence)));
    }
    const hints = [];
    if (failure.place !== undefined) hints.push(make("span", {}, "Look at ", make("code", {}, failure.place)));
    if (failure.question !== undefined) hints.push(make("span", {}, `Ask the other side ${failure.question}`));
    hints.push(make("span", {}, `Failed ${duration(failure.ago)} ago`
      + (failure.retryIn === undefined ? "" : `, next attempt in ${duration(failure.retryIn)}`)));
    parts.push(make("p", { class: "hints" }, ...hints));
    replace(reason, parts);
  }

  #renderDetails() {
    const { details, detailsRow } = this.#cells;
    detailsRow.hidden = !this.#isOpen;
    if (!this.#isOpen) return;
    const tunnel = this.#tunnel;
    const entries = [
      ["Addresses", `${tunnel.local} – ${tunnel.peer}`],
      ["Identities", `${tunnel.localId} – ${tunnel.peerId}`],
      ["Traffic", `${tunnel.localTs.join(", ")} ⇄ ${tunnel.peerTs.join(", ")}`],
      ["Mode", tunnel.inUdp ? `${tunnel.mode}, ESP in UDP` : tunnel.mode],
      ["IKE", tunnel.ike],
      ["ESP", tunnel.esp],
    ].filter(([, value]) => value);
    replace(details, [make("dl", {}, ...entries.map(([term, value]) =>
      make("div", {}, make("dt", {}, term), make("dd", {}, value))))]);
  }
}

function sentence(words) {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function cell(label, style, ...content) {
  return make("td", { role: "cell", "data-label": label, class: style }, ...content);
}

/** Strings become text. */
export function make(name, attributes, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content);
  return made;
}

/** Where it has changed: whatever is selected or read aloud stays. */
export function text(element, value) {
  if (element.textContent !== value) element.textContent = value;
}

function replace(element, parts) {
  const holder = make("div", {}, ...parts);
  if (element.firstChild === null || !element.firstChild.isEqualNode(holder)) element.replaceChildren(holder);
}
