// What may stand in an option: its fixed choices, and whether a text is a valid value of its kind.
// Source: https://discord.com/developers/docs/interactions/application-commands

import { localized, t } from "./i18n.js";
import { state } from "./state.js";

export const KIND = { string: 3, integer: 4, boolean: 5, user: 6, channel: 7, role: 8, mentionable: 9, number: 10, attachment: 11 };

/** The choices the page itself knows for an option; null when it takes free text. */
export function fixedChoices(option) {
  if (option.choices?.length) {
    return option.choices.map((choice) => ({ name: localized(choice, "name"), value: choice.value }));
  }
  switch (option.type) {
    case KIND.boolean:
      return [{ name: t("option.true"), value: true }, { name: t("option.false"), value: false }];
    case KIND.user:
    case KIND.mentionable:
      return [...state.membersHere, state.bot].map((person) => ({ name: `@${person.name}`, value: person.id }));
    case KIND.channel:
      return state.channels.map((channel) => ({ name: `#${channel.name}`, value: channel.id }));
    case KIND.role:
      return (state.guild?.roles ?? []).map((role) => ({ name: `@${role.name.replace(/^@/, "")}`, value: role.id }));
    default:
      return null;
  }
}

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export function matchingChoices(choices, typed) {
  const wanted = fold(typed.trim());
  return choices.filter((choice) => fold(choice.name).includes(wanted));
}

/** The choice that was typed in full, so that nobody has to pick what is already written. */
export function exactChoice(choices, typed) {
  const wanted = fold(typed.trim());
  return choices.find((choice) => fold(choice.name) === wanted) ?? null;
}

function checkNumber(option, text) {
  const isInteger = option.type === KIND.integer;
  const pattern = isInteger ? /^[+-]?\d{1,16}$/ : /^[+-]?(\d+([.,]\d*)?|[.,]\d+)$/;
  if (!pattern.test(text)) return { error: t(isInteger ? "option.not_integer" : "option.not_number") };
  const value = Number(text.replace(",", "."));
  if (option.min_value !== undefined && value < option.min_value) {
    return { error: t("option.too_small", { limit: option.min_value }) };
  }
  if (option.max_value !== undefined && value > option.max_value) {
    return { error: t("option.too_large", { limit: option.max_value }) };
  }
  return { value };
}

function checkText(option, text) {
  const count = [...text].length;
  if (option.min_length && count < option.min_length) return { error: t("option.too_short", { limit: option.min_length }) };
  if (option.max_length && count > option.max_length) {
    return { error: t("option.too_long", { limit: option.max_length, count }) };
  }
  return { value: text };
}

/**
 * Reads what is in an option's field.
 * @param {object} option as declared
 * @param {string} typed the text in the field
 * @param {object|null} chosen the choice picked from a list, when the text is its name
 * @returns {{value?: *, error?: string, empty?: boolean}}
 */
export function readOption(option, typed, chosen) {
  const text = typed.trim();
  if (!text) return option.required ? { error: t("option.required") } : { empty: true };
  if (chosen) return { value: chosen.value };
  const choices = fixedChoices(option);
  if (choices) {
    const exact = exactChoice(choices, text);
    if (exact) return { value: exact.value };
    return { error: t(option.type === KIND.boolean ? "option.not_boolean" : "option.not_in_list") };
  }
  return [KIND.integer, KIND.number].includes(option.type) ? checkNumber(option, text) : checkText(option, text);
}
