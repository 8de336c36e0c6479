// Puts the page together: the parts, the connection, and what is open on a narrow screen.

import { greet, wireActions } from "./actions.js";
import { Aside } from "./aside.js";
import { Composer } from "./composer.js";
import { ContextMenu } from "./context_menu.js";
import { h } from "./dom.js";
import { takeFrame } from "./frames.js";
import { Header } from "./header.js";
import { restoreLocale, t } from "./i18n.js";
import { MessageList } from "./messages.js";
import { openModal } from "./modal.js";
import { Notices } from "./notices.js";
import { Requests } from "./requests.js";
import { Sidebar } from "./sidebar.js";
import { SandboxSocket } from "./socket.js";
import { state } from "./state.js";
import { keepRelativeTimesFresh } from "./times.js";

restoreLocale();

const composer = new Composer();
const aside = new Aside(() => header.showPressed(aside.open));
const header = new Header({ openSidebar: () => showSidebar(true), toggle: (name) => aside.toggle(name) });
const sidebar = new Sidebar(() => showSidebar(false));
const messages = new MessageList();
const notices = new Notices();
const strip = h("div", { class: "top-strip" });
const shade = h("div", { class: "shade", onclick: () => showSidebar(false) });
const page = h(
  "div",
  { class: "page", id: "page" },
  strip,
  sidebar.element,
  shade,
  h("main", { class: "chat" }, header.element, notices.element, messages.element, composer.element),
  aside.element,
);
document.body.append(page, new ContextMenu().element);

function showSidebar(isShown) {
  page.classList.toggle("shows-sidebar", isShown);
  if (isShown) sidebar.channels.querySelector("button")?.focus();
}

const socket = new SandboxSocket({
  onFrame: (frame) => takeFrame(frame, { greet, requests }),
  onState: (connection) => {
    if (connection === "lost") requests.failAll("disconnected");
    state.connection = connection;
    state.emit("connection");
  },
});
const requests = new Requests((frame) => socket.send(frame));

wireActions({
  send: (frame) => socket.send(frame),
  requestsByNonce: requests,
  openCommandInComposer: (path) => composer.openByName(path),
  openModal: (frame) => openModal(frame, () => composer.focus()),
});

state.on("world locale", () => {
  document.title = t("app.title");
  strip.replaceChildren(h("b", {}, t("app.title")), h("span", {}, t("app.strip")));
});

let isFirstGreeting = true;
state.on("world", () => {
  if (isFirstGreeting && matchMedia("(pointer: fine)").matches) composer.focus();
  isFirstGreeting = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && page.classList.contains("shows-sidebar")) showSidebar(false);
  // Typing anywhere writes a message, as in Discord.
  const isText = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && event.key !== " ";
  const elsewhere = document.activeElement === document.body || document.activeElement === messages.list;
  if (isText && elsewhere && !document.querySelector("dialog[open]")) composer.focus();
});

keepRelativeTimesFresh();
socket.connect();
