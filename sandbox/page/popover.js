// The panel over the composer: a heading, a list box that an input steers, and a line of status.
// The focus stays in the input (the ARIA "combobox" pattern); the list only shows what is active.

import { h, uniqueId } from "./dom.js";

export class Popover {
  constructor() {
    this.listId = uniqueId("choices");
    this.heading = h("div", { class: "popover-heading" });
    this.list = h("ul", { id: this.listId, class: "popover-list", role: "listbox" });
    this.status = h("div", { class: "popover-status", role: "status" });
    this.element = h("div", { class: "popover", hidden: true }, this.heading, this.list, this.status);
    this.items = [];
    this.active = -1;
    this.input = null;
    this.onPick = () => {};
    // A press must not take the focus from the input.
    this.element.addEventListener("mousedown", (event) => event.preventDefault());
  }

  get isOpen() {
    return !this.element.hidden;
  }

  /**
   * @param {HTMLElement} input the field that has the focus
   * @param {Node|string} heading what is being chosen
   * @param {Array} items each {node, value, heading?}; `heading` opens a group
   * @param {string} status a line under the list, or nothing
   * @param {boolean} isError draws the status in red and announces it
   * @param {number} active the item to begin at; -1 for none
   */
  show({ input, label, heading, items = [], status = "", isError = false, active = items.length ? 0 : -1, onPick }) {
    this.detach();
    Object.assign(this, { input, items, onPick: onPick ?? (() => {}) });
    this.heading.replaceChildren(...[heading].flat().filter(Boolean));
    this.heading.hidden = !heading;
    this.list.setAttribute("aria-label", label);
    this.list.replaceChildren(...items.flatMap((item, index) => this.rows(item, index)));
    this.list.hidden = items.length === 0;
    this.status.textContent = status;
    this.status.hidden = !status;
    this.status.classList.toggle("is-error", isError);
    this.element.hidden = false;
    input.setAttribute("aria-controls", this.listId);
    input.setAttribute("aria-expanded", String(items.length > 0));
    this.activate(active);
  }

  rows(item, index) {
    const row = h(
      "li",
      { id: `${this.listId}-${index}`, role: "option", class: "popover-item", "aria-selected": "false" },
      item.node,
    );
    row.addEventListener("click", () => this.pick(index));
    row.addEventListener("mousemove", () => this.active !== index && this.activate(index, { scroll: false }));
    item.row = row;
    return item.heading ? [h("li", { class: "popover-group", role: "presentation" }, item.heading), row] : [row];
  }

  activate(index, { scroll = true } = {}) {
    this.items[this.active]?.row.setAttribute("aria-selected", "false");
    this.active = this.items.length ? index : -1;
    const row = this.items[this.active]?.row;
    if (!row) {
      this.input?.removeAttribute("aria-activedescendant");
      return;
    }
    row.setAttribute("aria-selected", "true");
    this.input?.setAttribute("aria-activedescendant", row.id);
    if (scroll) row.scrollIntoView({ block: "nearest" });
  }

  pick(index) {
    const item = this.items[index];
    if (item) this.onPick(item.value);
  }

  /** Handles the arrows; true when the key was for the list. */
  steer(key) {
    const count = this.items.length;
    if (!this.isOpen || count === 0) return false;
    if (key === "ArrowDown") this.activate((this.active + 1) % count);
    else if (key === "ArrowUp") this.activate((Math.max(this.active, 0) - 1 + count) % count);
    else return false;
    return true;
  }

  /** Takes the active item; false when there is none. */
  pickActive() {
    if (!this.isOpen || this.active < 0) return false;
    this.pick(this.active);
    return true;
  }

  detach() {
    this.input?.setAttribute("aria-expanded", "false");
    this.input?.removeAttribute("aria-activedescendant");
    this.input = null;
  }

  hide() {
    this.detach();
    this.items = [];
    this.active = -1;
    this.element.hidden = true;
  }
}
