// The message list of the open channel: grouping, day dividers, and where it is scrolled to.

import { openCommand } from "./actions.js";
import { h, reconcile } from "./dom.js";
import { locale, localized, t } from "./i18n.js";
import { icon } from "./icons.js";
import { commandsHere } from "./commands.js";
import { messageNode, pendingNode } from "./message.js";
import { state } from "./state.js";
import { dayTitle, messageTime, startOfDay } from "./times.js";

const GROUP_WITHIN_MS = 7 * 60 * 1000;
/** Nearer to the end than this, the list follows new messages. */
const FOLLOW_WITHIN_PX = 120;
const CHANNEL_ICONS = { live: "live", admin: "lock", dm: "mail" };

function continues(message, previous) {
  return (
    previous &&
    !message.interaction &&
    previous.author.id === message.author.id &&
    Boolean(previous.ephemeral) === Boolean(message.ephemeral) &&
    messageTime(message) - messageTime(previous) < GROUP_WITHIN_MS &&
    startOfDay(messageTime(message)) === startOfDay(messageTime(previous))
  );
}

function divider(date) {
  const title = dayTitle(date);
  return h("li", { class: "day-divider", role: "separator", "aria-label": title }, h("span", {}, title));
}

/** What a newcomer tries: commands of one word, those first that take the most. */
function commandsToTry() {
  const plain = commandsHere().filter((command) => !command.administratorsOnly && command.path.length === 1);
  return plain.sort((one, other) => other.options.length - one.options.length).slice(0, 4);
}

function welcomeDirect() {
  return h(
    "li",
    { class: "welcome" },
    h("div", { class: "welcome-icon" }, icon(CHANNEL_ICONS.dm, 40)),
    h("h2", {}, t("messages.start_direct", { bot: state.bot.name })),
    h("p", {}, t("messages.start_direct_more", { bot: state.bot.name })),
  );
}

function welcome() {
  const channel = state.channel;
  if (channel.kind === "dm") return welcomeDirect();
  const tries = commandsToTry();
  return h(
    "li",
    { class: "welcome" },
    h("div", { class: "welcome-icon" }, icon(CHANNEL_ICONS[channel.kind] ?? "hash", 40)),
    h("h2", {}, t("messages.start", { channel: channel.name })),
    h("p", {}, t("messages.start_more", { channel: channel.name, bot: state.bot.name })),
    tries.length
      ? h(
          "div",
          { class: "welcome-tries" },
          tries.map((command) =>
            h("button", { class: "try", type: "button", onclick: () => openCommand(command.path.join(" ")) }, h("b", {}, `/${command.label}`), h("small", {}, localized(command.declaration, "description"))),
          ),
        )
      : null,
  );
}

export class MessageList {
  constructor() {
    this.list = h("ol", { class: "message-list", role: "log", "aria-live": "polite", tabindex: "0" });
    this.jump = h("button", { class: "jump", type: "button", hidden: true, onclick: () => this.toEnd() }, t("messages.jump"), icon("down", 16));
    this.scroller = h("div", { class: "message-scroller" }, this.list);
    this.element = h("div", { class: "message-area" }, this.scroller, this.jump);
    this.drawn = new Map();
    this.following = true;
    this.shownChannel = null;
    this.scroller.addEventListener("scroll", () => this.noteScroll(), { passive: true });
    new ResizeObserver(() => this.following && this.toEnd()).observe(this.list);
    new ResizeObserver(() => this.following && this.toEnd()).observe(this.scroller);
    state.on("view messages world commands bot", () => this.draw());
  }

  draw() {
    if (!state.channel) return;
    const moved = this.shownChannel !== `${state.me} ${state.channelId}`;
    if (moved) this.following = true;
    this.shownChannel = `${state.me} ${state.channelId}`;
    this.list.setAttribute("aria-label", t("messages.label", { channel: state.channel.name }));
    this.list.classList.toggle("is-loading", !state.historyLoaded.has(state.channelId));
    const focused = this.focusedComponent();
    const before = this.list.lastElementChild;
    this.drawing = new Map();
    reconcile(this.list, this.rows());
    this.drawn = this.drawing;
    this.restoreFocus(focused);
    this.jump.firstChild.textContent = t("messages.jump");
    if (this.following) this.toEnd();
    else if (this.list.lastElementChild !== before) this.jump.hidden = false;
  }

  rows() {
    const rows = [this.cached("welcome", [state.channelId, commandsHere().map((c) => c.label)], welcome)];
    let previous = null;
    let day = null;
    for (const entry of this.entries()) {
      if (entry.pending) {
        rows.push(this.cached(entry.pending.nonce, [entry.pending], () => pendingNode(entry.pending)));
        previous = null;
        continue;
      }
      const { message, date } = entry;
      if (startOfDay(date) !== day) {
        day = startOfDay(date);
        rows.push(this.cached(`day ${startOfDay(date)}`, [], () => divider(date)));
      }
      const grouped = Boolean(continues(message, previous));
      const press = state.presses.get(message.id) ?? null;
      rows.push(this.cached(message.id, [message, grouped, press], () => messageNode(message, grouped)));
      previous = message;
    }
    return rows;
  }

  /** Messages as Discord orders them; a command that failed stays where it was sent. */
  entries() {
    const entries = state.messagesHere().map((message) => ({ message, date: messageTime(message) }));
    for (const pending of state.pending.filter((one) => one.channelId === state.channelId)) {
      const after = pending.failed ? entries.findIndex((one) => one.date > pending.at) : -1;
      entries.splice(after < 0 ? entries.length : after, 0, { pending, date: pending.at });
    }
    return entries;
  }

  /** The element drawn before, as long as nothing that it shows has changed. */
  cached(key, parts, build) {
    const signature = JSON.stringify([parts, locale(), state.me]);
    const known = this.drawn.get(key);
    const entry = known?.signature === signature ? known : { signature, element: build() };
    this.drawing.set(key, entry);
    return entry.element;
  }

  focusedComponent() {
    const active = document.activeElement;
    if (!this.list.contains(active)) return null;
    const message = active.closest("[data-message-id]");
    return message && { messageId: message.dataset.messageId, customId: active.dataset.customId };
  }

  /** A redrawn message gives the focus back to the same button, else to the list. */
  restoreFocus(focused) {
    if (!focused || this.list.contains(document.activeElement)) return;
    const message = this.list.querySelector(`[data-message-id="${CSS.escape(focused.messageId)}"]`);
    const same = focused.customId && message?.querySelector(`[data-custom-id="${CSS.escape(focused.customId)}"]:not(:disabled)`);
    (same || this.list).focus({ preventScroll: true });
  }

  noteScroll() {
    const left = this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight;
    this.following = left < FOLLOW_WITHIN_PX;
    if (this.following) this.jump.hidden = true;
  }

  toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.following = true;
    this.jump.hidden = true;
  }
}
