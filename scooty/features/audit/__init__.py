"""Who changed what, for captains."""
