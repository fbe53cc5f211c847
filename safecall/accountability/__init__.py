"""What the department shows of itself: figures, the statement, open data, forms of the states."""
