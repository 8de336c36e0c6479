"""Who in the team plays as whom: links, notifications, and the next opponent."""
