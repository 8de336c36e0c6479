// What a person can do, as functions: each changes the page's state and tells the server.

import { locale, setLocale } from "./i18n.js";
import { state } from "./state.js";

const STORED_AS = "scooty.view";
let requests = null;
let sendFrame = () => false;
let commandOpener = () => {};
let modalOpener = () => {};

/** Called once at start with what the page is made of. */
export function wireActions({ send, requestsByNonce, openCommandInComposer, openModal }) {
  sendFrame = send;
  requests = requestsByNonce;
  commandOpener = openCommandInComposer;
  modalOpener = openModal;
}

function store() {
  const { me, guildId, channelId } = state;
  sessionStorage.setItem(STORED_AS, JSON.stringify({ me, guildId, channelId }));
}

/** Where this tab was before it was reloaded, when that place still exists. */
function restored() {
  try {
    return JSON.parse(sessionStorage.getItem(STORED_AS)) ?? {};
  } catch {
    return {};
  }
}

function chooseView({ me, guildId, channelId }) {
  state.me = state.people.some((person) => person.id === me) ? me : state.people[0]?.id;
  const guilds = state.guildsOfPerson;
  state.guildId = guilds.some((guild) => guild.id === guildId) ? guildId : guilds[0]?.id;
  const { channels, places } = state;
  state.channelId = places.some((channel) => channel.id === channelId) ? channelId : channels[0]?.id;
}

function tellView() {
  store();
  state.unread.delete(state.channelId);
  sendFrame({ t: "view", as: state.me, guild_id: state.guildId, channel_id: state.channelId, locale: locale() });
}

/** The server said hello: look where we looked before, else where it proposes. */
export function greet(hello) {
  const proposed = { me: hello.me, guildId: hello.guild_id, channelId: hello.channel_id };
  const current = state.greeted ? { me: state.me, guildId: state.guildId, channelId: state.channelId } : {};
  chooseView({ ...proposed, ...restored(), ...current });
  state.greeted = true;
  tellView();
  state.emit("world", "view", "commands", "messages", "bot", "unread");
}

function moveTo(view) {
  const before = state.me;
  chooseView(view);
  if (state.me !== before) {
    // What one person could see is not what the next one may see.
    state.messagesOf.clear();
    state.historyLoaded.clear();
    state.pending = [];
    state.presses.clear();
    state.unread.clear();
  }
  tellView();
  state.emit("view", "messages", "commands", "unread");
}

export const viewChannel = (channelId) => moveTo({ me: state.me, guildId: state.guildId, channelId });
export const viewGuild = (guildId) => moveTo({ me: state.me, guildId });
export function bePerson(me) {
  if (me !== state.me) state.direct = []; // the server tells the next one's own
  moveTo({ me, guildId: state.guildId, channelId: state.channelId });
}

export function speak(newLocale) {
  setLocale(newLocale);
  tellView();
  state.emit("locale", "world", "view", "commands", "messages", "bot", "trace", "faults", "drills", "connection");
}

export const say = (content) => sendFrame({ t: "say", content });
export const injectFault = (kind, value) => sendFrame({ t: "fault", kind, value });
export const drill = (actor, what) => sendFrame({ t: "drill", actor, what });
export const takeDirect = (open) => sendFrame({ t: "take_direct", open });
export const openCommand = (path) => commandOpener(path);

/** Sends a slash command. */
export function sendCommand(path, options) {
  send(path.join(" "), { t: "command", name_path: path, options });
}

/** Uses a command of a message's or a person's menu; `target` is its id, by `message_id` or `user_id`. */
export function useMenu(name, label, target) {
  send(label, { t: "menu", name, ...target });
}

/** Sends what somebody chose; its line shows at once and becomes the answer or the failure. */
function send(name, frame) {
  const channelId = state.channelId;
  const pending = { name, channelId, at: new Date(), failed: null };
  const drop = () => {
    state.pending = state.pending.filter((one) => one !== pending);
    state.emit("messages");
  };
  pending.nonce = requests.ask(frame, {
    onModal: (modal) => {
      drop();
      modalOpener(modal);
    },
    onDone: (done) => {
      if (done.ok) drop();
      else {
        pending.failed = done.error ?? "timeout";
        if (!state.pending.includes(pending)) state.pending.push(pending);
        state.emit("messages");
      }
    },
  });
  state.pending.push(pending);
  state.emit("messages");
}

export function dismissPending(nonce) {
  state.pending = state.pending.filter((one) => one.nonce !== nonce);
  state.emit("messages");
}

export function dismissMessage(id) {
  state.dismissed.add(id);
  state.emit("messages");
}

/** Uses a button (no `values`) or a select under a message. */
export function pressComponent(messageId, customId, values = null) {
  const frame = { message_id: messageId, custom_id: customId };
  state.presses.set(messageId, { customId, failed: false });
  state.emit("messages");
  requests.ask(values ? { t: "choose", ...frame, values } : { t: "press", ...frame }, {
    onModal: (modal) => {
      state.presses.delete(messageId);
      state.emit("messages");
      modalOpener(modal);
    },
    onDone: (done) => {
      if (done.ok) state.presses.delete(messageId);
      else state.presses.set(messageId, { customId, failed: true });
      state.emit("messages");
    },
  });
}

/** Asks the bot for choices; returns the nonce, so that an overtaken question can be forgotten. */
export function askChoices(path, options, focused, onChoices) {
  return requests.ask({ t: "autocomplete", name_path: path, options, focused }, { onChoices });
}

export const forgetRequest = (nonce) => requests.forget(nonce);

export function submitModal(frame, onDone) {
  requests.ask({ t: "submit", ...frame }, { onDone, onModal: (next) => modalOpener(next) });
}
