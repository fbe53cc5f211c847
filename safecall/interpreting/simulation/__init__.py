"""The real ladder in simulated time, over a demand made from a real call log. Pure."""
