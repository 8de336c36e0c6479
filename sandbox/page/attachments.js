// Pictures and files of a message, and the full-size view of a picture.

import { linkAddress, localAddress } from "./addresses.js";
import { h } from "./dom.js";
import { formatNumber, t } from "./i18n.js";
import { icon } from "./icons.js";

const PICTURE = /\.(png|jpe?g|gif|webp)$/i;

function formatBytes(bytes) {
  const unit = bytes < 1024 ? ["byte", bytes] : bytes < 1_048_576 ? ["kilobyte", bytes / 1024] : ["megabyte", bytes / 1_048_576];
  // The short English form of bytes is "299 byte".
  const unitDisplay = unit[0] === "byte" ? "long" : "short";
  return formatNumber(unit[1], { style: "unit", unit: unit[0], unitDisplay, maximumFractionDigits: 1 });
}

function showLarge(source, name) {
  const close = h("button", { class: "icon-button lightbox-close", type: "button", "aria-label": t("nav.close") }, icon("close", 28));
  const dialog = h("dialog", { class: "lightbox", "aria-label": name }, h("img", { src: source, alt: name }), close);
  dialog.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** A picture of the message, or one line saying why it is not loaded. */
export function picture({ url, name, width, height, alt }) {
  const source = localAddress(url);
  if (!source) return h("div", { class: "picture-refused" }, icon("eye", 16), t("message.image_outside", { url }));
  const image = h("img", { src: source, alt: alt ?? name, loading: "lazy", width, height });
  return h(
    "button",
    { class: "picture", type: "button", "aria-label": t("message.open_image", { name }), onclick: () => showLarge(source, name) },
    image,
  );
}

function fileCard(attachment) {
  const address = localAddress(attachment.url) ?? linkAddress(attachment.url);
  return h(
    "div",
    { class: "file-card" },
    icon("file", 30),
    h(
      "span",
      { class: "file-text" },
      h("a", { href: address, download: attachment.filename, target: "_blank", rel: "noopener noreferrer" }, attachment.filename),
      h("span", { class: "file-size" }, formatBytes(attachment.size ?? 0)),
    ),
  );
}

function attachmentNode(attachment) {
  const { url, filename, width, height, description } = attachment;
  const isPicture = (attachment.content_type ?? "").startsWith("image/") || PICTURE.test(filename);
  return isPicture ? picture({ url, name: filename, width, height, alt: description }) : fileCard(attachment);
}

/** The attachments that no embed of the message shows already. */
export function attachmentNodes(message) {
  const shown = new Set((message.embeds ?? []).map((embed) => embed.image?.url).filter(Boolean));
  const files = (message.attachments ?? []).filter(
    (file) => !shown.has(file.url) && !shown.has(`attachment://${file.filename}`),
  );
  return files.length ? h("div", { class: "attachments" }, files.map(attachmentNode)) : null;
}
