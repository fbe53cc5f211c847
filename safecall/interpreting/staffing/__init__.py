"""How many interpreters are needed, for each language and hour. Pure: no Django, no database."""
