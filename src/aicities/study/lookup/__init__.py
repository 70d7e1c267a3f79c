"""What the command line answers from the data: find, profile, claims, rank."""
