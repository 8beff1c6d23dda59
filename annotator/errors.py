"""The errors a user can meet, in one tree.

AnnotatorError
├── EditRefused            a gesture that cannot be done; shown in the status bar
│   └── NotYours           the record is another person's
├── ProjectFileError       the project file cannot be opened, read or written
│   ├── ForeignFile        not a project of this program
│   ├── NewerProject       made by a newer version of this program
│   ├── DamagedProject     the content contradicts itself
│   ├── LockedProject      another program holds the file
│   ├── ReadOnlyProject    the file or its folder cannot be written
│   ├── DiskFull           no room left
│   └── ProjectChanged     another program changed or replaced the file underneath us
├── DamagedCache           a list of places that has to be made anew
├── FormatError            a file in a foreign format cannot be read; names file and line
├── UnreadableDocument     a document that no article can be made of; the text says why, without the file's name
├── UndecodableText        bytes that are no text in the encoding tried
└── WorkStopped            work in another process that was given up or has failed
"""

_LONGEST, _MOST = 800, 20
"""Characters of a line, and lines, that anybody reads of an error."""


class AnnotatorError(Exception):
    """Something the user can understand and act on; its text is a whole sentence."""


class EditRefused(AnnotatorError):
    """A gesture that cannot be done here; nothing was changed."""


class NotYours(EditRefused):
    """A gesture that would change what another person recorded; words is the text with {name} for hers.

    author is her id, so that a face that hides names can call her otherwise.
    """

    def __init__(self, words: str, author: str, name: str) -> None:
        super().__init__(words.format(name=name))
        self.words, self.author = words, author


class ProjectFileError(AnnotatorError):
    """The project file cannot be opened, read or written."""


class ForeignFile(ProjectFileError):
    """The file is not a project of this program."""


class NewerProject(ProjectFileError):
    """The file was made by a newer version of this program."""


class DamagedProject(ProjectFileError):
    """The file's content contradicts itself."""


class LockedProject(ProjectFileError):
    """Another program is writing to the file."""


class ReadOnlyProject(ProjectFileError):
    """The file or its folder cannot be written."""


class DiskFull(ProjectFileError):
    """There is no room left for the change."""


class ProjectChanged(ProjectFileError):
    """Another program changed, replaced or removed the file while it was open."""


class DamagedCache(AnnotatorError):
    """A file in the cache cannot be read and has to be made anew."""


class FormatError(AnnotatorError):
    """A file in a foreign format cannot be read; the text names the file and the line.

    Both this and UnreadableDocument may repeat what is in a file: halves of letters are replaced, which nothing could
    show, and of a long text the beginning and the end are kept.
    """

    def __init__(self, words: str) -> None:
        super().__init__(_tellable(words))


class UnreadableDocument(AnnotatorError):
    """A document that no article can be made of; the text says why, to stand after the file's name."""

    def __init__(self, words: str) -> None:
        super().__init__(_tellable(words))


class UndecodableText(AnnotatorError):
    """Bytes that are no text in the encoding tried."""


class WorkStopped(AnnotatorError):
    """Work in another process that was given up or has failed; the text says why, to stand after what it was about.

    position is where the work was, as it said itself.
    """

    def __init__(self, words: str, position: int = 0) -> None:
        super().__init__(words, position)
        self.position = position

    def __str__(self) -> str:
        return str(self.args[0])


def _tellable(words: str) -> str:
    lines = words.split("\n")[:_MOST]
    words = "\n".join(
        f"{line[: _LONGEST * 3 // 4]} … {line[-_LONGEST // 4 :]}" if len(line) > _LONGEST else line for line in lines
    )
    return words if words.isascii() else words.encode("utf-8", "replace").decode("utf-8")
