"""A row of an export becomes a call, or is refused with a reason."""

from pathlib import Path

import pytest

from safecall.feeds import mapping_file
from safecall.feeds.mapping import MappingError, RowRefused

SAPD = {
    "IncidentNumber": "SAPD-2099-0000001",
    "Date": "03/01/99",
    "Time": " 6:40:44",
    "Address": "100 Invented St",
    "Zipcode": "00000",
    "Category": "Other Calls",
    "ProblemType": "Welfare Check",
    "PatrolDistrict": "0",
    "Substation": "NONE",
    "LAT": "29.5",
    "LON": "-98.5",
    "ResponseDate": "1677717644000",
}
SLO = {
    "case_number": "990101001",
    "date": "09/22/21",
    "received": "23:50",
    "dispatched": "",
    "arrived": "00:05",
    "cleared": "",
    "type": "Welfare Check",
    "grid_location": "PN0",
    "location": "",
    "address": "1XX INVENTED;",
    "observed_crime": "",
    "units": "4250",
    "description": "Completed call PERSON, INVENTED",
    "call_comments": "RP HEARD A CRASH",
    "clearance_code": "No Report",
}


def test_the_epoch_counts_where_the_clock_lost_its_half_of_the_day() -> None:
    call = mapping_file.load("sapd").call(1, SAPD)
    # 6:40:44 in the evening in San Antonio, though the export's `Time` says " 6:40:44".
    assert call.payload["received_at"] == "2023-03-02T00:40:44+00:00"
    assert call.payload["place"] == {
        "words": "100 Invented St, 00000",
        "latitude": 29.5,
        "longitude": -98.5,
    }
    assert call.payload["incident_type"] == "WELFARE"


def test_coordinates_next_to_zero_are_none() -> None:
    call = mapping_file.load("sapd").call(1, SAPD | {"LAT": "0.00001", "LON": "-0.00001"})
    assert call.payload["place"] == {"words": "100 Invented St, 00000"}


def test_local_time_that_was_counted_as_utc_is_put_right() -> None:
    oakland = mapping_file.load("oakland")
    row = dict.fromkeys([*oakland.columns, *oakland.not_sent], "")
    row |= {"I_EVENTNUMBER": "LOP221114001027", "CALL_ID": "933R", "CALL_DATE": "1668465663000"}
    # Written as 22:41:03 UTC, meant as 22:41:03 in Oakland.
    assert oakland.call(1, row).payload["received_at"] == "2022-11-15T06:41:03+00:00"


def test_a_clock_time_after_midnight_belongs_to_the_next_day() -> None:
    call = mapping_file.load("slo").call(1, SLO)
    assert call.payload["received_at"] == "2021-09-23T06:50:00+00:00"
    assert call.finished_at == "2021-09-23T07:05:00+00:00"


def test_a_clock_time_just_before_the_call_is_a_slip_and_not_a_day() -> None:
    call = mapping_file.load("slo").call(1, SLO | {"received": "12:10", "arrived": "12:08"})
    assert call.finished_at == call.payload["received_at"]


def test_columns_about_people_are_not_sent() -> None:
    call = mapping_file.load("slo").call(1, SLO)
    assert call.payload["narrative"] == "RP HEARD A CRASH"
    assert "PERSON" not in str(call)
    assert "4250" not in str(call)


def test_a_type_that_is_not_mapped_falls_back_and_is_counted() -> None:
    call = mapping_file.load("slo").call(1, SLO | {"type": "SOMETHING NEW"})
    assert (call.payload["incident_type"], call.type_mapped) == ("NONEMERG", False)


def test_the_key_follows_the_source_number_and_not_the_row() -> None:
    slo = mapping_file.load("slo")
    assert slo.call(1, SLO).key == slo.call(900, SLO).key
    assert slo.call(1, SLO).key != slo.call(1, SLO | {"case_number": "990101002"}).key
    nameless = SLO | {"case_number": ""}
    assert slo.call(1, nameless).key != slo.call(2, nameless).key


def test_the_header_again_is_refused() -> None:
    with pytest.raises(RowRefused, match="column names"):
        mapping_file.load("slo").call(7, {name: name for name in SLO})


@pytest.mark.parametrize("received", ["", "around noon", "25:61"])
def test_a_row_without_a_readable_time_is_refused_without_its_words(received: str) -> None:
    with pytest.raises(RowRefused) as refused:
        mapping_file.load("slo").call(1, SLO | {"received": received})
    assert "received" in str(refused.value)
    assert "noon" not in str(refused.value)


def test_a_column_that_nobody_decided_about_stops_the_replay() -> None:
    with pytest.raises(MappingError, match="caller_phone"):
        mapping_file.load("slo").check_columns([*SLO, "caller_phone"])
    with pytest.raises(MappingError, match="call_comments"):
        mapping_file.load("slo").check_columns(set(SLO) - {"call_comments"})


MINIMAL = """
name = "mine"
title = "Mine"
timezone = "America/Chicago"
[contact]
source_number = "{no}"
[times]
received_at = { columns = ["at"], format = "iso" }
[channel]
default = "911"
[disposition]
default = "13"
[types]
column = "type"
fallback = "NONEMERG"
[types.values]
"FIRE" = "FUNK"
"""


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("FUNK", "NOSUCH"), "NOSUCH"),
        (("FUNK", "ALIEN"), "ALIEN"),
        (('default = "911"', 'default = "pigeon"'), "pigeon"),
        (("America/Chicago", "Mars/Olympus"), "time zone"),
        (("received_at", "arrived_at"), "arrived_at"),
        (('source_number = "{no}"', 'nationality = "{no}"'), "nationality"),
        (('[types.values]\n"FIRE" = "FUNK"', "[types.values"), "TOML"),
        (("[disposition]\ndefault", "[not_sent]\ndefault"), "disposition"),
        (("[types]", '[not_sent]\nno = "x"\n[types]'), "both used"),
    ],
)
def test_a_mapping_that_would_not_work_is_refused(change: tuple[str, str], complaint: str) -> None:
    mapping_file.parse(MINIMAL, "mine.toml")
    with pytest.raises(MappingError, match=complaint):
        mapping_file.parse(MINIMAL.replace(*change), "mine.toml")


def test_a_mapping_of_ones_own_is_read_by_path(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(MINIMAL)
    call = mapping_file.load(str(path)).call(
        1, {"no": "7", "at": "2024-01-01T10:00:00", "type": "FIRE"}
    )
    assert call.payload["received_at"] == "2024-01-01T16:00:00+00:00"
    with pytest.raises(MappingError, match="sapd"):
        mapping_file.load("nowhere")
