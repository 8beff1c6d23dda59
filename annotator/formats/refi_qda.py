"""REFI-QDA, which ATLAS.ti, MAXQDA, NVivo, QualCoder and others exchange: projects (.qdpx) and codebooks (.qdc).

Every article is a text source, every stretch a coded selection; a claim's source, cue and content are selections that
links join. Positions count code points, carriage returns among them. Programs that have no links between selections
drop those.
"""

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from annotator.domain.corpus import Corpus
from annotator.domain.found import Findings, FoundArticle, Losses
from annotator.formats.archives import Packing
from annotator.formats.files import whole_file, whole_path
from annotator.formats.refi_qda_codes import Codes
from annotator.formats.refi_qda_reading import articles_in, labels_in
from annotator.formats.refi_qda_writing import VARIABLES, Sources
from annotator.formats.regions import Names
from annotator.formats.xml_parts import Spelling

_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPOOLED = 1_000_000


class RefiQda:
    """Writes and reads projects."""

    key = "refi-qda"
    title = "REFI-QDA project (.qdpx)"
    suffix = ".qdpx"
    suffixes = (".qdpx",)
    is_folder = False
    cannot = ("events, dates and addressees of claims", "details of entities", "links between entities")

    def write(self, corpus: Corpus, target: Path, losses: Losses) -> Iterator[int]:
        """Writes the project. Codes stand before the sources that use them, so that sources wait in a file beside."""
        spelling = Spelling(losses)
        names, codes = Names.of(corpus, losses), Codes(corpus, spelling)
        sources = Sources(corpus.project.id, names, codes, spelling, losses)
        with (
            whole_path(target) as beside,
            zipfile.ZipFile(beside, "w") as file,
            tempfile.SpooledTemporaryFile(_SPOOLED) as waiting,
            tempfile.SpooledTemporaryFile(_SPOOLED) as links,
        ):
            packing = Packing(file)
            for done, annotated in enumerate(corpus.articles(), start=1):
                source, drawn = sources.written(annotated)
                waiting.write(source.encode())
                links.write(drawn.encode())
                packing.add(f"sources/{annotated.article.id}.txt", annotated.text.encode())
                yield done
            with packing.adding("project.qde") as project:
                for piece in self._front(corpus, names, codes, sources, spelling):
                    project.write(piece.encode())
                for name, spooled in (("Sources", waiting), ("Links", links)):
                    if spooled.tell():
                        project.write(f"<{name}>\n".encode())
                        spooled.seek(0)
                        shutil.copyfileobj(spooled, project)
                        project.write(f"</{name}>\n".encode())
                project.write(b"</Project>\n")

    def _front(self, corpus: Corpus, names: Names, codes: Codes, sources: Sources, spelling: Spelling) -> Iterator[str]:
        tag = spelling.tag
        said = {
            "xmlns": "urn:QDA-XML:project:1.0",
            "name": corpus.project.name or "Annotator",
            "origin": "Annotator",
            "creationDateTime": corpus.project.created,
        }
        yield _XML + tag("Project", said, "\n").removesuffix("</Project>")
        users = [tag("User", {"guid": str(id_), "name": name}) + "\n" for id_, name in names.annotators.items()]
        yield f"<Users>\n{''.join(users)}</Users>\n" if users else ""
        yield "<CodeBook>\n"
        yield from codes.written(sources.labels, sources.zones, corpus.entities())
        yield "</CodeBook>\n"
        variables = [
            tag("Variable", {"guid": sources.variable(name), "name": title, "typeOfVariable": "Text"}) + "\n"
            for name, title in VARIABLES.items()
        ]
        yield f"<Variables>\n{''.join(variables)}</Variables>\n"

    def recognises(self, path: Path, head: bytes) -> bool:
        """Whether it is packed and ends as projects do."""
        return path.suffix.casefold() == self.suffix and head.startswith(b"PK")

    def read(self, path: Path, findings: Findings) -> Iterator[FoundArticle]:
        """The articles of a project, one by one; its codes and its links, which stand last, are kept."""
        yield from articles_in(path, findings)


class RefiCodebook:
    """Writes and reads codebooks: labels without texts."""

    key = "refi-qdc"
    title = "REFI-QDA codebook (.qdc)"
    suffix = ".qdc"
    suffixes = (".qdc",)
    is_folder = False
    cannot = ("anything but labels, the parts of claims and kinds of zones",)

    def write(self, corpus: Corpus, target: Path, losses: Losses) -> Iterator[int]:
        """Writes the codes; of the articles nothing is read."""
        with whole_file(target) as file:
            file.write(f'{_XML}<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Annotator">\n')
            file.writelines(Codes(corpus, Spelling(losses)).written((), (), ()))
            file.write("</CodeBook>\n")
        yield from range(1, corpus.article_count() + 1)

    def recognises(self, path: Path, head: bytes) -> bool:
        """Whether it ends as codebooks do and is one."""
        return path.suffix.casefold() == self.suffix and b"CodeBook" in head.replace(b"\0", b"")

    def read(self, path: Path, findings: Findings) -> Iterator[FoundArticle]:
        """No articles: what a codebook has are labels, which the findings name."""
        labels_in(path, findings)
        yield from ()
