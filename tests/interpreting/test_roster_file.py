"""A department's spreadsheet: checked line by line, kept as a whole or not at all."""

import pytest
from django.db import connection

from safecall.interpreting import roster_file
from safecall.interpreting.models import Interpreter, Skill, Vendor
from safecall.people.models import User

pytestmark = pytest.mark.django_db


def file(
    *lines: str, heading: str = "what,code,name,language,level,by,hours,works_for,dial"
) -> bytes:
    return "\n".join([heading, *lines, ""]).encode()


def faults(*lines: str) -> list[str]:
    return [str(fault) for fault in roster_file.read(file(*lines)).faults]


def test_the_template_is_a_file_that_can_be_imported() -> None:
    preview = roster_file.read(("\ufeff" + roster_file.template()).encode())
    assert preview.faults == ()
    assert preview.new == ("es-1", "so-1", "line-1")
    assert roster_file.keep(preview) == 3
    assert Skill.objects.get(interpreter__code="so-1").certificate == "state_court"
    assert Vendor.objects.get().account_secret == "LINE_1_ACCOUNT"
    again = roster_file.read(roster_file.template().encode())
    assert (again.new, len(again.changed)) == ((), 3)


def test_a_second_line_is_a_second_language() -> None:
    lines = (
        "roster,a-1,Invented A,Somali,2+,telephone,always,,",
        "roster,a-1,Invented A,sw,,telephone,always,,",
    )
    roster_file.keep(roster_file.read(file(*lines)))
    tags = Interpreter.objects.get().skills.order_by("tag").values_list("tag", "level")
    assert list(tags) == [("so", "2+"), ("sw", "")]


def test_every_wrong_line_is_told_and_nothing_is_kept() -> None:
    found = faults(
        "roster,a-1,Invented A,so,,telephone,always,,",
        "roster,a-2,Invented B,Klingonish,,telephone,always,,",
        "roster,A 3,Invented C,so,,telephone,always,,",
        "roster,a-4,Invented D,so,7,telephone,always,,",
        "roster,a-5,Invented E,so,,smoke,always,,",
        "roster,a-6,Invented F,so,,telephone,mornings,,",
        "vendor,v-1,Invented Line,so,,telephone,always,,call them",
        "robot,a-7,Invented G,so,,telephone,always,,",
        "roster,a-1,Somebody else,sw,,telephone,always,,",
    )
    assert [message.split(": ")[0] for message in found] == [
        "line 3, language",
        "line 4, code",
        "line 5, level",
        "line 6, by",
        "line 7, hours",
        "line 8, dial",
        "line 9, what",
        "line 10, code",
    ]
    assert not Interpreter.objects.exists()


@pytest.mark.parametrize(
    "line",
    [
        "roster,x-1,Agent Invented,so,,telephone,always,ICE,",
        "staff,x-1,Invented X,so,,telephone,always,U.S. Border Patrol,",
        "roster,x-1,Deportation Officer Invented,so,,telephone,always,,",
        "vendor,x-1,USCIS interpreters,so,,telephone,always,,+18005550100",
        "roster,x-1,Invented X,so,,telephone,always,Patrulla Fronteriza,",
    ],
)
def test_an_immigration_authority_is_refused(line: str) -> None:
    preview = roster_file.read(file(line))
    assert [fault.finding for fault in preview.faults] == ["IMMIGRATION_AUTHORITY_AS_INTERPRETER"]
    with pytest.raises(ValueError, match="faults"):
        roster_file.keep(preview)


def test_those_who_help_immigrants_are_welcome() -> None:
    lines = (
        "roster,a-1,Ice Invented,so,,telephone,always,Immigrant Law Center of Minnesota,",
        "vendor,v-1,Icelandic Lines,is,,telephone,always,,+18005550100",
    )
    assert faults(*lines) == []


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"what,code,name\n", "columns are missing: language"),
        (file("x", heading="what,code,name,language,birthplace"), "1 columns are not known"),
        (file(), "no line below"),
        ("what,code,name,language\nroster,a,Jos\xe9,so\n".encode("latin-1"), "CSV UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(content: bytes, message: str) -> None:
    assert message in str(roster_file.read(content).faults[0])


def test_semicolons_of_european_spreadsheets_are_read() -> None:
    content = b"what;code;name;language\r\nroster;a-1;Invented A;so\r\n"
    assert roster_file.read(content).new == ("a-1",)


def test_the_user_name_has_to_be_there(ruth: User) -> None:
    heading = "what,code,name,language,user"
    wrong = roster_file.read(file("staff,a-1,Invented A,so,nobody", heading=heading))
    assert "Nobody has this user name" in str(wrong.faults[0])
    roster_file.keep(roster_file.read(file("staff,a-1,Invented A,so,ruth", heading=heading)))
    assert Interpreter.objects.get().user == ruth


def test_names_and_numbers_are_sealed() -> None:
    roster_file.keep(roster_file.read(roster_file.template().encode()))
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, telephone, email FROM interpreting_interpreter")
        stored = str(cursor.fetchall())
    assert "invented" not in stored
    assert "example.org" not in stored
    assert str(Interpreter.objects.get(code="so-1").telephone) == "+12185550123"
