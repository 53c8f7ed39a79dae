"""Scheme files become one Scheme, or every fault of them is told to the caseworker: file, line, what, mend."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.errors import SchemeFault, UnknownScheme
from knowledge.faults import MOST_TOLD
from knowledge.linter import lint
from knowledge.loader import FOLDER, load, load_with_lines, merged, scheme_names, scheme_path
from knowledge.yaml_lines import MOST_BYTES
from tests.knowledge.conftest import BASE, OWN, Spoilable


def test_the_tiny_scheme_is_whole(files: Spoilable) -> None:
    """What the other tests spoil has no fault of its own."""
    assert files.linted() == []
    assert list(files.scheme().rules) == ["not_registered", "not_an_applicant_type", "amount_too_high", "auditor_report_needed"]


@pytest.mark.parametrize("path", [pytest.param(FOLDER / f"{name}.yaml", id=name) for name in scheme_names()])
def test_every_scheme_that_we_ship_loads_and_has_no_fault(path: Path) -> None:
    """The linter finds nothing serious in our own files."""
    assert [fault for fault in lint(*load_with_lines(path)) if fault.serious] == []


@pytest.mark.parametrize(
    ("written", "value"),
    [
        pytest.param("400 000", 400_000, id="grouped by a space"),
        pytest.param("400\u00a0000", 400_000, id="grouped by a hard space"),
        pytest.param("400\u202f000", 400_000, id="grouped by a narrow space"),
        pytest.param("400000", 400_000, id="plain"),
        pytest.param("0912", 912, id="a leading zero is no octal"),
        pytest.param('"400000"', 400_000, id="in quotes"),
    ],
)
def test_numbers_mean_what_they_say(files: Spoilable, written: str, value: int) -> None:
    """A limit is a whole number of kroner, however its thousands are set apart."""
    files.spoil("value: 400 000", f"value: {written}")
    assert files.scheme().limit_values["max_amount"] == value


@pytest.mark.parametrize(
    ("written", "value"), [("ja", True), ("nei", False), ("Ja", True), ("no", False), ("yes", True), ("true", True)]
)
def test_yes_and_no_mean_what_they_say(files: Spoilable, written: str, value: bool) -> None:
    """`no` is no, in Norwegian and English, and never a surprise of YAML."""
    files.spoil("required: nei", f"required: {written}")
    assert files.scheme().fields["others"].required is value


def test_text_stays_text(files: Spoilable) -> None:
    """A phone number, a time and the word no are texts where the model says text."""
    files.spoil("phone: 66 00 00 00", "phone: 0912")
    files.spoil("{nb: ja, en: yes}", "{nb: nei, en: no}")
    files.spoil("{nb: Budsjett, en: Budget}\n    options", "{nb: 12:30, en: on}\n    options")
    scheme = files.scheme()
    assert scheme.contact.phone == "0912"
    assert scheme.fields["registered"].example == {"nb": "nei", "en": "no"}
    assert scheme.fields["enclosed"].example == {"nb": "12:30", "en": "on"}


LONG_NUMBER = "9" * 5000
FAULTS = [
    # unknown keys, at every level
    pytest.param("municipality: Prøve", "municipalty: Prøve", "«municipalty» er ikke en nøkkel her", "«municipality»", id="top"),
    pytest.param("  phone: 66", "  fone: 66", "«fone» er ikke en nøkkel her i «contact»", "«phone»", id="contact"),
    pytest.param("    deadline: 27.02", "    deadlin: 27.02", "«deadlin»", "«deadline»", id="in a list"),
    pytest.param("value: 400 000,", "valeu: 400 000,", "«valeu»", "«value»", id="limit"),
    pytest.param("    del: A", "    dell: A", "«dell»", "«del»", id="measure, by its written name"),
    pytest.param("    least: 1", "    lest: 1", "«lest»", "«least»", id="question"),
    pytest.param("company: {label", "company: {lable", "«lable»", "«label»", id="option of a question"),
    pytest.param("    ends: ja", "    endss: ja", "«endss»", "«ends»", id="rule"),
    pytest.param("      telling:", "      teling:", "«teling»", "«telling»", id="class of keywords"),
    pytest.param("means: {}", "means: {}\nvague: {keyword: {}}", "«keyword»", "«keywords»", id="a mapping with given keys"),
    pytest.param("means: {}", "means: {}\nqqqq: x", "«qqqq»", "bruk en av: ", id="like no key at all"),
    pytest.param(
        "id: prøve", "id: prøve\nversion: 3", "«version» settes av programmet", "ta bort", id="what is not the caseworker's"
    ),
    # missing
    pytest.param("municipality: Prøve\n", "", "«municipality» mangler", "«municipality:»", id="missing at the top"),
    pytest.param(
        "400 000, source: Hvor mye", "400 000", "«source» mangler i «limits.max_amount»", "«source:»", id="missing source"
    ),
    pytest.param(
        "    outcome: demand\n", "", "«outcome» mangler i «rules.auditor_report_needed»", "«outcome:»", id="missing outcome"
    ),
    # form
    pytest.param("{value: 400 000, source: Hvor mye}", "400 000", "har feil form", "nøkkel: verdi", id="text for a mapping"),
    pytest.param("{value: 400 000, source: Hvor mye}", "", "er tom", "nøkkel: verdi", id="nothing for a mapping"),
    pytest.param("municipality: Prøve", "municipality: {a: b}", "har feil form", "én tekst", id="a mapping for text"),
    pytest.param("municipality: Prøve", "municipality: [a]", "har feil form", "én tekst", id="a list for text"),
    pytest.param("languages: [nb, en]", "languages: nb", "har feil form", "liste", id="text for a list"),
    pytest.param("languages: [nb, en]", "languages: {nb: en}", "har feil form", "liste", id="a mapping for a list"),
    pytest.param("faq: {}", "faq: [a, b]", "har feil form", "nøkkel: verdi", id="a list for a mapping"),
    pytest.param(
        "name: {nb: Prøvetilskudd, en: Trial grant}", "name: Prøve", "kan ikke brukes", "på hvert språk", id="one language"
    ),
    pytest.param(
        "{nb: Det kreves., en: It is required.}", "{nb: [a]}", "kan ikke brukes", "på hvert språk", id="a list for a text"
    ),
    # numbers, dates, yes and no
    *(
        pytest.param("value: 400 000", f"value: {bad}", "kan ikke brukes", "helt tall", id=f"number {bad[:9]}")
        for bad in ("400.000", '"400,5"', "-1", "1e6", "mange", "''", "٤٠٠", "{a: b}", "[1]", LONG_NUMBER)
    ),
    *(
        pytest.param("deadline: 27.02", f"deadline: {bad}", "kan ikke brukes", "DD.MM", id=f"day {bad[:9]}")
        for bad in ("29.02", "31.04", "27.13", "0.1", "27", "27. februar", "27/2", "2.2.2", "[1]", f"{LONG_NUMBER}.02")
    ),
    *(
        pytest.param("deadline: 27.02", f"deadline_on: {bad}", "kan ikke brukes", "ÅÅÅÅ-MM-DD", id=f"date {bad[:10]}")
        for bad in ("2027-13-01", "2027-02-29", "27.02.2027", "20270227", "2027-W08-6", "[2027-02-27]", "snart")
    ),
    *(
        pytest.param("required: nei", f"required: {bad}", "kan ikke brukes", "ja eller nei", id=f"yes or no {bad}")
        for bad in ("kanskje", "0", "''", "[ja]")
    ),
    # one of several
    pytest.param(
        "kind: date\n    stage: draft\n    label: {nb: Start",
        "kind: dat\n    stage: draft\n    label: {nb: Start",
        "«dat»",
        "«date»",
        id="kind",
    ),
    pytest.param("outcome: demand", "outcome: deman", "«deman» kan ikke stå i «outcome»", "«demand»", id="outcome"),
    pytest.param("outcome: demand", "outcome: avslag", "«avslag»", "bruk en av: demand, mend", id="like no outcome"),
    pytest.param("outcome: demand", "outcome: [demand]", "feil form", "én tekst", id="a list for an outcome"),
    pytest.param("stage: eligibility\n    of", "stage: start\n    of", "«start» kan ikke stå", "eligibility", id="stage"),
    # conditions
    pytest.param("when: {registered: nei}", "when: nei", "kan ikke brukes", "{felt: verdi}", id="condition that is text"),
    pytest.param(
        "{over: max_amount}", "{ovr: max_amount}", "kan ikke brukes", "mente du «over»?", id="condition with an unknown word"
    ),
    pytest.param(
        "{over: max_amount}", f"{{over: {LONG_NUMBER}}}", "kan ikke brukes", "helt tall", id="condition with an endless number"
    ),
    # extends
    pytest.param("extends: [base]", "extends: [bas]", "nevner «bas», som ikke finnes", "mente du «base»?", id="unknown base"),
    pytest.param(
        "extends: [base]", "extends: {base: ja}", "«extends» nevner ikke en fil", "extends: [navn]", id="extends a mapping"
    ),
    pytest.param(
        "extends: [base]", "extends: [[base]]", "«extends» nevner ikke en fil", "extends: [navn]", id="extends a list in a list"
    ),
    pytest.param("extends: [base]", "extends: ''", "«extends» nevner ikke en fil", "extends: [navn]", id="extends nothing"),
    pytest.param("extends: [base]", f"extends: {'x' * 400}", "som ikke finnes", "bruk en av", id="extends an endless name"),
    pytest.param("extends: [base]", 'extends: "a/../b"', "som ikke finnes", "bruk en av: ", id="extends a path"),
    pytest.param(
        "extends: [base]", "extends: [base, prøve]", "går i ring: prøve.yaml → prøve.yaml", "ta bort", id="extends itself"
    ),
    pytest.param(
        "faq: {}", "extends: prøve\nfaq: {}", "går i ring: prøve.yaml → base.yaml → prøve.yaml", "ta bort", id="a ring of two"
    ),
    pytest.param(
        "  max_amount: {value",
        "  max_amont: off\n  max_amount: {value",
        "«max_amont: off»",
        "ikke er arvet",
        id="off for nothing",
    ),
]


@pytest.mark.parametrize(("old", "new", "what", "mend"), FAULTS)
def test_a_fault_names_file_line_what_and_mend(files: Spoilable, old: str, new: str, what: str, mend: str) -> None:
    """Each is told in Norwegian, on a line at or beside what was spoilt, with what to write instead."""
    name, line = files.spoil(old, new)
    found = [f for f in files.faults() if what in f.what and mend in f.what + f.mend]
    assert found, files.faults()
    assert found[0].file == name
    assert line - 8 <= found[0].line <= line + 3  # a missing key is told where its parent stands
    assert len(str(found[0])) < 400


ENGLISH = re.compile(
    r"\b(input|should|valid|field|required|value error|dictionary|instance|expected|while|found|character|line \d)\b", re.I
)


@pytest.mark.parametrize(("old", "new", "what", "mend"), FAULTS)
def test_no_english_reaches_the_caseworker(files: Spoilable, old: str, new: str, what: str, mend: str) -> None:
    """The words of the libraries stay inside."""
    files.spoil(old, new)
    told = " ".join(re.sub(r"«[^»]*»|bruk en av: .*", "", f"{f.what} {f.mend}") for f in files.faults())
    assert not ENGLISH.search(told), told


def test_all_faults_of_all_files_are_told_in_one_run(files: Spoilable) -> None:
    """Form, numbers, duplicates and unknown keys, in the base and in the file itself."""
    spoilt = [
        files.spoil("coach: {}", "faq: {}"),
        files.spoil("    least: 1", "    minst: 1"),
        files.spoil("outcome: demand", "outcome: kanskje"),
        files.spoil("value: 400 000", "value: mye"),
    ]
    told = [(f.file, f.line) for f in files.faults()]
    assert set(spoilt) <= set(told)
    assert [f.what for f in files.faults() if (f.file, f.line) not in spoilt] == ["«coach» mangler"]


def test_of_very_many_faults_the_first_are_told(files: Spoilable) -> None:
    """And how many more there are."""
    files.write("prøve", OWN + "".join(f"ukjent{n}: x\n" for n in range(MOST_TOLD + 5)))
    found = files.faults()
    assert len(found) == MOST_TOLD + 1
    assert [fault.what for fault in found if "feil til" in fault.what] == ["filen har 5 feil til"]


def test_faults_come_in_the_order_of_the_files(files: Spoilable) -> None:
    """A caseworker mends from the top."""
    files.spoil("value: 400 000", "value: mye")
    files.spoil("municipality: Prøve", "municipality: [x]")
    assert [f.line for f in files.faults()] == sorted(f.line for f in files.faults())


class TestExtending:
    """A municipal file says only what is its own."""

    def test_values_know_the_file_that_said_them(self, files: Spoilable) -> None:
        """What is inherited is traced to the base, what is changed to the file that changed it."""
        files.write("prøve", OWN + "fields:\n  amount:\n    least: 5\n")
        scheme, lines = load_with_lines(files.own)
        assert scheme.fields["amount"].least == 5
        assert lines[("fields", "amount", "least")] == ("prøve.yaml", OWN.count("\n") + 3)
        assert lines[("fields", "amount", "kind")] == ("base.yaml", BASE[: BASE.index("kind: amount")].count("\n") + 1)
        assert lines[("windows", "0", "opens")] == ("prøve.yaml", OWN[: OWN.index("opens")].count("\n") + 1)

    def test_every_value_has_a_line(self, files: Spoilable) -> None:
        """No path of the merged data is without a file and line."""
        plain, lines, _ = merged(files.own)

        def paths(value: object, at: tuple[str, ...]) -> list[tuple[str, ...]]:
            inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
            return [at, *(p for key, child in inside for p in paths(child, (*at, str(key))))]

        assert [path for path in paths(plain, ()) if path not in lines] == []

    def test_off_takes_an_inherited_key_away(self, files: Spoilable) -> None:
        """A rule, a question's bound, and one language of a text."""
        files.write("prøve", OWN.replace("rules:\n", "rules:\n  not_registered: off\n") + "fields: {amount: {least: off}}\n")
        scheme = files.scheme()
        assert "not_registered" not in scheme.rules
        assert scheme.fields["amount"].least is None

    def test_a_condition_is_replaced_whole(self, files: Spoilable) -> None:
        """Half a condition of each file would mean neither."""
        files.write("prøve", OWN.replace("rules:\n", "rules:\n  not_registered: {when: {kind_of: company}}\n"))
        assert merged(files.own)[0]["rules"]["not_registered"]["when"] == {"kind_of": "company"}

    def test_a_list_is_replaced_whole(self, files: Spoilable) -> None:
        """The order of questions is said anew, not patched."""
        files.write("prøve", OWN + "order: [amount]\n")
        assert files.scheme().order == ["amount"]

    def test_what_two_files_share_is_read_once(self, files: Spoilable) -> None:
        """A later file's base does not take back what an earlier file changed."""
        files.write("one", "extends: base\nfields: {amount: {least: 7}}\n")
        files.write("two", "extends: base\nfields: {amount: {most: 9}}\n")
        files.write("prøve", OWN.replace("[base]", "[one, two]"))
        amount = files.scheme().fields["amount"]
        assert (amount.least, amount.most) == (7, 9)

    def test_a_ladder_of_files_does_not_grow(self, files: Spoilable) -> None:
        """Files that extend each other twice are each read once; a ladder that is too long is refused."""
        names = [f"s{n}" for n in range(40)]
        for here, below in zip(names, [*names[1:], "base"], strict=True):
            files.write(here, f"extends: [{below}, base]\n")
        files.write("prøve", OWN.replace("[base]", "[s0]"))
        assert any("for mange filer" in f.what for f in files.faults())

    def test_a_fault_in_the_base_is_told_in_the_base(self, files: Spoilable) -> None:
        """The file that stands wrong is named, not the one that extends it."""
        name, line = files.spoil("kind: choices", "kind: choises")
        assert [(f.file, f.line) for f in files.faults()] == [(name, line)] == [("base.yaml", line)]

    def test_a_huge_base_is_told_of(self, files: Spoilable) -> None:
        """The limit holds for every file."""
        files.write("base", "a: " + "x" * MOST_BYTES)
        assert [f.file for f in files.faults()] == ["base.yaml"]


class TestVersion:
    """A conversation remembers under which version it was asked."""

    def test_a_comment_is_no_new_version(self, files: Spoilable) -> None:
        """Only what the files mean counts."""
        before = files.scheme().version
        files.write("base", "# ny kommentar\n" + BASE)
        assert files.scheme().version == before

    @pytest.mark.parametrize(("old", "new"), [("400 000", "500 000"), ("How much?", "How much money?"), ("least: 1", "least: 2")])
    def test_a_changed_value_is_a_new_version(self, files: Spoilable, old: str, new: str) -> None:
        """In the file itself and in its base."""
        before = files.scheme().version
        files.spoil(old, new)
        assert files.scheme().version != before


class TestNames:
    """A scheme is called by name or by path."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        """Two schemes, a base, and a folder that looks like a file."""
        for name, text in (
            ("lillestrom-integreringsarbeid", "# fra kommunen\nid: x\n"),
            ("oslo", "\ufeffid: y\n"),
            ("base", "a: b\n"),
        ):
            (tmp_path / f"{name}.yaml").write_text(text)
        (tmp_path / "mappe.yaml").mkdir()
        return tmp_path

    def test_only_municipal_files_are_schemes(self, folder: Path) -> None:
        """A base says no `id:`, and is no scheme by itself."""
        assert scheme_names(folder) == ("lillestrom-integreringsarbeid", "oslo")

    @pytest.mark.parametrize(
        ("name", "found"),
        [
            ("lillestrom", "lillestrom-integreringsarbeid"),
            ("lillestrom-integreringsarbeid", "lillestrom-integreringsarbeid"),
            ("oslo", "oslo"),
        ],
    )
    def test_a_name_or_its_first_word_finds_the_file(self, folder: Path, name: str, found: str) -> None:
        """The municipality alone is enough."""
        assert scheme_path(name, folder) == folder / f"{found}.yaml"

    def test_a_path_works(self, folder: Path, files: Spoilable) -> None:
        """A caseworker's own file, anywhere."""
        assert scheme_path(str(files.own), folder) == files.own

    @pytest.mark.parametrize(
        ("name", "said"),
        [
            pytest.param("lilestrom", "Mente du «lillestrom»?", id="misspelt"),
            pytest.param("bodø", "Skriv en av: lillestrom-integreringsarbeid, oslo", id="like none"),
            pytest.param("base", "Skriv en av", id="a base is no scheme"),
            pytest.param("finnes/ikke.yaml", "Filen «finnes/ikke.yaml» finnes ikke", id="a path to nothing"),
            pytest.param("x" * 5000 + ".yaml", "finnes ikke", id="endless"),
            pytest.param("a\0.yaml", "finnes ikke", id="NUL"),
            pytest.param("", "Skriv en av", id="empty"),
        ],
    )
    def test_an_unknown_name_is_told_the_known_ones(self, folder: Path, name: str, said: str) -> None:
        """With the nearest, where one is near."""
        with pytest.raises(UnknownScheme) as caught:
            scheme_path(name, folder)
        assert said in str(caught.value)
        assert "\0" not in str(caught.value)
        assert len(str(caught.value)) < 400

    @pytest.mark.parametrize("name", ["finnes-ikke.yaml", "mappe.yaml"])
    def test_a_path_that_is_no_file_is_a_fault(self, folder: Path, name: str) -> None:
        """Not a traceback."""
        with pytest.raises(SchemeFault, match=name):
            load(folder / name)


PIECES = [
    "\t",
    "\n",
    ":",
    "- ",
    "[",
    "]",
    "{",
    "}",
    "'",
    '"',
    "&a ",
    "*a",
    "!x ",
    "#",
    "0",
    "nei",
    "ø",
    "\0",
    "off",
    "  ",
    "|",
    "over",
    ", ",
]


def mutated(text: str, rng: random.Random) -> str:
    """One to four changes of characters or whole lines."""
    for _ in range(rng.randint(1, 4)):
        place = rng.randrange(len(text) + 1)
        lines = text.split("\n")
        line = rng.randrange(len(lines))
        match rng.randrange(6):
            case 0:
                text = text[:place] + text[place + rng.randint(1, 12) :]
            case 1:
                text = text[:place] + rng.choice(PIECES) + text[place:]
            case 2:
                text = text[:place] + rng.choice(PIECES) + text[place + 1 :]
            case 3:
                text = "\n".join(lines[:line] + lines[line + 1 :])
            case 4:
                text = "\n".join([*lines[:line], rng.choice(lines), *lines[line:]])
            case _:
                lines[line] = " " * rng.randrange(9) + lines[line].strip()
                text = "\n".join(lines)
    return text


@settings(max_examples=150, deadline=None)
@given(rng=st.randoms(use_true_random=False), in_base=st.booleans())
def test_a_spoilt_file_is_a_scheme_or_has_a_fault_on_one_of_its_lines(rng: random.Random, in_base: bool) -> None:
    """However a file is spoilt, loading and linting never end in a traceback."""
    files = Scratch.files
    texts = {"prøve": OWN if in_base else mutated(OWN, rng), "base": mutated(BASE, rng) if in_base else BASE}
    for name, text in texts.items():
        files.write(name, text)
    last = {f"{name}.yaml": re.sub("\r\n?", "\n", text).count("\n") + 1 for name, text in texts.items()}
    try:
        found = lint(*load_with_lines(files.own))
    except SchemeFault as fault:
        found = list(fault.faults)
        assert found
    for fault in found:
        assert 1 <= fault.line <= last[fault.file]
        assert fault.what
        assert fault.mend
        assert "\n" not in str(fault)


class Scratch:
    """One folder for all examples of a property; a fixture would be made once only."""

    files: Spoilable


@pytest.fixture(autouse=True, scope="module")
def _scratch(tmp_path_factory: pytest.TempPathFactory) -> None:
    Scratch.files = Spoilable(tmp_path_factory.mktemp("spoilt"))


def test_a_changed_copy_is_another_scheme() -> None:
    """What was reckoned from a scheme is not taken for its copy's, and the copy is not taken for the scheme."""
    scheme = load(scheme_path("lillestrom"))
    assert scheme == scheme.model_copy()
    assert hash(scheme) == hash(scheme.model_copy())
    assert scheme.limit_values
    limits = {"max_amount": next(iter(scheme.limits.values())).model_copy(update={"value": 1})}
    other = scheme.model_copy(update={"version": "other", "limits": limits})
    assert other != scheme
    assert other.limit_values == {"max_amount": 1}
    assert scheme.otherwise("so", order=[]) != scheme
