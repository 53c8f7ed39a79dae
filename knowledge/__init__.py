"""What a scheme says: its file, its typed models, its faults, and the matching of descriptions to its measures."""
