"""The events of a team: to create, show, switch, close them and name their phase."""
