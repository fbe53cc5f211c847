"""Real tables: one whose holds are known, and others that carry no status."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from safecall.feeds import files
from safecall.guard.columns import By, ColumnFinding, judge_table

DATA = Path(__file__).parents[4] / "shared" / "data"
CLEAN = (
    "sapd_calls.parquet",
    "oakland_cfs.parquet",
    "slopd_calls_with_comments.csv.gz",
    "nopd_epr_2022.csv.gz",
    "nola_cfs_2022_subset.csv.gz",
    "chp_incidents_2025-09.csv.gz",
    "schema_samples/baguio_911_reports.csv",
    "schema_samples/montgomery_pa_911.csv",
    "schema_samples/sfpd_calls_for_service.json",
)


@cache
def _judged(name: str) -> dict[str, ColumnFinding]:
    path = DATA / name
    if not path.exists():
        pytest.skip(f"the table {name} is not beside the project")
    export = files.read(path)
    columns = {column: export.counts(column) for column in export.columns}
    return {one.column: one for one in judge_table(columns)}


def _codes(column: str) -> dict[str, int]:
    found = _judged("pierce_jail_bookings_holds.csv.gz")[column]
    return {one.value: one.count for one in found.values}


def test_every_hold_of_the_immigration_authority_is_found_and_no_other() -> None:
    charges = _codes("booking_charge_desc")
    assert charges.pop("HOLD IMMIGRAT") == 204
    # A charge that states the status of the person charged.
    assert charges == {"ALIEN IN POSSESSION OF FIREARM": 4}
    assert _codes("release_disposition_desc") == {"Immigration": 129}
    assert _codes("final_release_disp") == {"Immigration": 180}
    assert _codes("jurisdiction_cd") == {"IMM": 199}


def test_columns_made_from_them_are_found_by_name() -> None:
    found = _judged("pierce_jail_bookings_holds.csv.gz")
    by_name = {name for name, one in found.items() if one.by is By.NAME}
    assert by_name == {"release_to_imm", "imm_hold"}
    assert [name for name, one in found.items() if one.removed] == ["booking_charge_desc"]
    assert len(found) == 6
    assert "cancel_detainer" not in found


@pytest.mark.parametrize("name", CLEAN)
def test_tables_without_status_give_no_finding(name: str) -> None:
    assert _judged(name) == {}
