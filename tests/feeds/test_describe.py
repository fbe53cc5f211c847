"""A mapping is proposed from column names; what carries status is never in it."""

import polars as pl

from safecall.feeds import describe
from safecall.feeds.files import Export

TYPES = ["NOISE", "THEFT", "ASSAULT", "ALARM", "FIRE", "TRAFFIC", "WELFARE", "DOG", "TREE", "FRAUD"]
FRAME = pl.DataFrame(
    [
        {
            "incident_no": str(number),
            "call_type": ["ALIEN", *TYPES][number % 11],
            "BIRTH_CTRY": "MEX",
            "HOLD_TYPE": ["HOLD IMMIGRAT", "HOLD FBI"][number % 2],
            "code": ["USC", "LPR", "UDA"][number % 3],
            "remarks": f"Caller {number} is undocumented, asks for help at her door",
            "passport": "",
            "caller_name": "Ada Doe",
        }
        for number in range(110)
    ]
)


def proposals() -> dict[str, describe.Proposal]:
    return {one.column: one for one in describe.propose(Export(FRAME))}


def test_columns_that_carry_status_are_never_mapped_and_say_why() -> None:
    made = proposals()
    never = {name for name, one in made.items() if one.reason.startswith("NEVER MAP: ")}
    assert never == {"BIRTH_CTRY", "code", "remarks", "passport"}
    assert "says where a person was born" in made["BIRTH_CTRY"].reason
    assert "column.proxy.birth_place" in made["BIRTH_CTRY"].reason
    assert all(made[name].field == "" and made[name].values == () for name in never)


def test_a_list_of_types_with_one_code_for_it_is_still_mapped() -> None:
    made = proposals()["call_type"]
    assert made.field == "types"
    assert "ALIEN" in made.values


def test_no_status_and_no_name_is_written_into_the_proposal() -> None:
    text = describe.as_toml(list(proposals().values()), "mine")
    for never in ("is undocumented", "asks for help", "LPR", "MEX", "Ada"):
        assert never not in text
    assert 'source_number = "{incident_no}"' in text


def test_a_stolen_passport_is_property() -> None:
    frame = pl.DataFrame({"serial_no": ["1"], "property_type": ["x"], "passport": ["N"]})
    reasons = [one.reason for one in describe.propose(Export(frame))]
    assert not any(reason.startswith("NEVER MAP") for reason in reasons)
