// Times as Discord writes them: message headers, day dividers, and `<t:UNIX:style>` in texts.

import { h } from "./dom.js";
import { locale, t } from "./i18n.js";

const MS_PER_DAY = 86_400_000;
const EPOCH_MS = 1_420_070_400_000n;

/** Options of Intl.DateTimeFormat by Discord's style letter. */
const STYLES = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
};

/** Units from the smallest, in seconds, and how many of one make the next. */
const STEPS = [
  ["second", 1, 60],
  ["minute", 60, 60],
  ["hour", 3600, 24],
  ["day", 86_400, 30],
  ["month", 2_592_000, 12],
  ["year", 31_536_000, Infinity],
];

function format(date, options) {
  return new Intl.DateTimeFormat(locale(), options).format(date);
}

export function snowflakeTime(id) {
  return new Date(Number((BigInt(id) >> 22n) + EPOCH_MS));
}

export function messageTime(message) {
  return message.timestamp ? new Date(message.timestamp) : snowflakeTime(message.id);
}

export function startOfDay(date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** "14:03", "Yesterday at 14:03" or a date with the time, for a message's header. */
export function headerTime(date, now = new Date()) {
  const time = format(date, { timeStyle: "short" });
  const days = Math.round((startOfDay(now) - startOfDay(date)) / MS_PER_DAY);
  if (days === 0) return time;
  if (days === 1) return t("message.yesterday", { time });
  return format(date, { dateStyle: "short", timeStyle: "short" });
}

export const shortTime = (date) => format(date, { timeStyle: "short" });
export const clockTime = (date) =>
  format(date, { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });
export const dayTitle = (date) => format(date, { dateStyle: "long" });
export const fullTime = (date) => format(date, { dateStyle: "full", timeStyle: "medium" });

/** Rounded to the nearest: what ends in 14:59 reads "in 15 minutes", as in Discord. */
function relative(date) {
  const seconds = date.getTime() / 1000 - Math.floor(Date.now() / 1000);
  const [unit, size] = STEPS.find(([, step, limit]) => Math.abs(Math.round(seconds / step)) < limit);
  return new Intl.RelativeTimeFormat(locale(), { numeric: "auto" }).format(Math.round(seconds / size), unit);
}

/** The node for `<t:unix:style>`; null when it is no time JavaScript can hold. */
export function timestampNode(unix, style = "f") {
  const date = new Date(unix * 1000);
  if (Number.isNaN(date.getTime())) return null;
  const text = style === "R" ? relative(date) : format(date, STYLES[style] ?? STYLES.f);
  const node = h("time", { class: "timestamp", datetime: date.toISOString(), title: fullTime(date) }, text);
  if (style === "R") node.dataset.relative = String(unix);
  return node;
}

/** Keeps "3 minutes ago" true while it is on screen. */
export function keepRelativeTimesFresh() {
  setInterval(() => {
    for (const node of document.querySelectorAll("time[data-relative]")) {
      node.textContent = relative(new Date(Number(node.dataset.relative) * 1000));
    }
  }, 1000);
}
