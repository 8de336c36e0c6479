"""Whether an installation is complete: the runbook's checks after a reinstallation."""
