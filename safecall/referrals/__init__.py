"""Who can help with what, who can help next, and what became of it. See `docs/referrals.md`."""
