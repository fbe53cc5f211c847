"""The public ledger: what was done, countable by anyone, about nobody."""
