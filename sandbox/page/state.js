// What the page knows: the world the server told, where the person looks, and what is under way.
// Modules read fields directly and are told of changes by topic; only `frames.js` and the actions
// in `actions.js` write.

/** How many trace entries are kept; older ones leave. */
export const TRACE_KEPT = 150;

class PageState {
  constructor() {
    this.listeners = new Map();
    this.connection = "connecting";
    this.greeted = false;
    this.guilds = [];
    this.people = [];
    this.bot = { id: "0", name: "Scooty", online: false };
    this.me = null;
    this.guildId = null;
    this.channelId = null;
    /** This person's conversations with the app, and whether they take messages there. */
    this.direct = [];
    this.takesDirect = true;
    this.commandsOf = new Map();
    this.messagesOf = new Map();
    this.historyLoaded = new Set();
    this.unread = new Set();
    this.dismissed = new Set();
    /** Commands on their way: {nonce, name, channelId, at, failed} */
    this.pending = [];
    /** Presses by message id: {customId, failed} */
    this.presses = new Map();
    this.trace = [];
    this.summary = null;
    this.faults = {};
    this.actors = [];
    this.drillOutcome = null;
    /** What the server last refused outside of any command. */
    this.refusal = null;
  }

  on(topics, listener) {
    for (const topic of topics.split(" ")) {
      if (!this.listeners.has(topic)) this.listeners.set(topic, new Set());
      this.listeners.get(topic).add(listener);
    }
  }

  emit(...topics) {
    const called = new Set(topics.flatMap((topic) => [...(this.listeners.get(topic) ?? [])]));
    for (const listener of called) listener();
  }

  get person() {
    return this.people.find((person) => person.id === this.me) ?? null;
  }

  get guild() {
    return this.guilds.find((guild) => guild.id === this.guildId) ?? null;
  }

  /** The channels this person may see here. */
  get channels() {
    const all = this.guild?.channels ?? [];
    return all.filter((channel) => channel.visible_to?.includes(this.me) ?? true);
  }

  /** Where this person can be: the channels, and their own conversation with the app. */
  get places() {
    return [...this.channels, ...this.direct];
  }

  get channel() {
    return this.places.find((channel) => channel.id === this.channelId) ?? null;
  }

  /** The servers this person is a member of: others do not exist for them. */
  get guildsOfPerson() {
    const ids = this.person?.guild_ids ?? [];
    return this.guilds.filter((guild) => ids.includes(guild.id));
  }

  get membersHere() {
    return this.people.filter((person) => person.guild_ids.includes(this.guildId));
  }

  messagesHere() {
    const known = this.messagesOf.get(this.channelId);
    if (!known) return [];
    return [...known.values()]
      .filter((message) => !this.dismissed.has(message.id))
      .sort((one, other) => compareSnowflakes(one.id, other.id));
  }

  nameOf(userId) {
    if (userId === this.bot.id) return this.bot.name;
    return this.people.find((person) => person.id === userId)?.name ?? null;
  }
}

/** Snowflakes exceed JavaScript's exact integers, so they are compared as text. */
export function compareSnowflakes(one, other) {
  return one.length - other.length || (one < other ? -1 : one > other ? 1 : 0);
}

export const state = new PageState();
