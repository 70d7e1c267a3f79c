"""Notebook 01: what two translations of one article agree on."""
