// A plain discord.js 14 client: logs in, registers one command, answers it and a button.
// Usage: node client.js http://127.0.0.1:PORT TOKEN

"use strict";

const { ActionRowBuilder, ButtonBuilder, ButtonStyle, Client, Events, GatewayIntentBits, MessageFlags } = require("discord.js");

const [base, token] = process.argv.slice(2);
const client = new Client({
  intents: [GatewayIntentBits.Guilds],
  rest: { api: `${base}/api`, cdn: `${base}/cdn`, version: "10" },
});

client.once(Events.ClientReady, async () => {
  await client.application.commands.set([
    {
      name: "greet",
      description: "Greets somebody",
      options: [{ type: 3, name: "name", description: "Whom", required: true, autocomplete: true }],
    },
  ]);
  console.log(`ready in ${client.guilds.cache.size} guilds`);
});

client.on(Events.InteractionCreate, async (interaction) => {
  if (interaction.isAutocomplete()) {
    const typed = interaction.options.getFocused();
    await interaction.respond([{ name: `${typed}…`, value: typed }]);
  } else if (interaction.isChatInputCommand()) {
    const button = new ButtonBuilder().setCustomId("wave").setLabel("Wave").setStyle(ButtonStyle.Primary);
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    await interaction.editReply({
      content: `Hello, ${interaction.options.getString("name")}`,
      components: [new ActionRowBuilder().addComponents(button)],
    });
  } else if (interaction.isButton()) {
    await interaction.update({ content: "waved", components: [] });
  }
});

process.on("SIGTERM", async () => {
  await client.destroy();
  process.exit(0);
});

client.login(token);
