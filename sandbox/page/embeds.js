// Embeds: the cards of a message, with their colour bar, fields, picture and footer.

import { linkAddress, localAddress } from "./addresses.js";
import { picture } from "./attachments.js";
import { h } from "./dom.js";
import { inlineNodes, markdownNodes } from "./markdown_nodes.js";
import { headerTime } from "./times.js";

const FIELDS_IN_A_ROW = 3;

/** Inline fields stand side by side, up to three; any other field has a row of its own. */
function fieldRows(fields) {
  const rows = [];
  for (const field of fields) {
    const last = rows[rows.length - 1];
    if (field.inline && last?.[0].inline && last.length < FIELDS_IN_A_ROW) last.push(field);
    else rows.push([field]);
  }
  return rows;
}

function fieldNode(field, message) {
  return h(
    "div",
    { class: "embed-field" },
    h("div", { class: "embed-field-name" }, inlineNodes(field.name, message)),
    h("div", { class: "embed-field-value" }, markdownNodes(field.value, message)),
  );
}

function titleNode(embed, message) {
  if (!embed.title) return null;
  const address = linkAddress(embed.url);
  const text = inlineNodes(embed.title, message);
  return h("div", { class: "embed-title" }, address ? h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, text) : text);
}

function smallPicture(url, className) {
  const source = url && localAddress(url);
  return source ? h("img", { src: source, alt: "", class: className }) : null;
}

function footerNode(embed) {
  const when = embed.timestamp && headerTime(new Date(embed.timestamp));
  const texts = [embed.footer?.text, when].filter(Boolean);
  if (!texts.length) return null;
  return h("div", { class: "embed-footer" }, smallPicture(embed.footer?.icon_url, "embed-icon"), texts.join(" • "));
}

/** Where the picture of an embed is: `attachment://` names a file of the same message. */
function pictureOf(embed, message) {
  const url = embed.image?.url;
  if (!url) return null;
  const file = (message.attachments ?? []).find((one) => url === `attachment://${one.filename}` || url === one.url);
  const address = file?.url ?? url;
  const name = file?.filename ?? address.split("/").pop();
  const { width, height } = { ...file, ...embed.image };
  return h("div", { class: "embed-picture" }, picture({ url: address, name, width, height, alt: file?.description }));
}

/** One embed as an article with its colour down the side. */
export function embedNode(embed, message) {
  const author = embed.author && h("div", { class: "embed-author" }, smallPicture(embed.author.icon_url, "embed-icon"), embed.author.name);
  const description = embed.description && h("div", { class: "embed-description" }, markdownNodes(embed.description, message));
  const rows = fieldRows(embed.fields ?? []).map((row) => {
    const node = h("div", { class: "embed-row" }, row.map((field) => fieldNode(field, message)));
    node.style.setProperty("--columns", String(row[0].inline ? Math.max(row.length, 1) : 1));
    return node;
  });
  const text = h(
    "div",
    { class: "embed-text" },
    author,
    titleNode(embed, message),
    description,
    rows.length ? h("div", { class: "embed-fields" }, rows) : null,
    pictureOf(embed, message),
    footerNode(embed),
  );
  const node = h("article", { class: "embed" }, text, smallPicture(embed.thumbnail?.url, "embed-thumbnail"));
  if (embed.color) node.style.setProperty("--bar", `#${embed.color.toString(16).padStart(6, "0")}`);
  return node;
}
