"""What the actions act on: the desk, the article, the panels, and the few things that need several of them."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow

from annotator.domain.assignments import State
from annotator.domain.edits import Edit
from annotator.domain.ids import ArticleId, ClaimId, EntityId
from annotator.domain.spans import Span
from annotator.editing import claiming, describing, queueing
from annotator.errors import AnnotatorError, EditRefused
from annotator.ui.article.asking import Asking
from annotator.ui.article.claim_marking import ClaimMarking
from annotator.ui.article.find_bar import FindBar
from annotator.ui.article.hover import HoverCard
from annotator.ui.article.marking import Marking
from annotator.ui.article.moving import Moving
from annotator.ui.article.placing import Placing
from annotator.ui.article.reading import USUAL, Density
from annotator.ui.article.recounting import Recounting
from annotator.ui.article.relating import Relating
from annotator.ui.article.same_bar import SameBar
from annotator.ui.article.suggesting import Suggesting
from annotator.ui.article.valuing import Valuing
from annotator.ui.article.view import ArticleView
from annotator.ui.article.zones import Zones
from annotator.ui.concordance import Concordance
from annotator.ui.desk import Desk
from annotator.ui.edits import sentence
from annotator.ui.files import Files
from annotator.ui.palette import Palette
from annotator.ui.panels.inspector import InspectorPanel
from annotator.ui.panels.queue import QueuePanel
from annotator.ui.repeating import Repeating
from annotator.ui.reviewing import Reviewing
from annotator.ui.team import Team
from annotator.ui.whose import WHOSE
from annotator.ui.widgets.waiting import waiting


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Controls:
    """Handed to every action."""

    desk: Desk
    window: QMainWindow
    view: ArticleView
    marking: Marking
    moving: Moving
    repeating: Repeating
    valuing: Valuing
    zones: Zones
    card: HoverCard
    claims: ClaimMarking
    recounting: Recounting
    relating: Relating
    placing: Placing
    asking: Asking
    find: FindBar
    same: SameBar
    palette: Palette
    files: Files
    queue: QueuePanel
    inspector: InspectorPanel
    team: Team
    review: Reviewing
    suggesting: Suggesting
    show_shortcuts: Callable[[], None]
    concordance: Callable[[], Concordance]
    open_claims: Callable[[str], None]
    open_pairs: Callable[[], None]
    show_keys: Callable[[], None]

    def export(self) -> None:
        """Asks for a format, which articles and whose records, and writes them."""
        from annotator.ui.corpora import Corpora

        self.inspector.commit()
        Corpora(self.desk, self.window).ask_export(self.queue.listed)

    def undo(self) -> None:
        """Takes back the last edit and says which."""
        with waiting():
            edit = self.desk.attempt(self.desk.workspace.undo)
        self._tell("Undone", edit, "There is nothing to undo.")

    def redo(self) -> None:
        """Does again what was undone last."""
        with waiting():
            edit = self.desk.attempt(self.desk.workspace.redo)
        self._tell("Done again", edit, "There is nothing to redo.")

    def reload(self) -> None:
        """Reads the project again, after another program wrote to it."""
        self.inspector.commit()
        article = self.desk.focus.article
        try:
            self.desk.workspace.records.reload()
            self.desk.contents.show(article)
        except EditRefused:  # the other program took the article away
            self.desk.contents.show(None)
            self.desk.focus.show_article(None)
        except AnnotatorError as error:
            self.desk.notices.failed.emit(str(error))
            return
        self.desk.focus.clear()
        self.queue.read()
        self.desk.notices.read_again.emit()
        self.desk.notices.said.emit("Read again from the file.")

    def _tell(self, what: str, edit: Edit | None, otherwise: str) -> None:
        if edit is None:
            self.desk.notices.refused.emit(otherwise)
            return
        self.desk.notices.said.emit(f"{what}: {sentence(edit.kind, edit.subject)}.")

    def remove(self) -> None:
        """Removes the chosen mention; without one, deletes the chosen claim."""
        if self.marking.mention is not None:
            self.marking.remove()
        elif self.claims.claim is not None:
            self.claims.remove()
        else:
            self.desk.notices.refused.emit("Choose a mention or a claim first.")

    def let_go(self) -> None:
        """First of the selection, then of the mention, then of everything chosen."""
        if self.view.selection() is not None:
            self.view.put_caret(self.view.caret)
        elif self.marking.mention is not None:
            self.desk.focus.choose_mention(None)
        else:
            self.desk.focus.clear()

    def put_within(self) -> None:
        """Asks in whose words the chosen claim is quoted."""
        claim = self.claims.claim
        if claim is None:
            self.desk.notices.refused.emit(
                f"Choose a claim first: {self.desk.keys.name('next claim')} goes to the next one."
            )
        else:
            self.asking.claim_around(claim)

    def add_about(self) -> None:
        """Says that the chosen claim is about the chosen mention's entity; asks when none is chosen."""
        claim, mention = self.claims.claim, self.marking.mention
        if claim is None:
            self.desk.notices.refused.emit(
                f"Choose a claim first: {self.desk.keys.name('next claim')} goes to the next one."
            )
        elif mention is not None and mention.entity:
            self.say_about(mention.entity)
        else:
            self.asking.about(claim, self.say_about)

    def say_about(self, entity: EntityId) -> None:
        """Says that the chosen claim is about an entity."""
        claim = self.claims.claim
        if claim is not None and entity not in claim.about:
            self.desk.do(describing.describe_claim, claim.id, about=(*claim.about, entity))

    def add_source_from_list(self) -> None:
        """Puts the chosen claim down to an entity that no words of the article are marked for."""
        claim = self.claims.claim
        if claim is not None:
            sources = tuple(source.entity for source in claim.sources if source.entity)

            def take(entity: EntityId) -> None:
                self.desk.do(claiming.add_entity_as_source, claim.id, entity)

            self.asking.entity("Who says so?", claim, take, but=sources)

    def show_claim(self, claim: ClaimId) -> None:
        """Shows a claim of any article, with its words."""
        try:
            found = self.desk.workspace.records.claim(claim)
        except EditRefused as refusal:
            self.desk.notices.refused.emit(str(refusal))
            return
        self.inspector.commit()
        self.desk.focus.show_article(found.article)
        self.claims.choose(claim)

    def show_claims(self, tab: str) -> None:
        """Opens the window on the claims of the whole project at one of its pages: claims, accounts, problems."""
        self.inspector.commit()
        self.open_claims(tab)

    def ask_same(self) -> None:
        """Asks of entities that look alike whether they are one."""
        self.inspector.commit()
        self.open_pairs()

    def import_names(self) -> None:
        """Asks for a list of known actors and places and brings it in."""
        from annotator.ui.name_lists import NameLists

        NameLists(self.desk, self.window).bring_in()

    def export_names(self) -> None:
        """Asks where and writes the project's entities as a list."""
        from annotator.ui.name_lists import NameLists

        NameLists(self.desk, self.window).write()

    def look_up_place(self, entity: EntityId) -> None:
        """Looks a place up in the gazetteer."""
        self.placing.look_up(entity)

    def point_on_map(self, entity: EntityId) -> None:
        """Asks for a click on the map."""
        self.placing.ask_point(entity)

    def go_to_entity(self, entity: EntityId) -> None:
        """Goes to the entity's next mention from the caret on; to another article when this one has none."""
        mentions = self.desk.contents.mentions_of(entity)
        if mentions:
            following = (mention for mention in mentions if mention.hull.start > self.view.caret)
            self.marking.choose(next(following, mentions[0]))
            return
        used = self.desk.workspace.records.used_in(entity, 1)
        if used:
            self.go_to(used[0].article, used[0].span)
        self.desk.focus.choose_entity(entity)

    def split(self, entity: EntityId) -> None:
        """Takes some of an entity's mentions out into a new one."""
        from annotator.ui.dialogs.splitting import SplitDialog

        SplitDialog(self.desk, entity, self.window).open()

    def tag_same(self) -> None:
        """Offers the other places of this article with the words of the mention tagged or chosen last."""
        mention = self.marking.recent
        if mention is None:
            self.desk.notices.refused.emit("Tag a name first, or choose a mention: then G finds the same words.")
            return
        self.find.hide()
        self.same.open(mention)

    def same_everywhere(self) -> None:
        """Searches all articles for the words of the mention tagged or chosen last."""
        mention = self.marking.recent
        if mention is None:
            self.desk.notices.refused.emit("Tag a name first, or choose a mention: then Shift+G finds it everywhere.")
        else:
            self.find_everywhere(mention.quote)

    def find_everywhere(self, words: str = "") -> None:
        """Opens the search in all articles with these words, or with what is selected."""
        selection = self.view.selection()
        if not words and selection is not None and len(selection) < 100:
            words = selection.cut(self.view.text)
        self.concordance().open_with(words)

    def go_to(self, article: ArticleId, span: Span) -> None:
        """Shows words of an article and selects them."""
        self.inspector.commit()
        self.desk.focus.show_article(article)
        self.view.show_span(span)
        self.view.select(span)

    def toggle_snapping(self) -> None:
        """Selections snap to whole words, or stay as they are."""
        self.view.snaps = self.desk.settings.snaps = not self.view.snaps
        self.desk.notices.said.emit("Selections snap to whole words." if self.view.snaps else "No snapping to words.")

    def show_whose(self, whose: str) -> None:
        """Whose marks the article shows, now and on another day."""
        self.desk.settings.whose = whose
        self.desk.contents.show_whose(whose)
        self.desk.notices.said.emit(f"{WHOSE[whose]}.")

    def set_state(self, state: State) -> None:
        """Says how far the article is."""
        if self.desk.focus.article is not None:
            self.desk.do(queueing.set_state, self.desk.focus.article, state)

    def done(self) -> None:
        """The article is done; shows the next one."""
        self.inspector.commit()
        article = self.desk.focus.article
        if article is not None:
            row = self.desk.workspace.records.assignment(article, self.desk.workspace.author.annotator)
            if row is None or row.state is not State.DONE:
                self.set_state(State.DONE)
        self.queue.step(forward=True)

    def go_to_text(self) -> None:
        """Puts the keyboard on the article."""
        self.inspector.commit()
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def edit(self) -> None:
        """Puts the keyboard into the inspector, which is brought back if it was closed; takes a suggestion first."""
        self.suggesting.accept_to_edit()
        self.show_panel("inspector")
        self.inspector.enter()

    def go_to_filter(self) -> None:
        """Puts the keyboard into the filter of the queue, which is brought back if it was closed."""
        self.show_panel("queue")
        self.queue.filter_box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.queue.filter_box.selectAll()

    def show_panel(self, id_: str) -> None:
        """Shows a panel and puts the keyboard into its list."""
        dock = self.window.findChild(QDockWidget, id_)
        if dock is not None:
            dock.show()
            dock.raise_()
            panel = dock.widget()
            (getattr(panel, "list", None) or panel).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def zoom(self, step: int) -> None:
        """Makes the text larger or smaller by a point; 0 makes it as usual."""
        self.view.set_font_size(self.view.font_size + step if step else USUAL)

    def set_density(self, density: Density) -> None:
        """How much of the marks shows."""
        self.view.set_reading(replace(self.view.reading, density=density))
        self.desk.notices.said.emit(f"{density.words}.")

    def change_density(self, step: int) -> None:
        """The next density, or the one before."""
        self.set_density(self.view.reading.density.after(step))

    def toggle_numbers(self) -> None:
        """Shows or hides the numbers of paragraphs."""
        self.view.set_reading(replace(self.view.reading, numbers=not self.view.reading.numbers))

    def toggle_hidden(self) -> None:
        """Shows or hides signs for characters that do not show."""
        self.view.set_reading(replace(self.view.reading, hidden=not self.view.reading.hidden))

    def show_card(self) -> None:
        """Shows the card of what is at the caret, as the mouse does."""
        mention = self.marking.mention
        if not self.card.open_at(mention.hull.start if mention else self.view.caret):
            self.desk.notices.refused.emit("Nothing is marked at the caret.")

    def list_hidden(self) -> None:
        """Lists the characters of this article that do not show."""
        from annotator.ui.dialogs.hidden import HiddenDialog

        HiddenDialog(self.view, self.window).open()

    def choose_theme(self, choice: str) -> None:
        """system, light or dark."""
        self.desk.settings.theme = choice
        self.desk.theme.choose(choice)

    def show_preferences(self) -> None:
        """How the article is set."""
        from annotator.ui.dialogs.preferences import Preferences

        Preferences(self.desk, self.view, self.choose_theme, self.window).open()

    def show_labels(self) -> None:
        """The schema: labels, fields, kinds, links, zones, lists."""
        from annotator.ui.dialogs.schema.dialog import SchemaDialog

        self.inspector.commit()
        SchemaDialog(self.desk, self.window).open()

    def show_figures(self) -> None:
        """What became of suggestions, by who made them."""
        from annotator.ui.dialogs.suggestions import SuggestionFigures

        SuggestionFigures(self.desk, self.window).open()

    def show_suggesters(self) -> None:
        """Who suggests, and under which labels."""
        from annotator.ui.dialogs.suggesters import Suggesters

        Suggesters(self.desk, self.suggesting.renew, self.window).open()

    def show_learning(self) -> None:
        """Trains on what was annotated, and asks whether to use it."""
        from annotator.ui.dialogs.learning import Learning

        Learning(self.desk, self.suggesting.renew, self.window).show()

    def show_manual(self) -> None:
        """The manual, in a window of its own."""
        from annotator.ui.dialogs.about import show_manual

        show_manual(self.window)

    def show_about(self) -> None:
        """Versions, licence and where things are."""
        from annotator.ui.dialogs.about import show_about

        show_about(self.window)
