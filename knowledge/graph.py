"""The flow of a scheme drawn: as SVG made here, without any tool of the system, and as Mermaid text.

The main way goes down the left; detours hang to its right, with their condition on the arrow; what a question may decide stands
furthest right. Colours are set as attributes, so that a page with a strict policy may show it and its style may change them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from textwrap import wrap

from knowledge.flow import OUTCOMES, STAGES, Ending, Flow, Stop

WIDTH = 1010
MAIN, DETOUR, END = (10, 270), (435, 265), (725, 275)
"""Left edge and width of the three columns."""
_WAY = MAIN[0] + MAIN[1] // 2
_LINE, _PAD, _GAP = 17, 11, 22
_SMALL, _BOLD = 6.5, 7.5
"""Width of a letter, small and bold, about: the drawing breaks its lines itself."""
_INK, _PAPER, _QUIET = "#1b1f24", "#ffffff", "#57606a"
_COLOURS = {"not_eligible": "#b3261e", "mend": "#8a5a00", "demand": "#0b57d0", "open": "#57606a"}
_BEGIN, _DONE = "Samtalen begynner", "Utkastet er ferdig"


def svg(flow: Flow) -> str:
    """The drawing: one SVG element with a title and a description; `rows` is the same as a table."""
    drawing = _Drawing()
    drawing.box(_WAY - 100, 200, [(_BEGIN, True)], kind="terminal")
    drawing.endings(flow.before, (_WAY + 100, 20))
    stage = ""
    for stop in flow.stops:
        if stop.stage != stage:
            stage = stop.stage
            drawing.heading(STAGES.get(stage, stage))
        drawing.stop(stop)
    drawing.way(drawing.y)
    drawing.box(_WAY - 100, 200, [(_DONE, True)], kind="terminal")
    height = drawing.y
    title = escape(f"Flyten i {flow.name}")
    desc = escape(f"{len(flow.stops)} spørsmål i rekkefølge, med vilkårene på pilene. Det samme står i tabellen.")
    return "\n".join(
        [
            '<svg xmlns="http://www.w3.org/2000/svg" class="flow" role="img" aria-labelledby="flow-title flow-desc" '
            f'width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" '
            f'font-family="system-ui, sans-serif" font-size="13" fill="{_INK}">',
            f'<title id="flow-title">{title}</title>',
            f'<desc id="flow-desc">{desc}</desc>',
            f'<defs><marker id="flow-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
            f'<path class="tip" d="M0 0L8 4L0 8z" fill="{_QUIET}"/></marker></defs>',
            f'<rect class="paper" width="{WIDTH}" height="{height}" fill="{_PAPER}"/>',
            *drawing.lines,
            *drawing.shapes,
            "</svg>\n",
        ]
    )


class _Drawing:
    """Fills a page from the top. y: where the next thing goes."""

    def __init__(self) -> None:
        self.y = 20
        self.lines: list[str] = []
        self.shapes: list[str] = []
        self._from = self.y

    def heading(self, text: str) -> None:
        """A stage begins."""
        self.shapes.append(f'<text x="{_WAY + 22}" y="{self.y + 10}" font-size="16" font-weight="600">{escape(text)}</text>')
        self.y += 30

    def stop(self, stop: Stop) -> None:
        """A question on the main way, or a detour from it, with what it may decide below."""
        words = [*_words(stop.label, 30, bold=True), *_words(stop.ask, 37), *_words(stop.note, 37)]
        if not stop.when:
            self.way(self.y)
            top = self.y
            self.box(MAIN[0], MAIN[1], words, kind="main")
            self.endings(stop.endings, (MAIN[0] + MAIN[1], top))
            return
        label = wrap(f"hvis {stop.when}", 40)
        top = self.y + max(0, (len(label) - 1) * 15 - 6)
        self.y = top
        self.box(DETOUR[0], DETOUR[1], words, kind="detour")
        out, back = top + 16, self.y - _GAP - 10
        self.arrow([(_WAY, out), (DETOUR[0], out)])
        self.label(_WAY + 16, out - 6 - 15 * (len(label) - 1), label)
        self.arrow([(DETOUR[0], back), (_WAY, back)], dashed=True)
        self.endings(stop.endings, (DETOUR[0] + 30, self.y - _GAP))

    def endings(self, endings: Iterable[Ending], start: tuple[int, int]) -> None:
        """What is decided here: an arrow with its condition to a box each. start: where the arrows leave the question."""
        beside = start[0] < DETOUR[0]
        x = start[0] + 16 if beside else start[0]
        room = int((END[0] - x - 24) / _SMALL)
        lowest = self.y
        if beside:
            self.y = start[1]
        for ending in endings:
            label = wrap(f"hvis {ending.when}", room)
            first = f"{OUTCOMES[ending.outcome]}{': samtalen slutter' if ending.ends else ''}"
            words = [*_words(first, 33, bold=True), *_words(ending.says, 38)]
            top = self.y + max(0, (len(label) - 2) * 15)
            self.y = top
            self.box(END[0], END[1], words, kind=f"end {ending.outcome}", colour=_COLOURS[ending.outcome], heavy=ending.ends)
            row = top + 17
            if beside and row < lowest - _GAP:
                start = (start[0], row)
            self.arrow([start, (x, start[1]), (x, row), (END[0], row)] if beside else [start, (x, row), (END[0], row)])
            self.label(x + 10, row - 6 - 15 * (len(label) - 1), label)
            self.y -= _GAP - 10
        self.y = max(self.y + 12 if self.y != start[1] else lowest, lowest)

    def box(
        self, x: int, width: int, words: list[tuple[str, bool]], *, kind: str, colour: str = _INK, heavy: bool = False
    ) -> None:
        """A box with lines of text, each bold or not."""
        height = 2 * _PAD + _LINE * len(words) - 3
        radius = 17 if kind == "terminal" else 6
        dashes = ' stroke-dasharray="5 3"' if kind == "detour" else ""
        self.shapes.append(
            f'<rect class="{kind}" x="{x}" y="{self.y}" width="{width}" height="{height}" rx="{radius}" fill="{_PAPER}" '
            f'stroke="{colour}" stroke-width="{3 if heavy else 1.5}"{dashes}/>'
        )
        for place, (text, bold) in enumerate(words):
            weight = ' font-weight="600"' if bold else f' class="quiet" fill="{_QUIET}"'
            self.shapes.append(f'<text x="{x + 12}" y="{self.y + _PAD + 11 + _LINE * place}"{weight}>{escape(text)}</text>')
        self.y += height + _GAP

    def way(self, until: int) -> None:
        """The main way goes on down to here."""
        self.arrow([(_WAY, self._from), (_WAY, until)])
        self._from = until

    def arrow(self, points: list[tuple[int, int]], *, dashed: bool = False) -> None:
        """A line through these points, with a tip at the end."""
        path = "M" + "L".join(f"{x} {y}" for x, y in points)
        dashes = ' stroke-dasharray="5 3"' if dashed else ""
        look = f'fill="none" stroke="{_QUIET}" stroke-width="1.5"{dashes} marker-end="url(#flow-tip)"'
        self.lines.append(f'<path class="way" d="{path}" {look}/>')

    def label(self, x: int, y: int, lines: list[str]) -> None:
        """Words on an arrow, the last line at its own height."""
        for place, line in enumerate(lines):
            self.shapes.append(f'<text class="label" x="{x}" y="{y + 15 * place}" font-size="12.5">{escape(line)}</text>')


def _words(text: str, width: int, *, bold: bool = False) -> list[tuple[str, bool]]:
    return [(line, bold) for line in wrap(text, width)]


def rows(flow: Flow) -> Iterator[tuple[str, str, str, str]]:
    """The flow as a table: stage, question, when it is asked, what it may decide."""
    if flow.before:
        yield "", _BEGIN, "alltid", _decided(flow.before)
    for stop in flow.stops:
        when = "; ".join(part for part in (f"hvis {stop.when}" if stop.when else "alltid", stop.note) if part)
        yield STAGES.get(stop.stage, stop.stage), f"{stop.label}: {stop.ask}", when, _decided(stop.endings)


def _decided(endings: Iterable[Ending]) -> str:
    told = (f"hvis {e.when}: {OUTCOMES[e.outcome]}{' (samtalen slutter)' if e.ends else ''}. {e.says}" for e in endings)
    return "\n".join(told)


def mermaid(flow: Flow) -> str:
    """The flow as a Mermaid flowchart."""
    lines = ["flowchart TD", f'  begin(["{_BEGIN}"])']
    waiting = [("begin", "")]
    lines += _ended("begin", flow.before)
    for number, stop in enumerate(flow.stops):
        node = f"q{number}"
        lines.append(f'  {node}["{_quoted(stop.label)}"]')
        label = f'|"hvis {_quoted(stop.when)}"|' if stop.when else ""
        lines += [f"  {source} -->{label or (f'|{otherwise}|' if otherwise else '')} {node}" for source, otherwise in waiting]
        waiting = [(source, "ellers") for source, _ in waiting] + [(node, "")] if stop.when else [(node, "")]
        lines += _ended(node, stop.endings)
    lines += [f"  {source} -->{f'|{otherwise}|' if otherwise else ''} done" for source, otherwise in waiting]
    lines.append(f'  done(["{_DONE}"])')
    return "\n".join(lines) + "\n"


def _ended(node: str, endings: Iterable[Ending]) -> list[str]:
    return [
        f'  {node} -.->|"hvis {_quoted(e.when)}"| {node}{place}{{{{"{OUTCOMES[e.outcome]}{": samtalen slutter" if e.ends else ""}'
        f'<br>{_quoted(e.says)}"}}}}'
        for place, e in enumerate(endings, 1)
    ]


def _quoted(text: str) -> str:
    """A text between Mermaid's quotes, which knows `#quot;` and the like; what HTML would take for its own is escaped too."""
    return escape(text.replace("#", "#35;"), quote=False).replace('"', "#quot;").replace("\n", " ")
