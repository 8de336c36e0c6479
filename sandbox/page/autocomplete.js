// Asks the bot for choices while a person types, as Discord does: after a short pause, one
// question at a time, and an overtaken answer is dropped.

import { askChoices, forgetRequest } from "./actions.js";

/** Discord waits about this long after the last key. */
export const PAUSE_MS = 100;

export class LiveChoices {
  /** @param {Function} onChange told whenever `status` or `choices` are new */
  constructor(onChange) {
    this.onChange = onChange;
    this.reset();
  }

  reset() {
    clearTimeout(this.timer);
    if (this.nonce) forgetRequest(this.nonce);
    this.timer = null;
    this.nonce = null;
    /** "idle" | "loading" | "ready" | "failed" */
    this.status = "idle";
    this.choices = [];
    this.question = null;
  }

  /**
   * @param {object} question {path, options, focused}
   * @param {boolean} atOnce true when the field was just entered, so nobody is typing yet
   */
  ask(question, { atOnce = false } = {}) {
    const text = JSON.stringify(question);
    if (text === this.question && this.status !== "failed") return;
    this.reset();
    this.question = text;
    this.status = "loading";
    this.onChange();
    this.timer = setTimeout(() => this.send(question), atOnce ? 0 : PAUSE_MS);
  }

  send({ path, options, focused }) {
    const nonce = askChoices(path, options, focused, (frame) => {
      if (nonce !== this.nonce) return;
      this.nonce = null;
      this.status = frame.error ? "failed" : "ready";
      this.choices = frame.choices ?? [];
      this.onChange();
    });
    this.nonce = nonce;
  }
}
