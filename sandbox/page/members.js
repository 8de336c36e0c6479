// The members of the open server, with the bot and its online dot.

import { avatar } from "./avatars.js";
import { h } from "./dom.js";
import { t } from "./i18n.js";
import { state } from "./state.js";

function row({ id, name, bot = false, status, note }) {
  return h(
    "li",
    { class: `member is-${status}`, "data-user-id": bot ? null : id },
    avatar({ id, name, bot, size: 32, status }),
    h(
      "span",
      { class: "person-text" },
      h("b", {}, name, bot ? h("span", { class: "app-tag" }, t("message.app")) : null),
      h("small", {}, note),
    ),
  );
}

function group(key, rows) {
  return h("section", {}, h("h3", {}, t(key, { count: rows.length })), h("ul", {}, rows));
}

export class Members {
  constructor() {
    this.element = h("div", { class: "members" });
    state.on("world view bot locale", () => this.draw());
  }

  draw() {
    const people = state.membersHere.map((person) => row({ ...person, status: "online", note: t(`role.${person.role}`) }));
    const { id, name, online } = state.bot;
    const status = online ? "online" : "offline";
    this.element.replaceChildren(
      group("members.apps", [row({ id, name, bot: true, status, note: t(`status.${status}`) })]),
      group("members.people", people),
    );
  }
}
