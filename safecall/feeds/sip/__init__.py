"""Reading a copy of SIP signalling: who can be called back, where, and in which language."""
