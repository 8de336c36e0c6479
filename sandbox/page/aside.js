// The column at the right: the members or what Discord saw, one at a time; a drawer when narrow.

import { h } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";
import { Members } from "./members.js";
import { Panel } from "./panel.js";
import { state } from "./state.js";

const WIDE = matchMedia("(min-width: 1100px)");
const TITLES = { members: "members", panel: "panel.title" };

export class Aside {
  /** @param {Function} onChange told when another part, or none, is open */
  constructor(onChange) {
    this.onChange = onChange;
    this.parts = { members: new Members(), panel: new Panel() };
    this.title = h("h2");
    this.closer = h("button", { class: "icon-button", type: "button", onclick: () => this.show(null) }, icon("close", 22));
    this.body = h("div", { class: "aside-body" });
    this.element = h("aside", { class: "aside" }, h("div", { class: "aside-header" }, this.title, this.closer), this.body);
    this.element.addEventListener("keydown", (event) => event.key === "Escape" && !WIDE.matches && this.show(null));
    this.open = null;
    state.on("locale world", () => this.show(this.open));
    this.show(WIDE.matches ? "panel" : null);
  }

  toggle(name) {
    this.show(this.open === name ? null : name);
    if (this.open && !WIDE.matches) this.closer.focus();
  }

  show(name) {
    const wasInside = this.element.contains(document.activeElement);
    this.open = name;
    this.element.hidden = name === null;
    document.documentElement.classList.toggle("has-aside", name !== null);
    if (name) {
      this.title.textContent = t(TITLES[name]);
      this.element.setAttribute("aria-label", t(TITLES[name]));
      this.closer.setAttribute("aria-label", t("nav.close"));
      if (this.body.firstChild !== this.parts[name].element) this.body.replaceChildren(this.parts[name].element);
    } else if (wasInside) document.querySelector("[data-aside]")?.focus();
    queueMicrotask(this.onChange);
  }
}
