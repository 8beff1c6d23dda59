"""Messages saved as mail (.eml), and pages that a browser saved with their pictures in one file (.mht)."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import Message
from pathlib import Path
from typing import Any

from annotator.domain.articles import title_of
from annotator.domain.found import Findings, FoundArticle
from annotator.errors import UndecodableText, UnreadableDocument
from annotator.formats.documents import Wishes, bare_name, bytes_of, check_length, line_of, visible
from annotator.formats.plain_text import decode
from annotator.formats.web_about import About
from annotator.formats.web_page import decoded_page, is_utf8, page_article
from annotator.formats.written_dates import iso_day

_FAULTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MessageError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What the parts of the standard library that read mail raise for headers that make no sense."""
_HEADER = re.compile(rb"^(from|date|subject|mime-version|received|return-path|message-id):", re.IGNORECASE)
_VERSION = re.compile(rb"^mime-version:", re.IGNORECASE | re.MULTILINE)
_LONGEST_HEADER = 5_000
"""Letters of a header that are looked at: reading words in other encodings takes far longer for twice as many."""
_ESCAPED = re.compile(r"\\(.)")
_QUOTED_NAME = re.compile(r'^"?(.*?)"?\s*<[^<>]*>$')


class Mail:
    """Reads a message, or a page in one."""

    key = "mail"
    title = "Mail or page archive"
    suffixes = (".eml", ".mht", ".mhtml")
    has_boilerplate = True

    def looks_so(self, head: bytes) -> bool:
        """By its first header."""
        return _HEADER.match(head.lstrip()) is not None and _VERSION.search(head) is not None

    def read(self, path: Path, name: str, wishes: Wishes, findings: Findings) -> Iterator[FoundArticle]:
        """The one article of a message: its plain words, or else its page."""
        data = bytes_of(path)
        try:
            message = message_from_bytes(data, policy=policy.compat32)
            parts = [part for part in message.walk() if not part.is_multipart()]
        except _FAULTS as error:
            raise UnreadableDocument("it is no message that could be read") from error
        saved = message.get("Snapshot-Content-Location") or ""
        is_page = bool(saved) or path.suffix.casefold() in {".mht", ".mhtml"}
        plain = None if is_page else next(_worded(parts, "text/plain"), None)
        page = None if plain else next(_worded(parts, "text/html"), None)
        further = len(list(_worded(parts, "text/plain"))) - 1 if plain else 0
        if further:
            findings.note(name, f"{further} further parts with words were left out: a footer, or a message in it")
        about = About(address=saved) if is_page else _about(message)
        if plain is not None:
            yield _plain_article(plain, name, wishes, about)
        elif page is not None:
            where = str(saved or page.get("Content-Location") or "")
            about = About(about.title, about.byline, about.published, address=_address(where))
            body = _body(page)
            decoded = decoded_page(body, wishes.encoding or _usable(page, body), name, findings)
            yield page_article(decoded.text, name, wishes, decoded.encoding, about)
        else:
            raise UnreadableDocument("there are no words in the message")


def _worded(parts: list[Any], kind: str) -> Iterator[Any]:
    """The parts of a kind that are no attachments and not blank."""
    for part in parts:
        try:
            is_attached = part.get_content_disposition() == "attachment"
            if part.get_content_type() == kind and not is_attached and _body(part).strip():
                yield part
        except _FAULTS:
            continue


def _body(part: Message) -> bytes:
    try:
        body = part.get_payload(decode=True)
    except _FAULTS as error:
        raise UnreadableDocument("its words are packed in a way that could not be read") from error
    return body if isinstance(body, bytes) else b""


def _usable(part: Message, body: bytes) -> str:
    """The encoding that a part declares, if its words really are in it; UTF-8 is often called Western by mistake."""
    if is_utf8(body):
        return "utf-8"
    try:
        declared = part.get_content_charset() or ""
        if declared:
            decode(body, declared)
    except (*_FAULTS, UndecodableText):
        return ""
    return declared


def _about(message: Message) -> About:
    sender = _header(message, "From")
    named = _QUOTED_NAME.match(sender)
    return About(
        title=_header(message, "Subject"),
        byline=_ESCAPED.sub(r"\1", named[1] if named else "") or sender.strip("<>"),
        published=iso_day(_header(message, "Date")),
    )


def _header(message: Message, name: str) -> str:
    from email.header import decode_header, make_header

    # Not by its name: what is not ASCII there would come as question marks, though many programs send it so.
    sent = next((value for own, value in message.raw_items() if own.casefold() == name.casefold()), "")
    try:
        raw = str(sent)[:_LONGEST_HEADER].encode("ascii", "surrogateescape")
        words = decode(raw).text if raw.strip() else ""
        return line_of(str(make_header(decode_header(words))) if words.isascii() else words)[:300]
    except (*_FAULTS, UndecodableText):
        return ""


def _address(words: str) -> str:
    return words if words.startswith(("http://", "https://")) else ""


def _plain_article(part: Message, name: str, wishes: Wishes, about: About) -> FoundArticle:
    body = _body(part)
    decoded = decode(body, wishes.encoding or _usable(part, body))
    text = visible(decoded.text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not text:
        raise UnreadableDocument("there are no words in the message")
    check_length(text)
    return FoundArticle(
        text=text,
        title=about.title or title_of(text, bare_name(name)),
        source=name,
        byline=about.byline,
        published=about.published,
        encoding=decoded.encoding,
    )
