// The menu of a message or of a person: what the bot offers there, as Discord's "Apps" does.
// It opens by a right click, a long press, or the keyboard's menu key on something inside.

import { useMenu } from "./actions.js";
import { h } from "./dom.js";
import { localized, t } from "./i18n.js";
import { state } from "./state.js";

const USER = 2;
const MESSAGE = 3;
const EDGE_PX = 8;

/** What was clicked on, and the commands for it; null where there is no menu. */
function offerFor(element) {
  const message = element.closest("[data-message-id]");
  const member = element.closest("[data-user-id]");
  const [kind, target] = message
    ? [MESSAGE, { message_id: message.dataset.messageId }]
    : [USER, { user_id: member?.dataset.userId }];
  if (!message && !member) return null;
  const commands = (state.commandsOf.get(state.guildId) ?? []).filter((command) => command.type === kind);
  return commands.length ? { commands, target } : null;
}

export class ContextMenu {
  constructor() {
    this.element = h("ul", { class: "context-menu", role: "menu", hidden: true });
    this.before = null;
    document.addEventListener("contextmenu", (event) => this.open(event));
    document.addEventListener("pointerdown", (event) => this.element.contains(event.target) || this.close());
    document.addEventListener("keydown", (event) => this.steer(event));
    document.addEventListener("scroll", () => this.close(), true);
    state.on("view commands locale", () => this.close());
  }

  open(event) {
    const offer = offerFor(event.target);
    if (!offer) return;
    event.preventDefault();
    this.before = document.activeElement;
    this.element.setAttribute("aria-label", t("menu.apps"));
    this.element.replaceChildren(...offer.commands.map((command) => this.item(command, offer.target)));
    this.element.hidden = false;
    const { width, height } = this.element.getBoundingClientRect();
    this.element.style.left = `${Math.max(EDGE_PX, Math.min(event.clientX, innerWidth - width - EDGE_PX))}px`;
    this.element.style.top = `${Math.max(EDGE_PX, Math.min(event.clientY, innerHeight - height - EDGE_PX))}px`;
    this.element.querySelector("button").focus();
  }

  item(command, target) {
    const use = () => {
      this.close();
      useMenu(command.name, localized(command, "name"), target);
    };
    return h("li", { role: "none" }, h("button", { type: "button", role: "menuitem", onclick: use }, localized(command, "name")));
  }

  steer(event) {
    if (this.element.hidden) return;
    const items = [...this.element.querySelectorAll("button")];
    const index = items.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      items[(index + step + items.length) % items.length].focus();
    } else if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      this.close();
    }
  }

  close() {
    if (this.element.hidden) return;
    this.element.hidden = true;
    this.before?.focus?.();
  }
}
