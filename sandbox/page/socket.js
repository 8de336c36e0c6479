// The page's one connection to the sandbox. It comes back by itself, waiting a little longer
// after each failure, and at once when the computer or the tab wakes up.

const WAITS_MS = [300, 700, 1500, 3000, 5000];
/** Longer than this without an answer and the server is taken for gone. */
const OPENING_TIMEOUT_MS = 5000;

export class SandboxSocket {
  /**
   * @param {object} listeners onFrame(frame), onState("connecting" | "open" | "lost")
   */
  constructor({ onFrame, onState }) {
    this.onFrame = onFrame;
    this.onState = onState;
    this.failures = 0;
    this.socket = null;
    this.timer = null;
    window.addEventListener("online", () => this.hurry());
    document.addEventListener("visibilitychange", () => document.hidden || this.hurry());
  }

  connect() {
    clearTimeout(this.timer);
    this.onState(this.failures === 0 ? "connecting" : "lost");
    const address = new URL("/page/ws", location.href);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(address);
    this.socket = socket;
    const opening = setTimeout(() => socket.close(), OPENING_TIMEOUT_MS);
    socket.addEventListener("open", () => {
      clearTimeout(opening);
      this.failures = 0;
      this.onState("open");
    });
    socket.addEventListener("message", (event) => this.receive(event.data));
    socket.addEventListener("close", () => {
      clearTimeout(opening);
      if (this.socket === socket) this.retryLater();
    });
  }

  receive(text) {
    let frame;
    try {
      frame = JSON.parse(text);
    } catch {
      console.warn("sandbox.frame_unreadable");
      return;
    }
    this.onFrame(frame);
  }

  retryLater() {
    this.socket = null;
    const wait_ms = WAITS_MS[Math.min(this.failures, WAITS_MS.length - 1)];
    this.failures += 1;
    this.onState("lost");
    this.timer = setTimeout(() => this.connect(), wait_ms);
  }

  /** Tries again now instead of at the end of the wait. */
  hurry() {
    if (this.socket === null) this.connect();
  }

  /** Sends a frame; false when there is no connection to send it on. */
  send(frame) {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }
}
