// The language of the page: the person's Discord locale, which also localises commands.

import { WORDS } from "./words.js";

const STORED_AS = "scooty.locale";
export const LOCALES = ["fr", "en-US"];

let current = "en-US";

/** Starts with what was chosen last, else with the browser's own language. */
export function restoreLocale() {
  const wanted = localStorage.getItem(STORED_AS) ?? navigator.language;
  setLocale(wanted.startsWith("fr") ? "fr" : "en-US");
}

export function setLocale(locale) {
  current = LOCALES.includes(locale) ? locale : "en-US";
  document.documentElement.lang = current;
  localStorage.setItem(STORED_AS, current);
}

export function locale() {
  return current;
}

/** The words for `key`, with `{names}` filled in; `count` chooses between singular and plural. */
export function t(key, values = {}) {
  const words = WORDS[current];
  let pattern = words[key];
  if (pattern === undefined && "count" in values) {
    pattern = words[`${key}.${new Intl.PluralRules(current).select(values.count)}`] ?? words[`${key}.other`];
  }
  if (pattern === undefined) return key;
  return pattern.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/** A command's, option's or choice's own text in the person's language, as Discord chooses it. */
export function localized(thing, field) {
  return thing[`${field}_localizations`]?.[current] ?? thing[field] ?? "";
}

export function formatNumber(value, options = {}) {
  return new Intl.NumberFormat(current, options).format(value);
}

/** A duration in ms as people read it: 8 ms, 140 ms, 2.4 s. */
export function formatDuration(ms) {
  if (ms === null || ms === undefined) return "–";
  const [value, unit, digits] = ms < 1000 ? [ms, "ms", ms < 10 ? 1 : 0] : [ms / 1000, "s", 1];
  return `${formatNumber(value, { maximumFractionDigits: digits })}\u00a0${unit}`;
}
