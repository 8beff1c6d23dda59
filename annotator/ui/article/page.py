"""The middle of the window: title and by-line above, the text with its marks below."""

from collections.abc import Iterator
from typing import Protocol

from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from annotator.domain.articles import Article
from annotator.domain.claims import Claim
from annotator.domain.edits import Edit
from annotator.domain.entities import Entity
from annotator.domain.ids import EntityId
from annotator.domain.mentions import Mention
from annotator.domain.projects import Project
from annotator.ui.article import looks
from annotator.ui.article.marks import Mark
from annotator.ui.article.reading import Reading
from annotator.ui.article.view import ArticleView
from annotator.ui.desk import Desk
from annotator.ui.edits import short
from annotator.ui.widgets.plain import is_right_to_left, isolated, plain_label


class StandIn(Protocol):
    """Draws something else on the article than the marks that are shown usually."""

    def begin(self) -> None:
        """Another article is shown, or drawing begins: the text stands there, with nothing on it."""

    def take(self, edit: Edit) -> None:
        """Draws what an edit changed."""

    def focus(self) -> None:
        """Something else is chosen."""


class ArticlePage(QWidget):
    """Keeps the view in step with the contents and the focus."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shown_entity: EntityId | None = None
        self._stand_in: StandIn | None = None
        self.view = ArticleView(desk.theme)
        self.view.set_reading(desk.settings.reading)
        self.view.snaps = desk.settings.snaps
        self._title, self._byline = plain_label(wrap=True), plain_label()
        self._build()
        self._take_theme()
        desk.theme.changed.connect(self._take_theme)
        desk.contents.shown.connect(self._on_shown)
        desk.contents.edited.connect(self._on_edited)
        desk.contents.whose_changed.connect(self._on_whose)
        desk.focus.changed.connect(self._on_focus)
        self.view.reading_changed.connect(self._keep_reading)
        self._on_shown()

    def _build(self) -> None:
        font = QFont(self._title.font())
        font.setPointSizeF(font.pointSizeF() * 1.45)
        font.setWeight(QFont.Weight.DemiBold)
        self._title.setFont(font)
        self._byline.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        header = QFrame()
        header.setAutoFillBackground(True)
        header.setBackgroundRole(QPalette.ColorRole.Window)
        lines = QVBoxLayout(header)
        lines.setContentsMargins(36, 16, 36, 12)
        lines.setSpacing(4)
        lines.addWidget(self._title)
        lines.addWidget(self._byline)
        rule = QFrame()
        rule.setFixedHeight(1)
        rule.setAutoFillBackground(True)
        rule.setBackgroundRole(QPalette.ColorRole.Mid)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(header)
        whole.addWidget(rule)
        whole.addWidget(self.view, 1)
        self.setFocusProxy(self.view)

    def put_above(self, bar: QWidget) -> None:
        """Puts a bar between the header and the text."""
        whole = self.layout()
        assert isinstance(whole, QVBoxLayout)
        whole.insertWidget(whole.indexOf(self.view), bar)

    def stand_in(self, drawer: StandIn | None) -> None:
        """Has somebody else draw on the text, or nobody but the page again."""
        self._stand_in = drawer
        self._draw()

    def _on_shown(self) -> None:
        contents = self._desk.contents
        self._take_theme()  # another program may have changed the labels
        if self._stand_in is not None:
            self.view.show_text(contents.text, ())
            self._stand_in.begin()
        else:
            self.view.show_text(contents.text, map(self._mark, contents.shown_mentions()))
            self.view.board.show_claims(self._claim_marks())
        self._show_header(contents.article)

    def _claim_marks(self) -> Iterator[Mark]:
        for claim in self._desk.contents.shown_claims():
            yield from looks.claim_marks(claim)

    def _on_whose(self) -> None:
        if self._stand_in is None:
            self._draw()

    def _draw(self) -> None:
        """Draws other marks on the text that is there."""
        board = self.view.board
        board.show_claims(())
        if self._stand_in is not None:
            board.choose_claim("", ())
            self._stand_in.begin()
        else:
            board.hide_lanes()
            board.show_mentions(map(self._mark, self._desk.contents.shown_mentions()))
            board.show_claims(self._claim_marks())
            self._on_focus()
        self._show_header(self._desk.contents.article)

    def _mark(self, mention: Mention) -> Mark:
        return looks.mention_mark(self._desk.schema, mention, self._desk.contents.entity(mention.entity))

    def _show_header(self, article: Article | None) -> None:
        if article is None:
            self._title.setText("No article yet")
            self._byline.setText("Bring some in: File, Import (Ctrl+I), drop files here, or paste a text (Ctrl+V).")
            return
        self._title.setText(article.title)
        # The mark makes the line below begin where the title does.
        side = "\u200f" if is_right_to_left(article.title) else ""
        claim = self._desk.contents.claim(self._desk.focus.claim)
        if claim is not None and claim.within is not None:
            from annotator.services.accounts import account

            chain = account(self._desk.workspace, claim).path
            self._byline.setText(
                side + "  ›  ".join(isolated(part) for part in (*chain, f"“{short(claim.quote, 60)}”"))
            )
            return
        published = article.published or "date not known"
        hidden = self._desk.contents.hidden if self._stand_in is None else 0
        others = f"{hidden:,} mark{'s' if hidden > 1 else ''} of others not shown" if hidden else ""
        parts = (article.publisher, article.byline, published, article.language, _quality(article), others)
        self._byline.setText(side + "  ·  ".join(isolated(part) for part in parts if part))

    def _on_edited(self, edit: Edit) -> None:
        contents = self._desk.contents
        for change in edit.changes:
            match change.record:
                case Project():
                    self._take_schema()
                case Article(id=id_) if contents.article is not None and id_ == contents.article.id:
                    self._show_header(contents.article)
                case Mention() | Claim() | Entity() if self._stand_in is None:
                    self._draw_change(change.record)
        if self._stand_in is not None:
            self._stand_in.take(edit)
        self._on_focus()

    def _draw_change(self, record: Mention | Claim | Entity) -> None:
        contents, board = self._desk.contents, self.view.board
        match record:
            case Mention(id=id_):
                mention = contents.mention(id_)
                if mention is None or not contents.is_shown(mention):
                    board.remove(id_)
                else:
                    board.put(self._mark(mention))
            case Entity(id=id_):
                for mention in filter(contents.is_shown, contents.mentions_of(id_)):
                    board.put(self._mark(mention))
            case Claim(id=id_):
                claim = contents.claim(id_)
                board.put_claim(id_, looks.claim_marks(claim) if claim and contents.is_shown(claim) else ())

    def _on_focus(self) -> None:
        contents, focus = self._desk.contents, self._desk.focus
        if self._stand_in is not None:
            self._stand_in.focus()
            return
        named = contents.mentions_of(focus.entity) if focus.entity and focus.mention is None else []
        related = list(filter(contents.is_shown, named))
        chosen = {mention.id for mention in related} | ({focus.mention} if focus.mention else set())
        self.view.board.choose(chosen)
        if related and focus.entity != self._shown_entity:
            start, end = self.view.in_sight()
            if not any(start <= mention.hull.start < end for mention in related):
                self.view.reveal(related[0].hull)
        self._shown_entity = focus.entity
        claim = contents.claim(focus.claim)
        self._show_header(contents.article)
        self.view.board.choose_claim(claim.id if claim else "", looks.claim_marks(claim) if claim else [])

    def _take_theme(self) -> None:
        self.view.set_colours(looks.colours(self._desk.schema, self._desk.theme), looks.shapes(self._desk.schema))

    def _take_schema(self) -> None:
        """A label got another name, key or colour."""
        for mention in self._desk.contents.shown_mentions() if self._stand_in is None else ():
            self.view.board.put(self._mark(mention))
        self._take_theme()

    def _keep_reading(self, reading: Reading) -> None:
        self._desk.settings.reading = reading


def _quality(article: Article) -> str:
    return "" if article.text_quality == "original" else article.text_quality.value
