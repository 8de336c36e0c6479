// The line that tells of a lost connection or an absent bot.

import { h } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";
import { state } from "./state.js";

const GOOD_NEWS_MS = 2500;
const REFUSAL_MS = 6000;

export class Notices {
  constructor() {
    this.element = h("div", { class: "notices", role: "status", "aria-live": "polite" });
    this.wasLost = false;
    this.justBack = null;
    this.refusalTimer = null;
    state.on("connection world bot locale", () => this.draw());
    state.on("refusal", () => this.tellRefusal());
    this.draw();
  }

  draw() {
    if (state.connection === "lost") this.wasLost = true;
    if (state.connection === "open" && this.wasLost && state.greeted) this.celebrate();
    const notice = this.current();
    this.element.replaceChildren(...(notice ? [h("div", { class: `notice is-${notice.kind}` }, icon(notice.icon, 18), notice.text)] : []));
  }

  celebrate() {
    this.wasLost = false;
    clearTimeout(this.justBack);
    this.justBack = setTimeout(() => {
      this.justBack = null;
      this.draw();
    }, GOOD_NEWS_MS);
  }

  tellRefusal() {
    clearTimeout(this.refusalTimer);
    this.refusalTimer = setTimeout(() => {
      state.refusal = null;
      this.draw();
    }, REFUSAL_MS);
    this.draw();
  }

  current() {
    if (state.connection === "lost") return { kind: "bad", icon: "warning", text: t("connection.lost") };
    if (state.connection === "connecting" || !state.greeted) return { kind: "plain", icon: "pulse", text: t("connection.connecting") };
    if (state.refusal) return { kind: "warn", icon: "warning", text: state.refusal.text };
    if (this.justBack) return { kind: "good", icon: "check", text: t("connection.back") };
    if (!state.bot.online) return { kind: "warn", icon: "warning", text: t("bot.offline", { bot: state.bot.name }) };
    return null;
  }
}
