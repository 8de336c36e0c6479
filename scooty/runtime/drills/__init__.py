"""Incidents that an operator can rehearse on this machine; each is a playbook of the runbook."""
