// The commands this person can use here, flattened: `/admin create-event` is one entry.

import { localized } from "./i18n.js";
import { state } from "./state.js";

const SLASH = 1;
const SUBCOMMAND = 1;
const GROUP = 2;

function leavesOf(node, path, labels, administratorsOnly) {
  const children = (node.options ?? []).filter((option) => [SUBCOMMAND, GROUP].includes(option.type));
  if (!children.length) {
    return [{ path, label: labels.join(" "), declaration: node, options: node.options ?? [], administratorsOnly }];
  }
  return children.flatMap((child) =>
    leavesOf(child, [...path, child.name], [...labels, localized(child, "name")], administratorsOnly),
  );
}

/** Every command the server offers this person here, by its name in their language. */
export function commandsHere() {
  const commands = state.commandsOf.get(state.guildId) ?? [];
  return commands
    .filter((command) => (command.type ?? SLASH) === SLASH)
    .flatMap((command) => {
      const restricted = ![null, undefined].includes(command.default_member_permissions);
      return leavesOf(command, [command.name], [localized(command, "name")], restricted);
    })
    .sort((one, other) => one.administratorsOnly - other.administratorsOnly || one.label.localeCompare(other.label));
}

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Those whose name begins with or contains what was typed, best first. */
export function findCommands(typed) {
  const wanted = fold(typed.trim());
  const rank = (command) => {
    const names = [fold(command.label), fold(command.path.join(" "))];
    if (names.some((name) => name.startsWith(wanted))) return 0;
    if (names.some((name) => name.split(/[ -]/).some((word) => word.startsWith(wanted)))) return 1;
    return names.some((name) => name.includes(wanted)) ? 2 : 3;
  };
  return commandsHere()
    .map((command) => ({ command, order: rank(command) }))
    .filter((one) => one.order < 3)
    .sort((one, other) => one.order - other.order)
    .map((one) => one.command);
}

/** The one with exactly this name, in the person's language or in the bot's own. */
export function commandByName(name) {
  return commandsHere().find((one) => one.label === name || one.path.join(" ") === name) ?? null;
}
