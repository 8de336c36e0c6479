// The bar over the messages: which channel this is, and what stands at the right.

import { h } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";
import { state } from "./state.js";

const CHANNEL_ICONS = { live: "live", admin: "lock", dm: "mail" };

export class Header {
  /** @param {object} hooks openSidebar(), toggle("members" | "panel") */
  constructor({ openSidebar, toggle }) {
    this.title = h("h2", { class: "channel-title" });
    this.bot = h("span", { class: "bot-state" });
    this.menu = h("button", { class: "icon-button only-narrow", type: "button", onclick: openSidebar }, icon("menu", 24));
    this.buttons = {
      members: h("button", { class: "icon-button", type: "button", "data-aside": "members", onclick: () => toggle("members") }, icon("people", 24)),
      panel: h("button", { class: "icon-button", type: "button", "data-aside": "panel", onclick: () => toggle("panel") }, icon("pulse", 24), h("span", { class: "breach-count", hidden: true })),
    };
    this.element = h("header", { class: "channel-header" }, this.menu, this.title, this.bot, this.buttons.panel, this.buttons.members);
    state.on("world view locale bot", () => this.draw());
    state.on("trace", () => this.drawBreaches());
  }

  draw() {
    if (!state.channel) return;
    this.title.replaceChildren(icon(CHANNEL_ICONS[state.channel.kind] ?? "hash", 22), state.channel.name);
    const status = state.bot.online ? "online" : "offline";
    this.bot.className = `bot-state is-${status}`;
    this.bot.replaceChildren(h("i"), h("span", {}, `${state.bot.name} ${t(`status.${status}`)}`));
    this.label(this.menu, t("nav.open"));
    this.label(this.buttons.members, t("members"));
    this.label(this.buttons.panel, t("panel.title"));
  }

  label(button, text) {
    button.setAttribute("aria-label", text);
    button.title = text;
  }

  drawBreaches() {
    const count = state.summary?.breaches ?? 0;
    const badge = this.buttons.panel.querySelector(".breach-count");
    badge.hidden = count === 0;
    badge.textContent = count > 99 ? "99+" : String(count);
  }

  showPressed(open) {
    for (const [name, button] of Object.entries(this.buttons)) button.setAttribute("aria-pressed", String(name === open));
  }
}
