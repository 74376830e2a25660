// What a tunnel has carried over the last minutes, drawn.

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 180;
const HEIGHT = 36;
/** Octets per second that fill the height at least: less traffic than this looks like little. */
const SMALLEST_SCALE = 1000;

/**
 * Points of one tunnel: `at` as performance.now() has it, `in` and `out` in octets per second since the point before, null where
 * that is not known.
 */
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
  const svg = element("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: WIDTH, height: HEIGHT, class: "curve", "aria-hidden": "true" });
  svg.append(
    element("path", { class: "ground", d: `M0 ${HEIGHT - 0.5}H${WIDTH}` }),
    element("path", { class: "area" }),
    element("path", { class: "in" }),
    element("path", { class: "out" }));
  return svg;
}

/** `length` milliseconds until `now` fill the width. */
export function draw(svg, series, now, length) {
  const largest = series.largest();
  const scale = Math.max(largest, SMALLEST_SCALE);
  const x = at => Math.max(0, (at - now + length) / length * WIDTH).toFixed(1);
  const y = octets => (HEIGHT - 1 - octets / scale * (HEIGHT - 3)).toFixed(1);
  const [, area, into, out] = svg.children;
  const points = largest > 0 ? series.points : []; // nothing is the ground line alone
  const inward = runs(points, "in");
  const outward = runs(points, "out");
  area.setAttribute("d", inward.map(run => `${line(run, x, y)}V${HEIGHT}H${x(run[0].from)}Z`).join(""));
  into.setAttribute("d", inward.map(run => line(run, x, y)).join(""));
  out.setAttribute("d", outward.map(run => line(run, x, y)).join(""));
}

function line(run, x, y) {
  return "M" + run.map(({ from, to, rate }) => `${x(from)} ${y(rate)}H${x(to)}`).join("L");
}

/** Stretches in which the rates of a direction are known, without the gaps between them. */
function runs(points, direction) {
  const all = [];
  let isGap = true;
  for (let i = 1; i < points.length; i++) {
    const rate = points[i][direction];
    if (rate !== null) {
      if (isGap) all.push([]);
      all.at(-1).push({ from: points[i - 1].at, to: points[i].at, rate });
    }
    isGap = rate === null;
  }
  return all;
}

function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
