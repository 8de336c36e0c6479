// An option that takes a file: its field shows the name and opens the browser's file dialog.

import { Chip } from "./chip.js";
import { h } from "./dom.js";
import { t } from "./i18n.js";

/** Source: https://discord.com/developers/docs/reference#uploading-files, the limit without boosts. */
const LARGEST_MIB = 10;

function readBase64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(reader.result.slice(reader.result.indexOf(",") + 1)));
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsDataURL(file);
  });
}

export class FileChip extends Chip {
  constructor(option) {
    super(option);
    this.input.readOnly = true;
    this.picker = h("input", { type: "file", class: "visually-hidden", tabindex: "-1", "aria-hidden": "true", "data-file-of": option.name });
    this.element.append(this.picker);
    this.element.addEventListener("click", () => this.picker.click());
    this.picker.addEventListener("click", (event) => event.stopPropagation());
    this.picker.addEventListener("change", () => this.take(this.picker.files[0]));
  }

  async take(file) {
    this.input.focus();
    if (!file) return;
    if (file.size > LARGEST_MIB * 1024 * 1024) {
      this.refuse(t("option.file_too_large", { name: file.name, size: LARGEST_MIB }));
      return;
    }
    const value = { filename: file.name, content_type: file.type || null, base64: await readBase64(file) };
    this.choose({ name: file.name, value });
    this.onTaken();
  }

  refuse(sentence) {
    this.choose({ name: "", value: null });
    this.chosen = null;
    this.markInvalid(sentence);
    this.onTaken();
  }

  /** Set by the form: draws anew what stands over the composer. */
  onTaken() {}

  /** Enter on an empty field; true when it opened the dialog. */
  openDialog() {
    if (this.text) return false;
    this.picker.click();
    return true;
  }

  get hint() {
    return this.text ? "" : t("option.choose_file", { size: LARGEST_MIB });
  }
}
