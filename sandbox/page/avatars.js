// Avatars without pictures: a face drawn by CSS, its colour derived from the id.

import { h, svg } from "./dom.js";

const COLOURS = ["#5865f2", "#c4528f", "#2f9e6e", "#d9822b", "#8e5bd0", "#2c8fb5"];

function colourOf(id) {
  let sum = 0;
  for (const digit of String(id)) sum = (sum * 31 + digit.charCodeAt(0)) % 9973;
  return COLOURS[sum % COLOURS.length];
}

function initials(name) {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words[words.length - 1]] : [words[0]];
  return letters.map((word) => [...word][0] ?? "?").join("").toUpperCase();
}

/** The bot's own mark: field glasses, for scouting. */
function botMark() {
  return svg(
    "svg",
    { viewBox: "0 0 40 40", class: "bot-mark" },
    svg("path", { d: "M13 9h5v4h4V9h5l5 15a6 6 0 1 1-11 3h-2a6 6 0 1 1-11-3z" }),
    svg("circle", { cx: 14, cy: 27, r: 3.4 }),
    svg("circle", { cx: 26, cy: 27, r: 3.4 }),
  );
}

/** A round avatar; `status` draws the small dot ("online", "offline" or none). */
export function avatar({ id, name, bot = false, size = 40, status = null }) {
  const face = h("span", { class: bot ? "avatar-face is-bot" : "avatar-face" });
  face.style.background = bot ? "#e8a33d" : colourOf(id);
  face.append(bot ? botMark() : initials(name));
  const dot = status && h("span", { class: `status-dot is-${status}` });
  const frame = h("span", { class: "avatar", "aria-hidden": "true" }, face, dot);
  frame.style.setProperty("--size", `${size}px`);
  return frame;
}

/** The letters on a server's tile. */
export function guildLetters(name) {
  return name.trim().split(/\s+/).map((word) => [...word][0] ?? "").join("").slice(0, 3).toUpperCase();
}
