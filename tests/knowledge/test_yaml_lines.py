"""A scheme file is read as text with lines, or refused with what to mend."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import Fault, SchemeFault
from knowledge.yaml_lines import MOST_BYTES, read, read_all


def faults(folder: Path, content: bytes | str) -> tuple[Fault, ...]:
    """What is wrong with a file of this content."""
    path = folder / "fil.yaml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(SchemeFault) as caught:
        read(path)
    return caught.value.faults


@pytest.mark.parametrize(
    "written",
    ["no", "nei", "ja", "on", "yes", "null", "~", "400 000", "400.000", "0912", "12:30", "2027-02-27", "27.02", "1e3", "0x1F"],
)
def test_a_scalar_is_what_was_written(tmp_path: Path, written: str) -> None:
    """Nothing becomes a truth value, a number, a time or a date behind the caseworker's back."""
    path = tmp_path / "fil.yaml"
    path.write_text(f"verdi: {written}\nliste: [{written}]\n")
    assert read(path)[0] == {"verdi": written, "liste": [written]}


def test_every_value_knows_its_line(tmp_path: Path) -> None:
    """Keys, list items and values inside flow mappings are found again by their path."""
    path = tmp_path / "fil.yaml"
    path.write_text("# kommentar\na:\n  b: |\n    flere\n    linjer\n  c:\n    - x\n    - {d: e,\n       f: g}\n")
    _, lines = read(path)
    expected = {("a",): 2, ("a", "b"): 3, ("a", "c"): 6, ("a", "c", "0"): 7, ("a", "c", "1"): 8, ("a", "c", "1", "f"): 9}
    assert {at: lines[at] for at in expected} == {at: ("fil.yaml", line) for at, line in expected.items()}


@pytest.mark.parametrize(
    ("content", "plain"),
    [
        pytest.param(b"\xef\xbb\xbfa: \xc3\xb8\n", {"a": "ø"}, id="a byte order mark is no letter"),
        pytest.param(b"a: 1\r\nb: 2\r\n", {"a": "1", "b": "2"}, id="Windows line ends"),
        pytest.param(b"a: 1\rb: 2\r", {"a": "1", "b": "2"}, id="old Mac line ends"),
        pytest.param(b"a: '<<'\n", {"a": "<<"}, id="a merge key is refused only as a key"),
        pytest.param(b"a:\n", {"a": ""}, id="an empty value is empty text"),
        pytest.param(b"{}", {}, id="an empty mapping"),
    ],
)
def test_harmless_forms_are_read(tmp_path: Path, content: bytes, plain: object) -> None:
    """What editors and systems add or leave out does not matter."""
    path = tmp_path / "fil.yaml"
    path.write_bytes(content)
    assert read(path)[0] == plain


BOMB = "a: &a [x,x,x]\n" + "".join(f"{k}: &{k} [*{p},*{p},*{p},*{p}]\n" for p, k in zip("abcdefgh", "bcdefghi", strict=True))


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        pytest.param("", 1, "ikke noe innhold", id="empty"),
        pytest.param("# bare en kommentar\n", 1, "ikke noe innhold", id="only a comment"),
        pytest.param("- a\n- b\n", 1, "ikke noe innhold", id="a list at the top"),
        pytest.param("bare tekst", 1, "ikke noe innhold", id="text at the top"),
        pytest.param(BOMB, 1, "begynner med «&»", id="a bomb of aliases"),
        pytest.param("a: x\nb: *a\n", 2, "begynner med «*»", id="an alias"),
        pytest.param("a: x\n*a : b\n", 2, "nøkkelen før kolon", id="an alias as a key"),
        pytest.param("a: !!python/object:os.system x\n", 1, "begynner med «!»", id="a tag"),
        pytest.param("a:\n  <<: {b: c}\n", 2, "«<<» brukes ikke", id="a merge key"),
        pytest.param("a: 1\nb: 2\na: 3\n", 3, "«a» står to ganger (også på linje 1)", id="a duplicate key"),
        pytest.param("x:\n  a: 1\n  a: {b: c}\n", 3, "«a» står to ganger (også på linje 2)", id="a duplicate key inside"),
        pytest.param("[a, b]: c\n", 1, "nøkkelen før kolon må være ett ord", id="a list as a key"),
        pytest.param("a: " + "[" * 100_000, 1, "for mange nivåer", id="a hundred thousand brackets"),
        pytest.param("a: " + "{b: " * 100_000, 1, "for mange nivåer", id="a hundred thousand braces"),
        pytest.param("a:\n " + "- " * 100_000, 2, "for mange nivåer", id="a hundred thousand dashes"),
        pytest.param("? " * 100_000, 1, "for mange nivåer", id="a hundred thousand question marks"),
        pytest.param("\n".join(" " * n + "a:" for n in range(300)), 17, "for mange nivåer", id="a long stair"),
        pytest.param("a: 1\n\tb: 2\n", 2, "tabulator", id="a tab"),
        pytest.param("a:\n  b: 1\n \t c: 2\n", 3, "tabulator", id="a tab after a space"),
        pytest.param(b"a: 1\nb: \xf8\n", 2, "som ikke er UTF-8", id="latin-1"),
        pytest.param("a: ø\n".encode("utf-16"), 1, "som ikke er UTF-8", id="utf-16"),
        pytest.param("a: 1\nb: x\0y\n", 2, "usynlig tegn (U+0000)", id="NUL"),
        pytest.param("a: 1\nb: x\ufeffy\n", 2, "usynlig tegn (U+FEFF)", id="a byte order mark inside"),
        pytest.param("a: x\u2028b: y\n", 1, "usynlig tegn (U+2028)", id="a line break that editors do not show"),
        pytest.param('a: 1\nb: "\\e[31m"\n', 2, "usynlig tegn", id="an escaped control character"),
        pytest.param("a: b: c\n", 1, "et kolon for mye", id="two colons"),
        pytest.param("a: 1\nb: 'x\nc: 2\n", 2, "aldri avsluttet", id="a quote that is not closed"),
        pytest.param("a: [b, c\nd: e\n", 2, "aldri lukket", id="a bracket that is not closed"),
        pytest.param("a: [b", 1, "aldri lukket", id="a bracket that is not closed, on the last line"),
        pytest.param("a: }\n", 1, "et tegn er for mye", id="a brace that was not opened"),
        pytest.param("a: @b\n", 1, "betyr noe annet", id="a value that begins with an at sign"),
        pytest.param('a: "\\q"\n', 1, "omvendt skråstrek", id="an unknown escape"),
        pytest.param("a:\n  b: 1\n c: 2\n", 3, "innrykk", id="indented by half"),
        pytest.param("a: 1\n---\nb: 2\n", 2, "nytt dokument", id="two documents"),
        pytest.param("%FOO\n---\na: 1\n", 1, "«%»", id="a directive"),
    ],
)
def test_a_file_that_cannot_be_used_says_where_and_why(tmp_path: Path, content: bytes | str, line: int, what: str) -> None:
    """Each names the file, the line and what is wrong, and has a mend."""
    found = faults(tmp_path, content)
    assert [(f.file, f.line) for f in found if what in f.what][:1] == [("fil.yaml", line)], found
    assert all(f.mend for f in found)


def test_all_faults_of_a_file_are_told_in_one_run(tmp_path: Path) -> None:
    """The reader goes on after a duplicate, an alias and a key of the wrong form."""
    assert [f.line for f in faults(tmp_path, "a: 1\na: 2\nb: *x\n[c]: d\ne: &f g\n")] == [2, 3, 4, 5]


@pytest.mark.parametrize("size", [MOST_BYTES + 1, 2_000_000])
def test_a_huge_file_is_not_read(tmp_path: Path, size: int) -> None:
    """More than a megabyte is refused with its size, before any parsing."""
    (found,) = faults(tmp_path, "a: " + "x" * (size - 3))
    assert f"{size // 1000} kB" in found.what
    assert "extends" in found.mend


def test_a_megabyte_is_still_read(tmp_path: Path) -> None:
    """The limit itself is inside."""
    path = tmp_path / "fil.yaml"
    path.write_text("a: " + "x" * (MOST_BYTES - 3))
    assert len(read(path)[0]["a"]) == MOST_BYTES - 3


@pytest.mark.parametrize(
    ("name", "what"),
    [
        pytest.param("finnes-ikke.yaml", "finnes ikke", id="no such file"),
        pytest.param("mappe.yaml", "en mappe", id="a folder"),
        pytest.param("x" * 300 + ".yaml", "for langt", id="a name that is too long"),
        pytest.param("a\0b.yaml", "kan ikke åpnes", id="a name with NUL"),
    ],
)
def test_what_is_no_file_is_said_in_norwegian(tmp_path: Path, name: str, what: str) -> None:
    """The operating system's own English is not passed on."""
    (tmp_path / "mappe.yaml").mkdir()
    _, _, (found,) = read_all(tmp_path / name)
    assert what in found.what
    assert found.line == 1


@given(st.binary(max_size=300) | st.text(st.sampled_from("ab:-[]{}&*!|>'\"#%@,? \n\t"), max_size=60).map(str.encode))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    """Whatever stands in a file, it is a mapping or has a fault on a line that the file has."""
    path = Scratch.path()
    path.write_bytes(content)
    plain, _, found = read_all(path)
    assert isinstance(plain, dict)
    last = content.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    assert all(1 <= fault.line <= last for fault in found)


class Scratch:
    """One file for all examples of a property; a fixture would be made once only."""

    folder: Path

    @classmethod
    def path(cls) -> Path:
        """The file."""
        return cls.folder / "fil.yaml"


@pytest.fixture(autouse=True, scope="module")
def _scratch(tmp_path_factory: pytest.TempPathFactory) -> None:
    Scratch.folder = tmp_path_factory.mktemp("yaml")
