"""The house stands on its floors: imports point down, nothing goes round, nothing grows too big."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "safecall"

FLOORS = [
    {"guard", "vocabulary", "scripts", "workers"},
    {"ledger", "privacy"},
    {"people"},
    {"contacts"},
    {"interpreting", "engagements", "referrals", "feedback", "texts"},
    {"accountability", "archive"},
    {"ui", "desk", "website", "api", "feeds"},
    {"demo", "config", "cli"},
]
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
FACES = FLOORS[6]
# Pure rooms: they run without a database, a network or Django, in any other program too.
PURE = {"guard", "vocabulary", "scripts"}
# And the part of the ledger with which anybody checks it, on any machine.
PURE_MODULES = {
    f"safecall.ledger.{name}" for name in ("edge", "leaf", "note", "proof", "tiles", "tree")
}
# And what decides who is rung, how many are needed, and the simulation of both.
PURE_INTERPRETING = ("engine", "terms", "staffing.", "simulation.")
# And what judges an engagement.
PURE_ENGAGEMENTS = {f"safecall.engagements.{name}" for name in ("days", "facts", "findings")}
# And what hides small counts.
DISCLOSURE = "safecall.accountability.disclosure"
UNWANTED_IN_PURE = {"django", "ninja", "allauth", "httpx", "psycopg", "socket", "urllib"}

MODULE_LINES = 400
FUNCTION_LINES = 60


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the package by its dotted name."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = ast.parse(path.read_text(encoding="utf-8"), str(path))
    return found


def room(module: str) -> str:
    """The room of `safecall.<room>...`; "" for the package itself."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


def imports(name: str, tree: ast.Module) -> Iterator[tuple[str, int]]:
    """What a module imports, wherever it does so, with the line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            assert not node.level, f"{name}:{node.lineno} imports relatively; name it in full"
            for alias in node.names:
                full = f"{base}.{alias.name}"
                yield (full if full in modules() else base), node.lineno


def inner_imports() -> Iterator[tuple[str, str, int]]:
    """Imports from one room of the house to another: importer, imported, line."""
    for name, tree in modules().items():
        for target, line in imports(name, tree):
            if room(name) and target.startswith("safecall.") and room(name) != room(target):
                yield name, target, line


def test_every_room_has_a_floor() -> None:
    rooms = {room(name) for name in modules()} - {""}
    assert rooms <= set(FLOOR), f"give these rooms a floor: {sorted(rooms - set(FLOOR))}"


def test_no_arrow_points_up() -> None:
    wrong = [
        f"{name}:{line} imports {target}"
        for name, target, line in inner_imports()
        if FLOOR[room(target)] > FLOOR[room(name)]
    ]
    assert wrong == []


def test_faces_do_not_import_each_other() -> None:
    wrong = [
        f"{name}:{line} imports {target}"
        for name, target, line in inner_imports()
        if room(name) in FACES and room(target) in FACES
    ]
    assert wrong == []


def test_nothing_goes_round_between_rooms() -> None:
    """Two rooms on one floor may not need each other, even by way of a third."""
    reach: dict[str, set[str]] = {}
    for name, target, _ in inner_imports():
        reach.setdefault(room(name), set()).add(room(target))
    for _ in reach:
        for needs in reach.values():
            needs |= {further for needed in needs for further in reach.get(needed, set())}
    assert [one for one, needs in reach.items() if one in needs] == []


@pytest.mark.parametrize("pure", sorted(PURE))
def test_pure_rooms_need_no_django_database_or_network(pure: str) -> None:
    wrong = [
        f"{name}:{line} imports {target}"
        for name, tree in modules().items()
        if room(name) == pure
        for target, line in imports(name, tree)
        if target.split(".")[0] in UNWANTED_IN_PURE
    ]
    assert wrong == []


def test_ladder_staffing_and_simulation_need_no_django_database_or_network() -> None:
    """And nothing of their room that does."""
    pure = tuple(f"safecall.interpreting.{one}" for one in PURE_INTERPRETING)
    wrong = [
        f"{name}:{line} imports {target}"
        for name, tree in modules().items()
        if name.startswith(pure)
        for target, line in imports(name, tree)
        if target.split(".")[0] in UNWANTED_IN_PURE
        or (
            (target.startswith("safecall.") and room(target) not in PURE)
            and not target.startswith(pure)
        )
    ]
    assert wrong == []


def test_engagements_are_judged_without_django_database_or_network() -> None:
    """And without anything of the house that has one."""
    assert set(modules()) >= PURE_ENGAGEMENTS
    wrong = [
        f"{name}:{line} imports {target}"
        for name in PURE_ENGAGEMENTS
        for target, line in imports(name, modules()[name])
        if target.split(".")[0] in UNWANTED_IN_PURE
        or (
            target.startswith("safecall.")
            and room(target) not in PURE
            and target not in PURE_ENGAGEMENTS
        )
    ]
    assert wrong == []


def test_small_counts_are_hidden_without_django_database_or_network() -> None:
    wrong = [
        f"{line} imports {target}"
        for target, line in imports(DISCLOSURE, modules()[DISCLOSURE])
        if target.split(".")[0] in UNWANTED_IN_PURE or target.startswith("safecall.")
    ]
    assert wrong == []


def test_the_ledger_is_checked_without_django_database_or_network() -> None:
    assert set(modules()) >= PURE_MODULES
    wrong = [
        f"{name}:{line} imports {target}"
        for name in PURE_MODULES
        for target, line in imports(name, modules()[name])
        if target.split(".")[0] in UNWANTED_IN_PURE
        or (target.startswith("safecall.") and target not in PURE_MODULES)
    ]
    assert wrong == []


def test_the_package_itself_imports_nothing() -> None:
    assert list(imports("safecall", modules()["safecall"])) == []


def test_modules_can_be_read_in_one_go() -> None:
    lengths = {
        path.relative_to(ROOT): path.read_text(encoding="utf-8").count("\n")
        for folder in (PACKAGE, ROOT / "tests", ROOT / "bench", ROOT / "bin")
        for path in folder.rglob("*.py")
        if path.parent.name != "migrations"
    }
    assert {str(path): n for path, n in lengths.items() if n > MODULE_LINES} == {}


def statement_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring: a command's is its help page."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is None:
        return lines
    return lines - ((first.end_lineno or first.lineno) - first.lineno + 1)


def test_functions_do_one_thing() -> None:
    long = {
        f"{name}.{node.name}": lines
        for name, tree in modules().items()
        if ".migrations." not in name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := statement_lines(node)) > FUNCTION_LINES
    }
    assert long == {}
