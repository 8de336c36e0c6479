// Turns the markdown tree into elements. Text goes in as text nodes only.

import { h } from "./dom.js";
import { t } from "./i18n.js";
import { parseInline, parseMarkdown } from "./markdown.js";
import { state } from "./state.js";
import { timestampNode } from "./times.js";
import { openCommand, viewChannel } from "./actions.js";

const TAGS = { strong: "strong", underline: "u", strike: "s", emphasis: "em" };

function spoiler(children) {
  const node = h("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": t("message.spoiler") });
  node.append(h("span", { class: "spoiler-text", "aria-hidden": "true" }, children));
  const show = () => {
    node.classList.add("is-shown");
    node.removeAttribute("role");
    node.removeAttribute("tabindex");
    node.removeAttribute("aria-label");
    node.firstChild.removeAttribute("aria-hidden");
  };
  node.addEventListener("click", show);
  node.addEventListener("keydown", (event) => ["Enter", " "].includes(event.key) && show());
  return node;
}

/** Active only when Discord resolved it; a known name is a quiet pill, which calls nobody. */
function userMention(id, context) {
  const resolved = context.mentions?.find((user) => user.id === id);
  const known = state.nameOf(id);
  const name = known ?? resolved?.global_name ?? resolved?.username ?? t("someone");
  const className = resolved ? "mention" : known ? "mention is-quiet" : "mention is-inactive";
  return h("span", { class: className }, `@${name}`);
}

function roleMention(id, context) {
  const name = state.guild?.roles?.find((role) => role.id === id)?.name ?? "role";
  const active = context.mention_roles?.includes(id);
  return h("span", { class: active ? "mention" : "mention is-inactive" }, `@${name}`);
}

function channelMention(id) {
  const channel = state.channels.find((one) => one.id === id);
  if (!channel) return h("span", { class: "mention is-inactive" }, "#?");
  return h("button", { class: "mention", type: "button", onclick: () => viewChannel(id) }, `#${channel.name}`);
}

function inlineNode(node, context) {
  switch (node.kind) {
    case "text":
      return node.text;
    case "code":
      return h("code", { class: "inline-code" }, node.text);
    case "time":
      return timestampNode(node.unix, node.style) ?? `<t:${node.unix}>`;
    case "user":
      return userMention(node.id, context);
    case "role":
      return roleMention(node.id, context);
    case "channel":
      return channelMention(node.id);
    case "command":
      return h("button", { class: "mention", type: "button", onclick: () => openCommand(node.path) }, `/${node.path}`);
    case "emoji":
      return `:${node.name}:`;
    case "everyone":
      return context.mention_everyone ? h("span", { class: "mention" }, node.text) : node.text;
    case "link":
      return h(
        "a",
        { href: node.url, target: "_blank", rel: "noopener noreferrer" },
        node.children ? node.children.map((child) => inlineNode(child, context)) : node.text,
      );
    case "spoiler":
      return spoiler(node.children.map((child) => inlineNode(child, context)));
    default:
      return h(TAGS[node.kind], {}, node.children.map((child) => inlineNode(child, context)));
  }
}

function blockNode(block, context) {
  const inside = () => block.children.map((child) => inlineNode(child, context));
  switch (block.kind) {
    case "fence":
      return h("pre", { class: "code-block", tabindex: "0" }, h("code", {}, block.text));
    case "quote":
      return h("blockquote", {}, block.blocks.map((one) => blockNode(one, context)));
    case "heading1":
    case "heading2":
    case "heading3":
      return h("div", { class: `md-heading md-${block.kind}`, role: "heading", "aria-level": "4" }, inside());
    case "subtext":
      return h("div", { class: "md-subtext" }, inside());
    case "bullet":
      return h("div", { class: block.deep ? "md-bullet is-deep" : "md-bullet" }, inside());
    default:
      // An empty line keeps its height.
      return h("div", { class: "md-line" }, block.children.length ? inside() : h("br"));
  }
}

/**
 * The elements for a text.
 * @param {object} context the message it stands in: its resolved mentions
 */
export function markdownNodes(source, context = {}) {
  return parseMarkdown(source).map((block) => blockNode(block, context));
}

/** The same without blocks, for titles and field names. */
export function inlineNodes(source, context = {}) {
  return parseInline(source).map((node) => inlineNode(node, context));
}
