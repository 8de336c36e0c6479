// Forms the bot opens: a dialog with short and paragraph inputs, counted and checked.

import { submitModal } from "./actions.js";
import { avatar } from "./avatars.js";
import { h, uniqueId } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";
import { state } from "./state.js";

const ROW = 1;
const TEXT_INPUT = 4;
const LABEL = 18;
const PARAGRAPH = 2;
const LONGEST_VALUE = 4000;

/** The text inputs of a modal, whether wrapped in rows or in labels. */
function inputsOf(modal) {
  return modal.components
    .flatMap((one) => {
      if (one.type === LABEL) return [{ ...one.component, label: one.label, description: one.description }];
      return one.type === ROW ? one.components : [one];
    })
    .filter((one) => one.type === TEXT_INPUT);
}

class ModalField {
  constructor(input) {
    this.input = input;
    this.required = input.required ?? true;
    const id = uniqueId("field");
    const isParagraph = input.style === PARAGRAPH;
    this.longest = input.max_length ?? LONGEST_VALUE;
    this.control = h(isParagraph ? "textarea" : "input", {
      id,
      class: "modal-input",
      type: isParagraph ? null : "text",
      rows: isParagraph ? "4" : null,
      placeholder: input.placeholder,
      maxlength: this.longest,
      "aria-required": String(this.required),
      "aria-describedby": `${id}-note`,
      autocomplete: "off",
      "data-custom-id": input.custom_id,
      value: input.value ?? "",
    });
    this.count = h("span", { class: "modal-count", "aria-hidden": "true" });
    this.error = h("span", { class: "modal-error", id: `${id}-note`, role: "alert" });
    this.element = h(
      "div",
      { class: "modal-field" },
      h("label", { class: "modal-label", for: id }, input.label, this.required ? h("span", { class: "modal-star", "aria-hidden": "true" }, " *") : null),
      input.description ? h("p", { class: "modal-description" }, input.description) : null,
      h("div", { class: isParagraph ? "modal-control is-paragraph" : "modal-control" }, this.control, this.count),
      this.error,
    );
    this.control.addEventListener("input", () => this.typed());
    this.typed();
  }

  typed() {
    const { length } = this.control.value;
    this.count.textContent = this.input.max_length ? `${length}/${this.longest}` : "";
    this.count.hidden = !this.input.max_length;
    this.show(null);
  }

  show(error) {
    this.error.textContent = error ?? "";
    this.element.classList.toggle("is-invalid", Boolean(error));
    if (error) this.control.setAttribute("aria-invalid", "true");
    else this.control.removeAttribute("aria-invalid");
  }

  /** True when it may be sent; otherwise says why. */
  check() {
    const { length } = this.control.value.trim();
    const shortest = this.input.min_length ?? 0;
    let error = null;
    if (!length && this.required) error = t("modal.required");
    else if (length && length < shortest) error = t("modal.too_short", { limit: shortest });
    this.show(error);
    return error === null;
  }
}

/** @param {object} frame the server's `modal` frame */
export function openModal(frame, returnFocus) {
  const { modal, interaction_id } = frame;
  const fields = inputsOf(modal).map((input) => new ModalField(input));
  const titleId = uniqueId("modal");
  const failure = h("div", { class: "modal-failure", role: "alert" });
  const submit = h("button", { class: "button is-primary", type: "submit" }, t("modal.submit"));
  const close = () => dialog.close();
  const form = h(
    "form",
    { class: "modal-form", method: "dialog", novalidate: true },
    h(
      "header",
      { class: "modal-header" },
      avatar({ id: state.bot.id, name: state.bot.name, bot: true, size: 32 }),
      h("h2", { id: titleId }, modal.title),
      h("button", { class: "icon-button", type: "button", "aria-label": t("modal.close"), onclick: close }, icon("close", 22)),
    ),
    h("div", { class: "modal-body" }, h("p", { class: "modal-warning" }, icon("lock", 16), t("modal.warning", { bot: state.bot.name })), fields.map((field) => field.element), failure),
    h("footer", { class: "modal-footer" }, h("button", { class: "button is-secondary", type: "button", onclick: close }, t("modal.cancel")), submit),
  );
  const dialog = h("dialog", { class: "modal", "aria-labelledby": titleId }, form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const wrong = fields.filter((field) => !field.check());
    if (wrong.length) {
      wrong[0].control.focus();
      return;
    }
    submit.disabled = true;
    failure.textContent = "";
    const values = fields.map((field) => ({ custom_id: field.input.custom_id, value: field.control.value }));
    submitModal({ interaction_id, custom_id: modal.custom_id, fields: values }, (done) => {
      submit.disabled = false;
      if (done.ok) close();
      else failure.textContent = t("modal.failed");
    });
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    returnFocus();
  });
  document.body.append(dialog);
  dialog.showModal();
  fields[0]?.control.focus();
}
