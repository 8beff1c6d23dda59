"""About the program, and its manual."""

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

from annotator import paths
from annotator.services.places import GEONAMES_CREDIT
from annotator.services.versions import versions
from annotator.ui.widgets.plain import tell


class _Manual(QTextBrowser):
    def loadResource(self, kind: int, name: QUrl | str) -> None:
        """Nothing: the manual has no pictures and follows no links out of itself."""
        del kind, name


def show_manual(parent: QWidget) -> None:
    """Opens the manual beside the window."""
    dialog = QDialog(parent)
    dialog.setWindowTitle("Manual")
    dialog.resize(860, 760)
    text = _Manual()
    text.setOpenLinks(False)
    text.setMarkdown(paths.resource("manual/manual.md").read_text(encoding="utf-8"))
    text.document().setDocumentMargin(24)
    text.anchorClicked.connect(lambda url: text.scrollToAnchor(url.fragment()))
    whole = QVBoxLayout(dialog)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.addWidget(text)
    dialog.show()


def show_about(parent: QWidget) -> None:
    """Versions, licence, and where settings and the log are."""
    tell(
        parent,
        "About Annotator",
        f"{versions()}\n\nSettings: {paths.settings_file()}\nLog: {paths.log_file()}\n\n"
        f"MIT licence. This window never uses the network.\n{GEONAMES_CREDIT} Outlines: Natural Earth.",
    )
