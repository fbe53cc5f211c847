"""Columns of an export: which headers and which coded values carry immigration status.

The guard's sibling for tables. `judge` takes one column, `judge_table` all of them, since the
columns beside one may settle what a short header means; `judge_values` looks at values alone.
See ``docs/guard.md``.

Pure: no Django, no data frame, no network.
"""

from safecall.guard.columns.judging import judge, judge_table, judge_values
from safecall.guard.columns.kinds import By, ColumnFinding, ValueFinding

__all__ = ["By", "ColumnFinding", "ValueFinding", "judge", "judge_table", "judge_values"]
