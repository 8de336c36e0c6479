// The composer while a command is being written: the command's name, a chip for each option, and
// a last small field that adds optional ones. Enter sends, Tab goes on, Backspace goes back.

import { LiveChoices } from "./autocomplete.js";
import { Chip } from "./chip.js";
import { choiceItems, optionHeading } from "./choice_items.js";
import { h } from "./dom.js";
import { FileChip } from "./file_chip.js";
import { t } from "./i18n.js";
import { fixedChoices, KIND, matchingChoices } from "./option_values.js";
import { Tail } from "./tail.js";

export class CommandForm {
  /**
   * @param {object} command an entry of `commandsHere()`
   * @param {Popover} popover shared with the composer
   * @param {object} hooks onSend(path, options), onLeave(text to put back), onResize()
   */
  constructor(command, popover, hooks) {
    this.command = command;
    this.popover = popover;
    this.hooks = hooks;
    this.live = new LiveChoices(() => this.showChoices());
    this.current = null;
    this.name = h("span", { class: "command-name" }, `/${command.label}`);
    const label = t("composer.command", { name: `/${command.label}` });
    this.tail = new Tail(label, popover, this);
    this.more = h("button", { class: "more-options", type: "button", tabindex: "-1", onclick: () => this.tail.focus() });
    this.element = h("div", { class: "command-form", role: "group", "aria-label": label }, this.name, this.tail.input, this.more);
    this.chips = [];
    command.options.filter((option) => option.required).forEach((option) => this.addChip(option));
    this.element.addEventListener("focusout", (event) => this.noteLeaving(event));
    this.updateMore();
  }

  get unused() {
    const used = new Set(this.chips.map((chip) => chip.option.name));
    return this.command.options.filter((option) => !used.has(option.name));
  }

  addChip(option) {
    const chip = option.type === KIND.attachment ? new FileChip(option) : new Chip(option);
    chip.onTaken = () => this.typed(chip);
    chip.input.addEventListener("focus", () => this.enterChip(chip));
    chip.input.addEventListener("input", () => this.typed(chip));
    chip.input.addEventListener("keydown", (event) => this.chipKey(event, chip));
    chip.input.addEventListener("blur", () => this.leaveChip(chip));
    this.chips.push(chip);
    this.element.insertBefore(chip.element, this.tail.input);
    return chip;
  }

  removeChip(chip) {
    const index = this.chips.indexOf(chip);
    this.chips.splice(index, 1);
    this.focusBefore(index);
    chip.element.remove();
    this.updateMore();
  }

  updateMore() {
    const count = this.unused.length;
    this.more.hidden = count === 0;
    this.more.textContent = count ? t("option.more", { count }) : "";
    this.hooks.onResize();
  }

  focusFirst() {
    (this.chips[0] ?? this.tail).focus();
  }

  focusNext(chip) {
    const next = this.chips[this.chips.indexOf(chip) + 1];
    if (next) next.focus();
    else this.tail.focus();
  }

  focusBefore(index) {
    const previous = this.chips[index - 1];
    if (previous) previous.focus("end");
    else if (this.chips[0]) this.chips[0].focus("start");
    else this.tail.focus();
  }

  // --- a chip -------------------------------------------------------------------------------

  enterChip(chip) {
    this.current = chip;
    this.live.reset();
    this.refresh(chip, { atOnce: true });
  }

  typed(chip) {
    this.refresh(chip, { atOnce: false });
    this.hooks.onResize();
  }

  refresh(chip, { atOnce }) {
    if (chip.option.autocomplete && !chip.choicesClosed) {
      const others = this.chips.filter((one) => one === chip || one.text.trim());
      const options = others.map((one) => ({ name: one.option.name, value: one === chip ? one.text : one.sofar() }));
      this.live.ask({ path: this.command.path, options, focused: chip.option.name }, { atOnce });
    }
    this.showChoices();
  }

  choicesOf(chip) {
    if (chip.option.autocomplete) return this.live.choices;
    const fixed = fixedChoices(chip.option);
    if (!fixed) return [];
    return matchingChoices(fixed, chip.chosen ? "" : chip.text);
  }

  statusOf(chip, choices) {
    if (chip.hint) return chip.hint;
    if (chip.choicesClosed) return "";
    if (chip.option.autocomplete) {
      if (this.live.status === "loading") return t("option.loading");
      if (this.live.status === "failed") return t("option.failed");
      return choices.length ? "" : t("option.none_free");
    }
    return fixedChoices(chip.option) && !choices.length ? t("option.none") : "";
  }

  showChoices() {
    const chip = this.current;
    if (!chip || document.activeElement !== chip.input) return;
    const choices = chip.choicesClosed ? [] : this.choicesOf(chip);
    this.popover.show({
      input: chip.input,
      label: chip.label,
      heading: optionHeading(chip.option),
      items: choiceItems(choices),
      status: chip.error ?? this.statusOf(chip, choices),
      isError: chip.error !== null || this.live.status === "failed",
      onPick: (choice) => this.pickChoice(chip, choice),
    });
  }

  pickChoice(chip, choice) {
    chip.choose(choice);
    this.live.reset();
    this.hooks.onResize();
    this.focusNext(chip);
  }

  leaveChip(chip) {
    const { error } = chip.read();
    if (chip.text.trim() && error) chip.markInvalid(error);
  }

  chipKey(event, chip) {
    const index = this.chips.indexOf(chip);
    const keys = {
      Enter: () => this.popover.pickActive() || chip.openDialog() || this.send(),
      Tab: () => (event.shiftKey ? this.backward(index) : this.popover.pickActive() || (this.focusNext(chip), true)),
      Escape: () => this.escape(chip),
      Backspace: () => chip.caretAtStart && this.eraseInto(chip, index),
      ArrowLeft: () => chip.caretAtStart && this.backward(index),
      ArrowRight: () => chip.caretAtEnd && (this.focusNext(chip), true),
    };
    this.handle(event, keys);
  }

  handle(event, keys) {
    if (event.isComposing) return;
    const done = this.popover.steer(event.key) || keys[event.key]?.(event);
    if (done !== false && done !== undefined) event.preventDefault();
  }

  backward(index) {
    if (index === 0) return false;
    this.focusBefore(index);
    return true;
  }

  /** The first Escape puts the choices away, the next one the command. */
  escape(chip) {
    if (chip.choicesClosed) return this.leave("");
    chip.choicesClosed = true;
    this.live.reset();
    this.showChoices();
    return true;
  }

  /** Backspace at the start of a chip: an optional one goes, before the first is the name itself. */
  eraseInto(chip, index) {
    if (!chip.option.required && !chip.text) this.removeChip(chip);
    else if (index > 0) this.focusBefore(index);
    else this.leaveToName();
    return true;
  }

  // --- the last field (tail.js) ---------------------------------------------------------------

  onEnterTail() {
    this.current = null;
    this.live.reset();
  }

  addOptional(option) {
    const chip = this.addChip(option);
    this.updateMore();
    chip.focus();
  }

  focusLast() {
    this.chips[this.chips.length - 1]?.focus("end");
    return this.chips.length > 0;
  }

  leave(text) {
    this.hooks.onLeave(text);
    return true;
  }

  leaveToName() {
    return this.leave(`/${this.command.label}`);
  }

  // --- the whole ------------------------------------------------------------------------------

  noteLeaving(event) {
    if (!this.element.contains(event.relatedTarget)) {
      this.live.reset();
      this.popover.hide();
    }
  }

  /** Sends the command, or leads to the first option that is not right. */
  send() {
    const read = this.chips.map((chip) => ({ chip, ...chip.read() }));
    const wrong = read.find((one) => one.error);
    read.forEach(({ chip, error }) => chip.markInvalid(error ?? null));
    if (wrong) {
      wrong.chip.choicesClosed = false;
      wrong.chip.focus();
      this.refresh(wrong.chip, { atOnce: true });
      return true;
    }
    const options = read.filter((one) => !one.empty).map(({ chip, value }) => ({ name: chip.option.name, value }));
    this.live.reset();
    this.popover.hide();
    this.hooks.onSend(this.command.path, options);
    return true;
  }
}
