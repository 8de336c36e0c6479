// One message: who, when, what, and the marks Discord puts around it.

import { dismissMessage, dismissPending } from "./actions.js";
import { attachmentNodes } from "./attachments.js";
import { avatar } from "./avatars.js";
import { componentRows } from "./components.js";
import { h, hidden } from "./dom.js";
import { embedNode } from "./embeds.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";
import { markdownNodes } from "./markdown_nodes.js";
import { state } from "./state.js";
import { fullTime, headerTime, messageTime, shortTime } from "./times.js";

function usedLine(interaction) {
  const name = state.nameOf(interaction.user_id) ?? t("someone");
  return h(
    "div",
    { class: "used-line" },
    h("span", { class: "used-spine", "aria-hidden": "true" }),
    avatar({ id: interaction.user_id, name, size: 16 }),
    h("span", { class: "used-name" }, t("message.used", { name })),
    h("span", { class: "used-command" }, icon("slash", 14), interaction.name),
  );
}

function thinkingLine(text) {
  return h("div", { class: "thinking" }, h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")), text);
}

function onlyYouLine(dismiss) {
  return h(
    "div",
    { class: "only-you" },
    icon("eye", 16),
    `${t("message.only_you")} • `,
    h("button", { class: "text-link", type: "button", onclick: dismiss }, t("message.dismiss")),
  );
}

function header({ author, isBot, date }) {
  return h(
    "div",
    { class: "message-header" },
    h("span", { class: isBot ? "author is-bot" : "author" }, author),
    isBot ? h("span", { class: "app-tag" }, t("message.app")) : null,
    h("time", { class: "message-time", datetime: date.toISOString(), title: fullTime(date) }, headerTime(date)),
  );
}

/** Discord's own message that something was pinned. */
const PINNED = 6;

function bodyOf(message) {
  if (message.type === PINNED) return h("div", { class: "message-content" }, t("message.pinned", { name: displayName(message.author) }));
  if (message.loading) return thinkingLine(t("message.thinking", { bot: state.bot.name }));
  const edited = message.edited_timestamp ? h("span", { class: "edited" }, t("message.edited")) : null;
  const content = message.content ? markdownNodes(message.content, message) : [];
  if (edited && content.length) content[content.length - 1].append(" ", edited);
  return [
    content.length ? h("div", { class: "message-content" }, content) : null,
    (message.embeds ?? []).map((embed) => embedNode(embed, message)),
    attachmentNodes(message),
    componentRows(message),
  ];
}

const displayName = (author) => state.nameOf(author.id) ?? author.global_name ?? author.username;

/**
 * @param {boolean} grouped true when it continues the author's previous message
 */
export function messageNode(message, grouped) {
  const isBot = Boolean(message.author.bot);
  const author = displayName(message.author);
  const date = messageTime(message);
  const mentionsMe = message.mention_everyone || message.mentions?.some((user) => user.id === state.me);
  const classes = ["message", grouped && "is-grouped", message.ephemeral && "is-ephemeral", mentionsMe && "is-mentioning", message.interaction && "has-used-line"];
  const side = grouped
    ? h("span", { class: "side-time", "aria-hidden": "true" }, shortTime(date))
    : avatar({ id: message.author.id, name: author, bot: isBot });
  return h(
    "li",
    { class: classes.filter(Boolean).join(" "), "data-message-id": message.id },
    message.interaction ? usedLine(message.interaction) : null,
    h(
      "div",
      { class: "message-row" },
      h("div", { class: "message-side" }, side),
      h(
        "div",
        { class: "message-body" },
        grouped ? hidden(`${author}, ${shortTime(date)}: `) : header({ author, isBot, date }),
        bodyOf(message),
        message.ephemeral ? onlyYouLine(() => dismissMessage(message.id)) : null,
      ),
    ),
  );
}

/** The server's word for 3 s of silence; every other text is why it refused to send. */
const NO_RESPONSE = "The application did not respond";

function failureText(failed) {
  if (failed === NO_RESPONSE) return t("message.no_response");
  const ours = ["disconnected", "timeout"].includes(failed);
  return t("message.failed", { reason: ours ? t(`error.${failed}`) : failed });
}

/** A command on its way, or the one that got no answer. */
export function pendingNode(pending) {
  const failed = pending.failed !== null;
  return h(
    "li",
    { class: failed ? "message is-ephemeral has-used-line" : "message has-used-line", "data-nonce": pending.nonce },
    usedLine({ user_id: state.me, name: pending.name }),
    h(
      "div",
      { class: "message-row" },
      h("div", { class: "message-side" }, avatar({ id: state.bot.id, name: state.bot.name, bot: true })),
      h(
        "div",
        { class: "message-body" },
        header({ author: state.bot.name, isBot: true, date: pending.at }),
        failed
          ? h("div", { class: "command-failed" }, icon("warning", 16), failureText(pending.failed))
          : thinkingLine(t("message.sending")),
        failed ? onlyYouLine(() => dismissPending(pending.nonce)) : null,
      ),
    ),
  );
}
