"""A filled form as plain text, HTML, JSON or CSV."""

import csv
import io
import json
import textwrap
from collections.abc import Iterator
from typing import Any, Final

from safecall.accountability.forms.answers import Row
from safecall.accountability.forms.filling import Form, is_complete

_WIDTH: Final = 88
_BETWEEN: Final = "; "
COLUMNS: Final = ("field", "row", "name", "value")


def as_json(form: Form) -> str:
    """The form with all its values."""
    return json.dumps(form, indent=2, ensure_ascii=False) + "\n"


def as_csv(form: Form) -> str:
    """A line for each value: the field, the row in it (from 1; 0 for a single answer), its name."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for name in ("form", "law", "receiver", "department", "since", "until", "made_at"):
        writer.writerow((name, 0, "", form[name]))
    writer.writerow(("demonstration", 0, "", str(form["demonstration"]).lower()))
    writer.writerow(("nil", 0, "", str(form["nil"]["nil"]).lower()))
    for one in form["fields"]:
        if isinstance(one["answer"], list):
            writer.writerow((one["name"], 0, "rows", len(one["answer"])))
            for place, row in enumerate(one["answer"], start=1):
                writer.writerows((one["name"], place, name, cell(row[name])) for name in row)
        elif one["answer"] is None:
            writer.writerow((one["name"], 0, "not applicable", one["not_applicable"]))
        else:
            writer.writerow((one["name"], 0, "", one["answer"]))
    return out.getvalue()


def as_text(form: Form) -> str:
    """The form to read, or to type over into an office's own."""
    return "\n".join(_lines(form)) + "\n"


def notes(form: Form) -> list[str]:
    """What whoever sends the form has to know about it first."""
    nil = form["nil"]
    said = []
    if form["demonstration"]:
        said.append("Demonstration data: everything here is invented. Send this to nobody.")
    if not form["wordings_confirmed_by"]:
        said.append(
            "The wordings are ours, written from memory of the law. Hold them against the form of "
            f"the {form['receiver']} before you send anything."
        )
    said += _unsaid(form)
    if nil["before_records"]:
        said.append("The records here begin later than this period: the form is not whole.")
    if nil["not_yet"]:
        said.append(f"Not over yet: {', '.join(nil['not_yet'])}.")
    if nil["owed"]:
        first = nil["owed"][0]
        said.append(
            f"Nobody has certified yet that these months had no engagement: "
            f"{', '.join(nil['owed'])}. Certify each: safecall ledger nil-return {first} "
            "--role chief_of_police"
        )
    return said


def _unsaid(form: Form) -> Iterator[str]:
    """The task forces whose purpose or agencies no record says."""
    rows = [
        row
        for one in form["fields"]
        if one["name"] == "task_forces" and isinstance(one["answer"], list)
        for row in one["answer"]
    ]
    for part in ("purpose", "agencies"):
        names = [
            row["task_force"] or "without a code"
            for row in rows
            if row[f"without_{part}"] == row["records"]
        ]
        if names:
            yield (
                f"No record says the {part} of these task forces: {', '.join(names)}. Amend one "
                "record of each, then make the form again."
            )


def nil_sentence(form: Form) -> str:
    """What the form says of nil, certified and by whom."""
    nil = form["nil"]
    offices = sorted({one["role"] for one in nil["certified"]})
    certified = (
        f"{_months(len(nil['certified']))} certified as nil by {', '.join(offices)}"
        if offices
        else "no month certified as nil"
    )
    if nil["nil"]:
        return f"NIL: there is no record in this period; {certified}."
    return f"Months with records: {len(nil['with_engagement'])}; {certified}."


def _months(count: int) -> str:
    return f"{count} month{'' if count == 1 else 's'}"


def cell(value: Any) -> str:
    """A value of a row in one cell."""
    if isinstance(value, list):
        return _BETWEEN.join(value)
    return str(value)


def _lines(form: Form) -> Iterator[str]:
    yield form["title"]
    yield f"{form['law']}; to: {form['receiver']}; {form['due']}"
    yield f"{form['department']}, {form['since']} to {form['until']}"
    yield ""
    for note in notes(form):
        yield from textwrap.wrap(f"! {note}", _WIDTH, subsequent_indent="  ")
    yield from textwrap.wrap(nil_sentence(form), _WIDTH)
    for number, one in enumerate(form["fields"], start=1):
        yield ""
        yield from textwrap.wrap(f"{number}. {one['wording']}", _WIDTH, subsequent_indent="   ")
        if isinstance(one["answer"], list):
            yield from _rows(one["answer"])
        elif one["answer"] is None:
            why = f"   Not applicable: {one['not_applicable']}"
            yield from textwrap.wrap(why, _WIDTH, subsequent_indent="   ")
        else:
            yield f"   {one['answer']:,}"
    yield ""
    point = form["checkpoint"]
    if point:
        yield f"Backed by {point['origin']}, {point['size']:,} entries, root {point['root']}"
    if is_complete(form):
        yield "Complete: every month has a record or a nil return."


def _rows(rows: list[Row]) -> Iterator[str]:
    if not rows:
        yield "   none"
    for row in rows:
        parts = [f"{name} {cell(value)}" for name, value in row.items() if value not in ("", [])]
        yield from textwrap.wrap(f"   - {'; '.join(parts)}", _WIDTH, subsequent_indent="     ")
