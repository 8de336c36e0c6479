// The last acknowledgements as bars on a logarithmic scale, against Discord's 3 seconds.

import { h, svg } from "./dom.js";
import { formatDuration, t } from "./i18n.js";

const LIMIT_MS = 3000;
const FLOOR_MS = 1;
const BARS = 48;
const WIDTH = 288;
const HEIGHT = 56;

/** Height of a bar: 1 ms is the ground, the limit is the top. */
function heightOf(ms) {
  const share = Math.log(Math.max(ms, FLOOR_MS) / FLOOR_MS) / Math.log(LIMIT_MS / FLOOR_MS);
  return Math.max(2, Math.min(1, share) * (HEIGHT - 4));
}

function colourOf(ms) {
  if (ms >= LIMIT_MS) return "is-breach";
  return ms >= 1000 ? "is-slow" : "is-fine";
}

export function acknowledgementChart(trace) {
  const times = trace.filter((entry) => entry.kind === "interaction" && Number.isFinite(entry.ms)).slice(-BARS).map((entry) => entry.ms);
  if (!times.length) return h("p", { class: "panel-note" }, t("panel.no_numbers"));
  const step = WIDTH / BARS;
  const bars = times.map((ms, index) =>
    svg(
      "rect",
      { x: WIDTH - (times.length - index) * step, y: HEIGHT - heightOf(ms), width: step - 1.5, height: heightOf(ms), rx: 1, class: colourOf(ms) },
      svg("title", {}, formatDuration(ms)),
    ),
  );
  const label = t("panel.chart", { count: times.length, slowest: formatDuration(Math.max(...times)) });
  return h(
    "figure",
    { class: "chart" },
    svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": label }, svg("line", { x1: 0, x2: WIDTH, y1: 3, y2: 3, class: "chart-limit" }), bars),
    h("figcaption", {}, t("panel.limit")),
  );
}
