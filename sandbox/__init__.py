"""A Discord on loopback: gateway, REST v10 and a web page to be a person on, in its own process.

**Purpose.** An unmodified discord.py or discord.js client logs in, registers commands and answers,
while people act on the page (or through `sandbox.client.Person`), so that nobody needs an
account to run, test, measure or hurt the bot.

**Inner workings.** `server.Sandbox` binds one port and one `state.State`. Bots arrive at
``/gw`` (`gateway_socket`) and ``/api/v10`` (`rest.app`), people at ``/page/ws`` (`page_socket`).
What a person does becomes an interaction (`person_actions`, `interactions`) that is dispatched to
the bot's sessions (`gateway_session`); what the bot answers is checked against the documented
limits (`validation`), stored (`messages`) and shown to whoever may see it (`page_hub`).

**Failure modes.** None of its own: faults are injected on purpose (`faults`). All state is in
memory; with a state directory commands and public messages outlive a restart (`persistence`).
It serves loopback only and refuses every other address.
"""
