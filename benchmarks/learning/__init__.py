"""Learns rules from labelled messages; what it prints goes into messages/triggers/rules.yaml."""
