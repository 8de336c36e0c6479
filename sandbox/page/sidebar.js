// The left of the page: servers, channels, and who one is.

import { bePerson, speak, takeDirect, viewChannel, viewGuild } from "./actions.js";
import { avatar, guildLetters } from "./avatars.js";
import { h, hidden, uniqueId } from "./dom.js";
import { locale, LOCALES, t } from "./i18n.js";
import { icon } from "./icons.js";
import { state } from "./state.js";

const CHANNEL_ICONS = { live: "live", admin: "lock", dm: "mail" };

function guildTile(guild) {
  const isHere = guild.id === state.guildId;
  return h(
    "button",
    { class: isHere ? "guild-tile is-here" : "guild-tile", type: "button", title: guild.name, "aria-label": guild.name, "aria-current": isHere ? "true" : null, onclick: () => viewGuild(guild.id) },
    h("span", { class: "guild-letters", "aria-hidden": "true" }, guildLetters(guild.name)),
  );
}

function channelRow(channel, afterMove) {
  const isHere = channel.id === state.channelId;
  const isUnread = state.unread.has(channel.id);
  const classes = ["channel-row", isHere && "is-here", isUnread && "is-unread"].filter(Boolean).join(" ");
  const move = () => {
    viewChannel(channel.id);
    afterMove();
  };
  return h(
    "button",
    { class: classes, type: "button", "aria-current": isHere ? "page" : null, "data-channel": channel.name, onclick: move },
    icon(CHANNEL_ICONS[channel.kind] ?? "hash", 20),
    h("span", {}, channel.name),
    isUnread ? hidden(t("nav.unread")) : null,
  );
}

function languageSwitch() {
  return h(
    "div",
    { class: "segments language", role: "group", "aria-label": t("language") },
    LOCALES.map((one) =>
      h("button", { class: "segment", type: "button", lang: one, "data-locale": one, "aria-pressed": String(one === locale()), onclick: () => speak(one) }, one === "fr" ? "FR" : "EN"),
    ),
  );
}

/** The person's own setting: whether those of a common server may write to them privately. */
function directSwitch() {
  const words = t(state.takesDirect ? "direct.open" : "direct.closed");
  return h("button", { class: "segment direct-switch", type: "button", "aria-pressed": String(state.takesDirect), onclick: () => takeDirect(!state.takesDirect) }, words);
}

export class Sidebar {
  /** @param {Function} afterMove closes the drawer on a phone */
  constructor(afterMove) {
    this.afterMove = afterMove;
    this.menuId = uniqueId("people");
    this.guilds = h("nav", { class: "guild-rail" });
    this.channels = h("nav", { class: "channel-list" });
    this.menu = h("div", { id: this.menuId, class: "person-menu", role: "menu", hidden: true });
    this.card = h("div", { class: "person-card" });
    this.element = h("div", { class: "sidebar" }, this.guilds, this.channels, h("div", { class: "person-area" }, this.menu, this.card));
    this.menu.addEventListener("keydown", (event) => this.menuKey(event));
    this.menu.addEventListener("focusout", (event) => this.menu.contains(event.relatedTarget) || event.relatedTarget === this.opener || this.closeMenu());
    state.on("world view unread locale bot direct", () => this.draw());
  }

  draw() {
    const { person, guild } = state;
    if (!person || !guild) return;
    this.guilds.setAttribute("aria-label", t("nav.servers"));
    this.guilds.replaceChildren(...state.guildsOfPerson.map(guildTile));
    this.channels.setAttribute("aria-label", t("nav.channels", { guild: guild.name }));
    const focused = this.channels.contains(document.activeElement) && document.activeElement.dataset.channel;
    this.channels.replaceChildren(
      h("h1", { class: "guild-name" }, guild.name),
      h("div", { class: "channel-heading" }, t("nav.text_channels")),
      ...state.channels.map((channel) => channelRow(channel, this.afterMove)),
      h("div", { class: "channel-heading" }, t("nav.direct"), directSwitch()),
      ...state.direct.map((channel) => channelRow(channel, this.afterMove)),
    );
    if (focused) this.channels.querySelector(`[data-channel="${CSS.escape(focused)}"]`)?.focus();
    this.drawCard(person);
  }

  drawCard(person) {
    const role = t(`role.${person.role}`);
    const language = this.card.querySelector(".language")?.contains(document.activeElement);
    this.opener = h(
      "button",
      { class: "person-opener", type: "button", "aria-haspopup": "menu", "aria-expanded": String(!this.menu.hidden), "aria-controls": this.menuId, "aria-label": t("person.switch", { name: person.name, role }), onclick: () => (this.menu.hidden ? this.openMenu() : this.closeMenu()) },
      avatar({ id: person.id, name: person.name, size: 32, status: "online" }),
      h("span", { class: "person-text" }, h("b", {}, person.name), h("small", {}, role)),
      icon("chevron", 16),
    );
    this.card.replaceChildren(this.opener, languageSwitch());
    if (language) this.card.querySelector(".language [aria-pressed=true]").focus();
  }

  openMenu() {
    const rows = state.people.map((person) => {
      const guilds = state.guilds.filter((guild) => person.guild_ids.includes(guild.id)).map((guild) => guild.name);
      const choose = () => {
        this.closeMenu();
        bePerson(person.id);
        this.opener.focus();
      };
      return h(
        "button",
        { class: "person-row", type: "button", role: "menuitemradio", tabindex: "-1", "aria-checked": String(person.id === state.me), "data-person": person.name, onclick: choose },
        avatar({ id: person.id, name: person.name, size: 32 }),
        h("span", { class: "person-text" }, h("b", {}, person.name), h("small", {}, `${t(`role.${person.role}`)} · ${guilds.join(", ")}`)),
        person.id === state.me ? icon("check", 18) : null,
      );
    });
    this.menu.replaceChildren(h("div", { class: "person-menu-title", role: "presentation" }, t("person.menu")), ...rows);
    this.menu.hidden = false;
    this.opener.setAttribute("aria-expanded", "true");
    (this.menu.querySelector("[aria-checked=true]") ?? rows[0]).focus();
  }

  closeMenu() {
    this.menu.hidden = true;
    this.opener?.setAttribute("aria-expanded", "false");
  }

  menuKey(event) {
    const rows = [...this.menu.querySelectorAll("[role=menuitemradio]")];
    const at = rows.indexOf(document.activeElement);
    const keys = { ArrowDown: at + 1, ArrowUp: at - 1 + rows.length, Home: 0, End: rows.length - 1 };
    if (event.key === "Escape") {
      this.closeMenu();
      this.opener.focus();
    } else if (event.key in keys) rows[keys[event.key] % rows.length].focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
