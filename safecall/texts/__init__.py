"""What a department publishes about itself in its own words, and better translations of ours."""
