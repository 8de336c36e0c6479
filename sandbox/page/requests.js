// Pairs what the page asked with what came back, by nonce. Every request ends: answered, refused
// with a reason, or given up when the connection or the time is lost.

/** Discord gives a bot 3 s, then the page is told; this is for a server that went silent. */
const GIVE_UP_MS = 20_000;

export class Requests {
  constructor(send) {
    this.send = send;
    this.open = new Map();
    this.count = 0;
  }

  /**
   * Sends `frame` with a fresh nonce.
   * @param {object} answers onChoices, onModal, onDone: each called with the server's frame
   * @returns {string} the nonce
   */
  ask(frame, answers) {
    this.count += 1;
    const nonce = `${Date.now().toString(36)}-${this.count}`;
    const timer = setTimeout(() => this.fail(nonce, "timeout"), GIVE_UP_MS);
    this.open.set(nonce, { answers, timer });
    if (!this.send({ ...frame, nonce })) queueMicrotask(() => this.fail(nonce, "disconnected"));
    return nonce;
  }

  /** Hands a frame to whoever asked; true when somebody was waiting for it. */
  settle(frame) {
    const waiting = this.open.get(frame.nonce);
    if (!waiting) return false;
    if (frame.t === "choices") {
      this.close(frame.nonce);
      waiting.answers.onChoices?.(frame);
    } else if (frame.t === "modal") {
      waiting.answers.onModal?.(frame);
    } else {
      this.close(frame.nonce);
      waiting.answers.onDone?.(frame);
    }
    return true;
  }

  /** Nobody waits for this answer any more. */
  forget(nonce) {
    this.close(nonce);
  }

  close(nonce) {
    const waiting = this.open.get(nonce);
    if (waiting) clearTimeout(waiting.timer);
    this.open.delete(nonce);
  }

  fail(nonce, error) {
    const waiting = this.open.get(nonce);
    if (!waiting) return;
    this.close(nonce);
    waiting.answers.onChoices?.({ t: "choices", nonce, error });
    waiting.answers.onDone?.({ t: "interaction_done", nonce, ok: false, acknowledged_ms: null, error });
  }

  failAll(error) {
    for (const nonce of [...this.open.keys()]) this.fail(nonce, error);
  }
}
