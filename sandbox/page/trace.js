// The recent trace, newest first: what the gateway and REST saw, breaches in red.

import { h } from "./dom.js";
import { formatDuration, t } from "./i18n.js";
import { clockTime } from "./times.js";

const SHORT = { gateway: "GW", rest: "REST", interaction: "INT", breach: "!" };
const drawn = new WeakMap();

/** An entry's time: an ISO text, or seconds or milliseconds since 1970. */
export function entryTime(at) {
  if (typeof at === "number") return new Date(at > 1e12 ? at : at * 1000);
  return new Date(at);
}

const LIMIT_MS = 3000;

const isBad = (entry) =>
  entry.kind === "breach" || (entry.status ?? 0) >= 400 || (entry.kind === "interaction" && entry.ms >= LIMIT_MS);

/** A route without its placeholders, and with places to break after each slash. */
function breakable(text) {
  return text.replace(/\{\w+\}/g, "…").split(/(?<=\/)/).flatMap((part) => [part, h("wbr")]);
}

function rowOf(entry) {
  if (drawn.has(entry)) return drawn.get(entry);
  const kind = SHORT[entry.kind] ? entry.kind : "rest";
  const row = h(
    "li",
    { class: `trace-row is-${kind}${isBad(entry) ? " is-bad" : ""}` },
    h("time", { class: "trace-time" }, clockTime(entryTime(entry.at))),
    h("span", { class: "trace-kind" }, SHORT[kind]),
    h("span", { class: "trace-text", title: entry.text }, breakable(String(entry.text))),
    h(
      "span",
      { class: "trace-end" },
      entry.status ? h("span", { class: "trace-status" }, entry.status) : null,
      entry.ms === null || entry.ms === undefined ? null : h("span", {}, formatDuration(entry.ms)),
    ),
  );
  drawn.set(entry, row);
  return row;
}

export function traceRows(entries, onlyBreaches) {
  const shown = entries.filter((entry) => !onlyBreaches || entry.kind === "breach").reverse();
  return shown.length ? shown.map(rowOf) : [h("li", { class: "panel-note" }, t("panel.trace_empty"))];
}
