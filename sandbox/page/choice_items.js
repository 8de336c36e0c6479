// The lines of the composer's popover: commands, choices and optional options.

import { avatar } from "./avatars.js";
import { h } from "./dom.js";
import { localized, t } from "./i18n.js";
import { state } from "./state.js";

export function commandItems(commands) {
  return commands.map((command, index) => ({
    value: command,
    heading: index === 0 ? [avatar({ id: state.bot.id, name: state.bot.name, bot: true, size: 18 }), state.bot.name] : null,
    node: h(
      "span",
      { class: "item-command" },
      avatar({ id: state.bot.id, name: state.bot.name, bot: true, size: 32 }),
      h(
        "span",
        { class: "item-text" },
        h(
          "span",
          { class: "item-title" },
          h("b", {}, `/${command.label}`),
          command.options.map((option) =>
            h("span", { class: option.required ? "item-option is-required" : "item-option" }, localized(option, "name")),
          ),
        ),
        h("small", {}, localized(command.declaration, "description")),
      ),
      h("span", { class: "item-app" }, state.bot.name),
    ),
  }));
}

export function choiceItems(choices) {
  return choices.map((choice) => ({ value: choice, node: h("span", { class: "item-choice" }, choice.name) }));
}

export function optionItems(options) {
  return options.map((option) => ({
    value: option,
    node: h(
      "span",
      { class: "item-text" },
      h("b", {}, localized(option, "name")),
      h("small", {}, localized(option, "description")),
    ),
  }));
}

/** What the option being filled in is for. */
export function optionHeading(option) {
  return [
    h("span", { class: "heading-strong" }, localized(option, "name")),
    h("span", { class: "heading-more" }, localized(option, "description")),
    option.required ? null : h("span", { class: "heading-tag" }, t("option.add")),
  ];
}
