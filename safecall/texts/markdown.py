"""From Markdown to HTML that holds nothing but text: CommonMark without raw HTML and pictures."""

from functools import lru_cache
from typing import Final

from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.token import Token

# Raw HTML is shown as it was typed; links to scripts (`javascript:`) are left as words.
_READER: Final = MarkdownIt("commonmark", {"html": False}).disable(["image", "html_block"])
_HEADINGS: Final = {"h1": "h2", "h2": "h3", "h3": "h4", "h4": "h5", "h5": "h6"}


@lru_cache(maxsize=200)
def html(text: str) -> SafeString:
    """The text as HTML. Headings begin at the second level, since the page has the first."""
    tokens = _READER.parse(text)
    for token in tokens:
        token.tag = _HEADINGS.get(token.tag, token.tag)
    rendered = str(_READER.renderer.render(tokens, _READER.options, {}))
    return SafeString(rendered)


def passages(text: str) -> list[str]:
    """The words of each paragraph, heading and list item, without marks."""
    return [
        _words(token.children or [])
        for token in _READER.parse(text)
        if token.type in ("inline", "code_block", "fence")
    ]


def _words(tokens: list[Token]) -> str:
    return "".join(
        " " if one.type in ("softbreak", "hardbreak") else one.content for one in tokens
    ).strip()
