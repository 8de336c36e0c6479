// The small field after the last option: Enter sends the command, arrows or letters add one of
// the options that are not written yet, Backspace goes back into the one before.

import { optionItems } from "./choice_items.js";
import { h } from "./dom.js";
import { localized, t } from "./i18n.js";

export class Tail {
  /**
   * @param {string} label what a screen reader calls it
   * @param {Popover} popover shared with the composer
   * @param {object} form the command form: unused, addOptional, focusLast, send, leave, onEnter
   */
  constructor(label, popover, form) {
    this.popover = popover;
    this.form = form;
    this.input = h("input", {
      class: "tail-input",
      type: "text",
      size: "1",
      role: "combobox",
      "aria-expanded": "false",
      "aria-autocomplete": "list",
      "aria-label": label,
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      enterkeyhint: "send",
    });
    this.input.addEventListener("focus", () => this.enter());
    this.input.addEventListener("input", () => this.enter());
    this.input.addEventListener("keydown", (event) => this.form.handle(event, this.keys()));
  }

  focus() {
    this.input.focus();
  }

  enter() {
    this.form.onEnterTail();
    const typed = this.input.value.trim().toLowerCase();
    const unused = this.form.unused.filter((option) => localized(option, "name").startsWith(typed));
    if (!unused.length) {
      this.popover.hide();
      return;
    }
    this.popover.show({
      input: this.input,
      label: t("option.add"),
      heading: h("span", { class: "heading-strong" }, t("option.add")),
      items: optionItems(unused),
      active: typed ? 0 : -1,
      onPick: (option) => {
        this.input.value = "";
        this.form.addOptional(option);
      },
    });
  }

  keys() {
    const atStart = this.input.selectionStart === 0 && this.input.selectionEnd === 0;
    return {
      Enter: () => this.popover.pickActive() || this.form.send(),
      Tab: (event) => (event.shiftKey ? this.form.focusLast() : this.popover.pickActive()),
      Escape: () => this.form.leave(""),
      Backspace: () => atStart && (this.form.focusLast() || this.form.leaveToName()),
      ArrowLeft: () => atStart && this.form.focusLast(),
    };
  }
}
