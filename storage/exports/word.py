"""Drafts as a Word document, to paste from, to write on in, or to send to the board."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storage.exports.files import written_whole
from storage.exports.form import Form
from storage.exports.pages import Page, Points, page_of
from storage.store import DraftRow

if TYPE_CHECKING:
    from docx.document import Document

_TAGS = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}
_INK, _QUIET = "12324A", "5A6570"


def write_docx(drafts: Iterable[DraftRow], path: Path, form_of: Callable[[DraftRow], Form]) -> int:
    """Write the drafts, each from a new page and in its own language; how many there were. form_of: gives a draft's form."""
    import docx

    document = docx.Document()
    _set_styles(document)
    count = 0
    for draft in drafts:
        page = page_of(draft, form_of(draft))
        if count == 0:
            _set_document(document, page)
        else:
            _next_page(document)
        _write_page(document, page)
        count += 1
    whole = io.BytesIO()  # a ZIP archive does not bear that its file ends early
    document.save(whole)
    with written_whole(path) as file:
        file.write(whole.getbuffer())
    return count


def _next_page(document: Document) -> None:
    from docx.enum.text import WD_BREAK

    document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)


def _write_page(document: Document, page: Page) -> None:
    write = _Writer(document, _TAGS.get(page.lang, page.lang))
    write.text(page.scheme, "Quiet")
    write.text(page.title, "Heading 1")
    write.text(" · ".join(part for part in (page.organisation, page.heading, page.changed) if part), "Quiet")
    write.text(page.notice, "Notice")
    write.text(page.about, "Heading 2")
    write.text(page.verdict, "Normal")
    for points in page.lists:
        write.points(points)
    for section in page.sections:
        write.text(section.heading, "Heading 2")
        for line in section.lines:
            write.text(line.label, "Label")
            for paragraph in line.paragraphs:
                write.text(paragraph, "Value")


class _Writer:
    """Adds paragraphs whose language Word knows, for its spelling and for screen readers."""

    def __init__(self, document: Document, tag: str) -> None:
        self._document, self._tag = document, tag

    def text(self, text: str, style: str) -> None:
        run = self._document.add_paragraph(style=style).add_run(text)
        _set_language(run._element.get_or_add_rPr(), self._tag)

    def points(self, points: Points) -> None:
        self.text(points.heading, "Heading 3")
        for point in points.points:
            self.text(point, "List Bullet")


def _set_document(document: Document, page: Page) -> None:
    """Title and language of the whole: those of the first draft."""
    properties = document.core_properties
    properties.title = page.title
    properties.subject = page.scheme
    properties.author = "Tilskuddsbot"
    properties.comments = ""
    properties.language = _TAGS.get(page.lang, page.lang)
    defaults = document.styles.element.find(".//{*}docDefaults/{*}rPrDefault/{*}rPr")
    _set_language(defaults, properties.language)


def _set_language(run_properties: Any, tag: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    lang = run_properties.find(qn("w:lang"))
    if lang is None:
        lang = OxmlElement("w:lang")
        run_properties.append(lang)
    lang.set(qn("w:val"), tag)


def _set_styles(document: Document) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Cm

    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)
        section.top_margin = section.bottom_margin = Cm(2.2)
    styles = document.styles
    _set_style(styles["Normal"], size=11, after=6)
    _set_style(styles["Heading 1"], size=22, color=_INK, before=2, after=4)
    _set_style(styles["Heading 2"], size=14, color=_INK, before=18, after=6)
    _set_style(styles["Heading 3"], size=11, color=_INK, before=10, after=3)
    _set_style(styles["List Bullet"], size=11, after=3)
    for name, size, color, bold, after in (
        ("Quiet", 10, _QUIET, False, 2),
        ("Notice", 11, None, True, 6),
        ("Label", 9.5, _QUIET, False, 0),
        ("Value", 11, None, False, 4),
    ):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        _set_style(style, size=size, color=color, bold=bold, after=after, before=8 if name in ("Label", "Notice") else 0)
        style.paragraph_format.keep_with_next = name == "Label"
    styles["Normal"].paragraph_format.line_spacing = 1.15


def _set_style(
    style: Any, *, size: float, color: str | None = None, bold: bool | None = None, before: float = 0, after: float = 0
) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name = "Calibri"
    # The template's headings name a font of the theme, which goes before the name set here.
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    style.font.size = Pt(size)
    if color is not None:
        style.font.color.rgb = RGBColor.from_string(color)
    if bold is not None:
        style.font.bold = bold
    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(after)
