// Where a person writes: a chat message, or, after a slash, a command.

import { say, sendCommand } from "./actions.js";
import { commandItems } from "./choice_items.js";
import { CommandForm } from "./command_form.js";
import { commandByName, findCommands } from "./commands.js";
import { h } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";
import { Popover } from "./popover.js";
import { state } from "./state.js";

const LONGEST_MESSAGE = 2000;

export class Composer {
  constructor() {
    this.popover = new Popover();
    this.form = null;
    this.text = h("textarea", { class: "composer-text", rows: "1", maxlength: String(LONGEST_MESSAGE), role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", autocomplete: "off", enterkeyhint: "send" });
    this.field = h("div", { class: "composer-field" }, this.text);
    this.slash = h("button", { class: "icon-button composer-slash", type: "button", onclick: () => this.toggleCommands() }, icon("slash", 24));
    this.send = h("button", { class: "icon-button composer-send", type: "button", onclick: () => this.submit() }, icon("send", 24));
    this.element = h("div", { class: "composer" }, this.popover.element, h("div", { class: "composer-box" }, this.slash, this.field, this.send));
    this.text.addEventListener("input", () => this.typed());
    this.text.addEventListener("focus", () => this.showPicker());
    this.text.addEventListener("blur", () => this.form || this.popover.hide());
    this.text.addEventListener("keydown", (event) => this.textKey(event));
    state.on("view world locale", () => this.draw());
    state.on("view", () => this.leave(""));
    state.on("commands", () => document.activeElement === this.text && this.showPicker());
    state.on("locale", () => this.leave(""));
  }

  draw() {
    const name = state.channel?.name ?? "";
    this.element.hidden = state.channel?.kind === "dm"; // the app reads nothing there
    this.text.placeholder = t("composer.placeholder", { channel: name });
    this.text.setAttribute("aria-label", this.text.placeholder);
    this.slash.setAttribute("aria-label", t("composer.commands"));
    this.slash.title = t("composer.commands");
    this.send.setAttribute("aria-label", t("composer.send"));
  }

  focus() {
    if (this.form) this.form.focusFirst();
    else this.text.focus();
  }

  // --- text -----------------------------------------------------------------------------------

  typed() {
    this.grow();
    const complete = /^\/(.+) $/.exec(this.text.value);
    const command = complete && commandByName(complete[1]);
    if (command) this.begin(command);
    else this.showPicker();
  }

  grow() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight, 200)}px`;
    this.element.classList.toggle("has-text", Boolean(this.text.value.trim() || this.form));
  }

  showPicker() {
    const value = this.text.value;
    if (this.form || !value.startsWith("/") || value.includes("\n") || document.activeElement !== this.text) {
      if (!this.form) this.popover.hide();
      return;
    }
    const typed = value.slice(1);
    const found = findCommands(typed);
    const known = (state.commandsOf.get(state.guildId) ?? []).length > 0;
    const status = known ? t("picker.none", { text: value }) : t("picker.no_commands", { bot: state.bot.name });
    this.popover.show({
      input: this.text,
      label: t("picker.label"),
      items: commandItems(found),
      status: found.length ? "" : status,
      onPick: (command) => this.begin(command),
    });
  }

  toggleCommands() {
    if (this.form) this.leave("");
    this.text.value = this.text.value.startsWith("/") ? "" : "/";
    this.text.focus();
    this.typed();
  }

  textKey(event) {
    if (event.isComposing) return;
    if (this.popover.steer(event.key)) event.preventDefault();
    else if (event.key === "Escape" && this.popover.isOpen) this.popover.hide();
    else if (event.key === "Tab" && !event.shiftKey && this.popover.pickActive()) event.preventDefault();
    else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      if (!this.popover.pickActive()) this.submit();
    }
  }

  submit() {
    if (this.form) {
      this.form.send();
      return;
    }
    const content = this.text.value.trim();
    if (!content || !say(content)) return;
    this.leave("");
  }

  // --- command --------------------------------------------------------------------------------

  begin(command) {
    this.popover.hide();
    this.form = new CommandForm(command, this.popover, {
      onSend: (path, options) => {
        this.leave("", { focus: true });
        sendCommand(path, options);
      },
      onLeave: (text) => this.leave(text, { focus: true }),
      onResize: () => this.element.classList.toggle("has-text", true),
    });
    this.text.value = "";
    this.field.replaceChildren(this.form.element);
    this.element.classList.add("is-command", "has-text");
    this.form.focusFirst();
  }

  /** Opens a command by name, from a mention or a suggestion. */
  openByName(name) {
    const command = commandByName(name);
    if (command) this.begin(command);
  }

  /** Back to plain text, holding `text`. */
  leave(text, { focus = false } = {}) {
    this.form = null;
    this.popover.hide();
    this.field.replaceChildren(this.text);
    this.element.classList.remove("is-command");
    this.text.value = text;
    if (focus) this.text.focus();
    this.grow();
    if (text) this.showPicker();
  }
}
