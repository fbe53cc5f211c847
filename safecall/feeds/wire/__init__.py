"""What the feeds by wire share: reading sockets, limits, counts, and the way into the records."""
