// One option of the command being written: its name, and a field as wide as its text.

import { h, uniqueId } from "./dom.js";
import { localized, t } from "./i18n.js";
import { KIND, readOption } from "./option_values.js";

export class Chip {
  /** @param {object} option as the command declares it */
  constructor(option) {
    this.option = option;
    this.chosen = null;
    this.choicesClosed = false;
    const id = uniqueId("option");
    const isNumber = [KIND.integer, KIND.number].includes(option.type);
    this.input = h("input", {
      id,
      class: "chip-input",
      type: "text",
      size: "1",
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-required": option.required ? "true" : null,
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      inputmode: isNumber ? "decimal" : null,
      enterkeyhint: "next",
      "data-option": option.name,
    });
    // The sizer holds the same text, so the field grows with it.
    this.sizer = h("span", { class: "chip-sizer", "aria-hidden": "true" });
    this.element = h(
      "span",
      { class: "chip" },
      h("label", { class: "chip-name", for: id }, localized(option, "name")),
      h("span", { class: "chip-field" }, this.sizer, this.input),
    );
    this.element.addEventListener("mousedown", (event) => {
      if (event.target === this.input) return;
      event.preventDefault();
      this.input.focus();
    });
    this.input.addEventListener("input", () => this.noteTyping());
    this.noteTyping();
  }

  get text() {
    return this.input.value;
  }

  noteTyping() {
    if (this.chosen && this.chosen.name !== this.text) this.chosen = null;
    this.choicesClosed = false;
    this.sizer.textContent = this.text || "\u00a0";
    this.markInvalid(null);
  }

  choose(choice) {
    this.chosen = choice;
    this.input.value = choice.name;
    this.sizer.textContent = choice.name;
    this.choicesClosed = true;
    this.markInvalid(null);
  }

  read() {
    return readOption(this.option, this.text, this.chosen);
  }

  /** The value for an autocomplete question: the text so far, or the number it already is. */
  sofar() {
    const { value } = readOption({ ...this.option, required: false }, this.text, this.chosen);
    return value ?? this.text;
  }

  /** @param {string|null} error shown over the composer while the chip has the focus */
  markInvalid(error) {
    this.error = error;
    this.element.classList.toggle("is-invalid", error !== null);
    if (error) this.input.setAttribute("aria-invalid", "true");
    else this.input.removeAttribute("aria-invalid");
  }

  /** @param {"start" | "end"} edge where the caret goes */
  focus(edge = "end") {
    this.input.focus();
    const at = edge === "start" ? 0 : this.text.length;
    this.input.setSelectionRange(at, at);
  }

  get caretAtStart() {
    return this.input.selectionStart === 0 && this.input.selectionEnd === 0;
  }

  get caretAtEnd() {
    return this.input.selectionStart === this.text.length;
  }

  /** What to do here, when no choices say it. */
  get hint() {
    return "";
  }

  /** For options that are chosen in a dialog; true when it was opened. */
  openDialog() {
    return false;
  }

  /** A screen reader's name for it, in the page's language. */
  get label() {
    return t("options.label", { name: localized(this.option, "name") });
  }
}
