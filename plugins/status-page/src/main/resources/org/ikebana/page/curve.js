// What a tunnel has carried over the last minutes, drawn.

import { rate } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 180;
const HEIGHT = 36;
/** Octets per second that fill the height at least: less traffic than this looks like little. */
const SMALLEST_SCALE = 1000;

/** Points of one tunnel: `at` as performance.now() has it, `in` and `out` in octets per second or null. */
export class Series {
  #points = [];

  /** Goes on; what is older than `length` milliseconds is forgotten. */
  add(point, length) {
    this.#points.push(point);
    const oldest = point.at - length;
    const keep = this.#points.findIndex(each => each.at >= oldest);
    if (keep > 0) this.#points.splice(0, keep);
  }

  clear() {
    this.#points = [];
  }

  get points() {
    return this.#points;
  }

  largest() {
    return this.#points.reduce((most, point) => Math.max(most, point.in ?? 0, point.out ?? 0), 0);
  }
}

/** An SVG that `draw` fills. */
export function canvas() {
  const svg = element("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: WIDTH, height: HEIGHT, role: "img", class: "curve" });
  svg.append(
    element("path", { class: "ground", d: `M0 ${HEIGHT - 0.5}H${WIDTH}` }),
    element("path", { class: "area" }),
    element("path", { class: "in" }),
    element("path", { class: "out" }));
  return svg;
}

/** `length` milliseconds until `now` fill the width. */
export function draw(svg, series, now, length) {
  const scale = Math.max(series.largest(), SMALLEST_SCALE);
  const x = point => ((point.at - now + length) / length * WIDTH).toFixed(1);
  const y = value => (HEIGHT - 1 - value / scale * (HEIGHT - 3)).toFixed(1);
  const [, area, into, out] = svg.children;
  const lines = runs(series.points, "in");
  into.setAttribute("d", lines.map(run => line(run, "in", x, y)).join(""));
  out.setAttribute("d", runs(series.points, "out").map(run => line(run, "out", x, y)).join(""));
  area.setAttribute("d", lines.map(run =>
    `${line(run, "in", x, y)}L${x(run.at(-1))} ${HEIGHT}L${x(run[0])} ${HEIGHT}Z`).join(""));
  svg.setAttribute("aria-label", `at most ${rate(series.largest())} in these minutes`);
}

function line(run, direction, x, y) {
  return "M" + run.map(point => `${x(point)} ${y(point[direction])}`).join("L");
}

/** Without the gaps. */
function runs(points, direction) {
  const all = [];
  let run = [];
  for (const point of points) {
    if (point[direction] !== null) {
      run.push(point);
    } else if (run.length > 0) {
      all.push(run);
      run = [];
    }
  }
  if (run.length > 0) all.push(run);
  return all;
}

function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
