"""From a log to figures: shares, days, the plan from the days before, and the chart."""

import math
import random
import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from safecall.interpreting.simulation.assumed import Assumed
from safecall.interpreting.simulation.chart import draw
from safecall.interpreting.simulation.demand import (
    LoggedCall,
    needs,
    parse_people,
    parse_shares,
    usable_days,
)
from safecall.interpreting.simulation.figures import Step, by_language
from safecall.interpreting.simulation.running import LogUnusable, Options, simulate

ZONE = ZoneInfo("America/Chicago")
START = datetime(2026, 3, 1, 6, tzinfo=UTC)
SHARES = {"es": 0.1, "so": 0.02, "lo": 0.005}


def log(days: int, a_day: int = 800) -> list[LoggedCall]:
    chance = random.Random(days)
    return [
        LoggedCall(START + timedelta(days=day, seconds=chance.random() * 86_000))
        for day in range(days)
        for _ in range(a_day)
    ]


def test_shares_of_callers_need_an_interpreter() -> None:
    found = needs(log(20), SHARES, 0.25, seed=1)
    for tag, share in SHARES.items():
        count = sum(need.language == tag for need in found)
        assert count == pytest.approx(16_000 * share, abs=4 * math.sqrt(16_000 * share))
    urgent = sum(need.priority == 1 for need in found) / len(found)
    assert urgent == pytest.approx(0.25, abs=0.04)
    assert found == needs(log(20), SHARES, 0.25, seed=1) != needs(log(20), SHARES, 0.25, seed=2)


def test_what_the_log_names_is_kept() -> None:
    calls = [LoggedCall(START, "so", 2), LoggedCall(START, "en", 1), LoggedCall(START, "")]
    [need] = needs(calls, {}, 1, seed=1)
    assert (need.language, need.priority) == ("so", 2)


def test_days_of_which_most_is_missing_are_left_out() -> None:
    calls = [*log(5), LoggedCall(START + timedelta(days=9))]
    assert [day.day for day in usable_days(calls, ZONE)] == [1, 2, 3, 4, 5]
    assert usable_days([], ZONE) == []


@pytest.mark.parametrize("text", ["so", "so=many", "so=1.5", "so=-0.1", "es=0.6,so=0.6", "x!=0.1"])
def test_shares_that_cannot_be_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"--share|neither a tag"):
        parse_shares(text)


@pytest.mark.parametrize("text", ["so", "so=-1", "so=1.5", "so=²"])
def test_people_that_cannot_be_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="--people"):
        parse_people(text)


def test_shares_and_people_as_typed() -> None:
    assert parse_shares(" so=0.01, Spanish=0.05 ,") == {"so": 0.01, "es": 0.05}
    assert parse_people("so=3,lo=0") == {"so": 3, "lo": 0}


@pytest.mark.parametrize(
    "wrong",
    [{"pick_up": 1.5}, {"pick_up": 0.95}, {"vendor_s": 0}, {"busy_minutes": math.inf},
     {"answers_in_s": 1}, {"worker_s": -1}],
)  # fmt: skip
def test_assumptions_that_cannot_be_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"chances|answering|take"):
        Assumed(**wrong)


def test_the_plan_of_the_days_before_reaches_its_goal_in_the_days_after() -> None:
    outcome = simulate(log(60), Options(20, SHARES, ZONE, people={"lo": 0}))
    assert (outcome.days, outcome.planned_from_days, outcome.planned_from_itself) == (20, 40, False)
    figures = {one.language: one for one in outcome.figures}
    assert sum(figures[tag].needs for tag in SHARES) == figures[""].needs == len(outcome.stories)
    for tag in ("es", "so"):
        # The plan promised 90 %; the numbers of people are whole, so a little less may happen.
        assert figures[tag].in_time > 0.87
        assert figures[tag].goals == dict.fromkeys(figures[tag].goals, True)
        assert figures[tag].steps[Step.ALONE] > figures[tag].steps[Step.ALL] > 0
    assert not figures["lo"].rostered
    assert figures["lo"].steps[Step.VENDOR] > 0
    assert figures[""].forgotten == 0


def test_few_days_are_planned_from_themselves() -> None:
    outcome = simulate(log(5), Options(3, SHARES, ZONE))
    assert outcome.planned_from_itself
    assert outcome.days == 3


def test_what_cannot_be_simulated_is_said() -> None:
    with pytest.raises(LogUnusable, match="5 days with enough calls, not 6"):
        simulate(log(5), Options(6, SHARES, ZONE))
    with pytest.raises(LogUnusable, match="Give --share"):
        simulate(log(5), Options(5, {}, ZONE))


def test_progress_ends_at_the_end_and_speed_is_kept() -> None:
    told: list[float] = []
    simulate(log(2, 50), Options(2, {"so": 0.2}, ZONE, speed=1e7), told.append)
    assert told == sorted(told)
    assert told[-1] == 1


def test_the_chart_is_whole_and_names_every_language() -> None:
    outcome = simulate(log(5), Options(5, SHARES, ZONE, people={"lo": 0}))
    root = ET.fromstring(draw(outcome.figures, 'seed 1 & "quotes" <here>'))
    text = " ".join(root.itertext())
    for words in ("Spanish", "Somali", "Lao", "All", '& "quotes" <here>', "goal p90"):
        assert words in text
    bars = [one for one in root.iter() if one.tag.endswith("rect") and len(one)]
    assert sum(float(one.attrib["width"]) for one in bars) == pytest.approx(4 * 330, abs=2)


def test_whoever_is_never_connected_took_for_ever() -> None:
    hopeless = Assumed(pick_up=0, vendor_fails=1)
    outcome = simulate(
        log(3, 100), Options(3, {"so": 0.1}, ZONE, assumed=hopeless, people={"so": 1})
    )
    so, _ = by_language(outcome.stories)
    assert so.first_word.p50 == math.inf
    assert so.steps[Step.NOBODY] == so.needs == so.supervisor_told
    assert so.forgotten == 0
    assert not so.goals["first word p90 within 60 s"]
    assert "nobody: " in draw(outcome.figures, "")
