"""The texts of articles, found by their hash, and proved by it each time one is read."""

from collections import OrderedDict
from collections.abc import Mapping

from annotator.domain.articles import text_hash
from annotator.domain.claims import Claim
from annotator.domain.ids import ArticleId
from annotator.domain.mentions import Mention
from annotator.domain.spans import Span, quoted
from annotator.errors import DamagedProject
from annotator.storage.connection import Database

_KEPT = 2


class Texts:
    """Reads and writes texts; the last two read are kept, for a gesture asks for its article's text several times."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._kept: OrderedDict[str, str] = OrderedDict()

    def put(self, texts: Mapping[str, str]) -> None:
        """Stores texts by hash. Raises DamagedProject for one that its hash does not fit."""
        for sha256, text in texts.items():
            if text_hash(text) != sha256:
                raise DamagedProject("A text changed on its way into the project; nothing was saved. Try again.")
        self._db.run_many("INSERT INTO text (sha256, text) VALUES (?, ?) ON CONFLICT DO NOTHING", texts.items())

    def get(self, sha256: str) -> str:
        """The text with this hash. Raises DamagedProject when it is not there or not what it was."""
        if sha256 in self._kept:
            self._kept.move_to_end(sha256)
            return self._kept[sha256]
        text = self._db.value("SELECT text FROM text WHERE sha256 = ?", (sha256,))
        if text is None or text_hash(text) != sha256:
            raise DamagedProject(f"The text of an article in “{self._db.path.name}” is damaged. Use a backup.")
        self._kept[sha256] = text
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return str(text)

    def of_article(self, article: ArticleId) -> str | None:
        """The article's text; None when there is no such article."""
        sha256 = self._db.value("SELECT sha256 FROM article WHERE id = ?", (article,))
        return None if sha256 is None else self.get(sha256)

    def forget(self) -> None:
        """Reads every text anew from now on."""
        self._kept.clear()


def quotes_fit(text: str, record: Mention | Claim) -> bool:
    """Whether the words that the record repeats stand where it says, in all its parts."""
    return all(spans[-1].end <= len(text) and quoted(text, spans) == quote for spans, quote in _quotes(record))


def _quotes(record: Mention | Claim) -> list[tuple[tuple[Span, ...], str]]:
    if isinstance(record, Mention):
        return [(record.spans, record.quote)]
    sources = [(source.spans, source.quote) for source in record.sources]
    cue = [(record.cue, record.cue_quote)] if record.cue else []
    return [(record.content, record.quote), *cue, *sources]
