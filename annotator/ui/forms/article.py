"""What is known about the article."""

from annotator.domain.articles import Article, TextQuality
from annotator.editing.describing import describe_article
from annotator.ui.article.hidden import list_hidden
from annotator.ui.desk import Desk
from annotator.ui.forms.fields import ChoiceField, LineField, as_is
from annotator.ui.forms.form import Form

_LINES = (
    ("title", "Title", ""),
    ("publisher", "Publisher", ""),
    ("byline", "By-line", ""),
    ("published", "Published", "such as 2021-08-22"),
    ("language", "Language", "en, fa, ar, …"),
    ("url", "Address", "https://"),
)


class ArticleForm(Form):
    """Title, publisher, date and the like; the text itself never changes."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._article: Article | None = None
        self._hidden = ("", "")
        for key, words, hint in _LINES:
            self.add_field(key, words, LineField(words, hint), self._save)
        self.fields["published"].setToolTip("Without it “Friday” and “last week” mean no day")
        qualities = as_is(quality.value for quality in TextQuality)
        self.add_field("text_quality", "Text quality", ChoiceField("Text quality", qualities), self._save)

    def show_article(self, article: Article | None) -> None:
        """Shows an article; an empty form without one."""
        self._article = article
        self.setEnabled(article is not None)
        self.heading.setText("This article" if article else "No article")
        for key, field in self.fields.items():
            field.show_value(str(getattr(article, key)) if article else "")  # type: ignore[arg-type]
        if article is None:
            self.foot.setText("")
            return
        self.show_signature(article.author, article.created, article.changed)
        read = f", read as {article.encoding}" if article.encoding else ""
        came = f"From {article.imported_from}{read}. " if article.imported_from else ""
        hidden = self._hidden_words(self.desk.contents.text)
        # Who brought an article in often coded it too: a number would give her away.
        by = "" if self.desk.names.are_hidden else f"\nImported by {self.foot.text()}."
        self.foot.setText(f"{came}{article.length:,} characters{hidden}.{by}")

    def _hidden_words(self, text: str) -> str:
        if self._hidden[0] != text:
            kinds = list_hidden(text)
            count, turning = sum(kind.count for kind in kinds), sum(kind.count for kind in kinds if kind.turns)
            words = f", {count:,} of them hidden" if count else ""
            words += f" ({turning:,} change the writing direction)" if turning else ""
            self._hidden = (text, words)
        return self._hidden[1]

    def _save(self, key: str, value: object) -> None:
        if self._article is not None:
            wanted = TextQuality(str(value)) if key == "text_quality" else value
            if self.desk.do(describe_article, self._article.id, **{key: wanted}) is None:
                article = self._article
                self.was_not_saved(lambda: self.show_article(article))
