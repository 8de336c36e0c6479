// "What Discord saw": how fast the bot acknowledged, what it did wrong, and ways to hurt it.

import { drill, injectFault } from "./actions.js";
import { acknowledgementChart } from "./chart.js";
import { h, reconcile } from "./dom.js";
import { formatDuration, formatNumber, t } from "./i18n.js";
import { icon } from "./icons.js";
import { state } from "./state.js";
import { traceRows } from "./trace.js";

const ONE_SHOT = ["drop_gateway", "invalid_session", "reconnect"];
/** The kinds with a value, and the values offered; 0 is off. */
const LASTING = {
  rate_limit: [0, 0.1, 0.3, 0.6],
  server_error: [0, 0.1, 0.3, 0.6],
  latency: [0, 100, 500, 1500],
};

function tile(key, value, className = "") {
  return h("div", { class: `tile ${className}` }, h("dt", {}, t(key)), h("dd", {}, value));
}

function valueText(kind, value) {
  if (value === 0) return t("fault.off");
  return kind === "latency" ? formatDuration(value) : formatNumber(value, { style: "percent" });
}

/** A fault's present value: the server may send a number, true, or {value}. */
function activeValue(kind) {
  const active = state.faults[kind];
  return Number(active?.value ?? active ?? 0);
}

const anyFault = () => Object.keys(state.faults).some((kind) => activeValue(kind) > 0);

function section(key, ...children) {
  return h("section", { class: "panel-section", "aria-label": t(key) }, h("h3", {}, t(key)), children);
}

function numbers() {
  const { interactions = 0, p50_ms, p95_ms, failed = 0, breaches = 0 } = state.summary ?? {};
  return section(
    "panel.acknowledged",
    h(
      "dl",
      { class: "tiles" },
      h("div", { class: "tile is-wide" }, h("dt", {}, "p50"), h("dd", {}, formatDuration(p50_ms))),
      h("div", { class: "tile is-wide" }, h("dt", {}, "p95"), h("dd", {}, formatDuration(p95_ms))),
      tile("panel.interactions", formatNumber(interactions)),
      tile("panel.failed", formatNumber(failed), failed ? "is-bad" : ""),
      tile("panel.breaches", formatNumber(breaches), breaches ? "is-bad" : ""),
    ),
    acknowledgementChart(state.trace),
  );
}

function oneShot(kind) {
  const name = t(`fault.${kind}`);
  const press = (event) => {
    injectFault(kind, 1);
    event.currentTarget.classList.add("is-done");
    event.currentTarget.addEventListener("animationend", (end) => end.currentTarget.classList.remove("is-done"), { once: true });
  };
  return h("button", { class: "small-button", type: "button", "data-fault": kind, onclick: press }, name);
}

function lasting(kind) {
  const current = activeValue(kind);
  const offered = LASTING[kind].includes(current) ? LASTING[kind] : [...LASTING[kind], current];
  const buttons = offered.map((value) =>
    h(
      "button",
      {
        class: "segment",
        type: "button",
        "aria-pressed": String(value === current),
        "data-fault": kind,
        "data-value": value,
        onclick: () => injectFault(kind, value),
      },
      valueText(kind, value),
    ),
  );
  const name = t(`fault.${kind}`);
  return h("div", { class: current ? "fault-row is-active" : "fault-row" }, h("span", { class: "fault-name" }, name), h("div", { class: "segments", role: "group", "aria-label": name }, buttons));
}

function faults() {
  const clear = () => Object.keys(LASTING).forEach((kind) => injectFault(kind, 0));
  return section(
    "panel.faults",
    h("div", { class: "fault-once" }, ONE_SHOT.map(oneShot)),
    Object.keys(LASTING).map(lasting),
    h(
      "div",
      { class: "fault-state", role: "status" },
      anyFault() ? h("button", { class: "small-button is-clear", type: "button", onclick: clear }, t("panel.clear")) : t("panel.faults_none"),
    ),
  );
}

let chosenActor = null;

function drills() {
  if (!state.actors.length) return section("panel.drills", h("p", { class: "panel-note" }, t("panel.no_drills")));
  const names = state.actors.map((actor) => actor.name ?? actor);
  // Without the sandbox itself there would be nobody left to look at.
  chosenActor = names.includes(chosenActor) ? chosenActor : (names.find((name) => name !== "sandbox") ?? names[0]);
  const select = h(
    "select",
    { class: "actor-select", "aria-label": t("drill.actor"), onchange: (event) => (chosenActor = event.target.value) },
    names.map((name) => h("option", { selected: name === chosenActor }, name)),
  );
  const button = (what) =>
    h("button", { class: "small-button is-hurting", type: "button", "data-drill": what, onclick: () => drill(chosenActor, what) }, t(`drill.${what}`));
  const outcome = state.drillOutcome;
  return section(
    "panel.drills",
    h("div", { class: "button-row" }, select, button("crash"), button("hang")),
    outcome ? h("p", { class: outcome.ok ? "panel-note" : "panel-note is-bad", role: "status" }, outcome.text) : null,
  );
}

/** Draws a part anew but keeps the focus on the same control. */
function redraw(slot, build) {
  const active = slot.contains(document.activeElement) ? document.activeElement : null;
  const index = active ? [...slot.querySelectorAll("button, select")].indexOf(active) : -1;
  slot.replaceChildren(...build());
  if (index >= 0) slot.querySelectorAll("button, select")[index]?.focus();
}

export class Panel {
  constructor() {
    this.onlyBreaches = false;
    this.numbers = h("div");
    this.faults = h("div");
    this.drills = h("div");
    this.filter = h("div", { class: "trace-filter" });
    this.trace = h("ol", { class: "trace", tabindex: "0" });
    this.element = h("div", { class: "panel" }, this.numbers, this.faults, this.drills, h("section", { class: "panel-section is-trace" }, this.filter, this.trace));
    state.on("trace locale", () => this.drawTrace());
    state.on("faults locale", () => redraw(this.faults, () => [faults()]));
    state.on("drills locale", () => redraw(this.drills, () => [drills()]));
    this.drawTrace();
    this.faults.append(faults());
    this.drills.append(drills());
  }

  drawTrace() {
    this.numbers.replaceChildren(numbers());
    redraw(this.filter, () => [
      h("h3", {}, t("panel.trace")),
      h("button", { class: "segment", type: "button", "aria-pressed": String(this.onlyBreaches), onclick: () => this.toggleFilter() }, icon("warning", 14), t("panel.only_breaches")),
    ]);
    this.trace.setAttribute("aria-label", t("panel.trace"));
    reconcile(this.trace, traceRows(state.trace, this.onlyBreaches));
  }

  toggleFilter() {
    this.onlyBreaches = !this.onlyBreaches;
    this.drawTrace();
  }
}
