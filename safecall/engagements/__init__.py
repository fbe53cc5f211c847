"""Every request, contact and joint act with an immigration authority, and what is wrong there."""
