"""The figures of a period, each from its records, as plain values that JSON can hold."""
