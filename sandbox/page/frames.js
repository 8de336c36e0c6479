// Takes each frame the server sends into the page's state.

import { state, TRACE_KEPT } from "./state.js";

function putMessage(message) {
  const channel = state.messagesOf.get(message.channel_id) ?? new Map();
  channel.set(message.id, message);
  state.messagesOf.set(message.channel_id, channel);
}

/** A command's own message takes the place of its "sending" line. */
function settlePending(message) {
  const used = message.interaction;
  if (!used || used.user_id !== state.me) return;
  const index = state.pending.findIndex((one) => !one.failed && one.name === used.name);
  if (index >= 0) state.pending.splice(index, 1);
}

/** The server would not do something nobody waits for, such as a chat message. */
function refuse(reason) {
  state.refusal = { text: `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.` };
  state.emit("refusal");
}

const HANDLERS = {
  hello(frame, { greet }) {
    // A drill that went on while the connection was lost can no longer say how it ended.
    Object.assign(state, { guilds: frame.guilds, people: frame.people, bot: frame.bot, trace: [], drillOutcome: null });
    state.messagesOf.clear();
    state.historyLoaded.clear();
    greet(frame);
  },
  commands(frame) {
    state.commandsOf.set(frame.guild_id, frame.commands);
    state.emit("commands");
  },
  direct(frame) {
    Object.assign(state, { direct: frame.channels, takesDirect: frame.open });
    state.emit("direct");
  },
  history(frame) {
    state.messagesOf.set(frame.channel_id, new Map());
    state.historyLoaded.add(frame.channel_id);
    frame.messages.forEach(putMessage);
    state.emit("messages");
  },
  message(frame) {
    putMessage(frame.message);
    settlePending(frame.message);
    if (frame.message.channel_id !== state.channelId) state.unread.add(frame.message.channel_id);
    state.emit("messages", "unread");
  },
  message_update(frame) {
    putMessage(frame.message);
    state.emit("messages");
  },
  message_delete(frame) {
    state.messagesOf.get(frame.channel_id)?.delete(frame.id);
    state.emit("messages");
  },
  bot(frame) {
    state.bot = { ...state.bot, online: frame.online };
    state.emit("bot");
  },
  trace(frame) {
    state.trace = [...state.trace, ...frame.entries].slice(-TRACE_KEPT);
    state.summary = frame.summary ?? state.summary;
    state.emit("trace");
  },
  faults(frame) {
    state.faults = frame.active ?? {};
    state.emit("faults");
  },
  drills(frame) {
    state.actors = frame.actors;
    state.emit("drills");
  },
  drill_done(frame) {
    state.drillOutcome = { ok: frame.ok, text: frame.text };
    state.emit("drills");
  },
};

/** @param {object} hooks greet(hello frame), requests */
export function takeFrame(frame, hooks) {
  if (["choices", "modal", "interaction_done"].includes(frame.t)) {
    const awaited = hooks.requests.settle(frame);
    if (!awaited && frame.error) refuse(frame.error);
    return;
  }
  HANDLERS[frame.t]?.(frame, hooks);
}
