"""What a UIMA document holds for us: its text, the spans on it with their slots, relations and chains."""

import json
from collections import Counter

from annotator.domain.found import Findings
from annotator.domain.spans import Span
from annotator.formats.cas_structures import (
    ARRAY,
    DEPENDENT,
    DOCUMENT,
    FIRST,
    GOVERNOR,
    INITIAL_VIEW,
    META_DATA,
    NEXT,
    ROLE,
    SENTENCE,
    TARGET,
    TOKEN,
    Cas,
    Sofa,
    Structure,
)
from annotator.formats.inception_folder import Paper
from annotator.formats.inception_layers import FIELDS, Joined, Marked, Page
from annotator.formats.json_parts import BadRecord, Object, text_in
from annotator.formats.utf16 import Units

_FRAME = frozenset({SENTENCE, TOKEN, META_DATA, DOCUMENT})
_PLACES = frozenset({"begin", "end", "sofa"})
_UNKNOWN_LANGUAGE = "x-unspecified"
_OF_INCEPTION = "de.tudarmstadt.ukp.clarin.webanno.api.type."
"""Its own notes about a project, which are no annotations."""


def paper_of(cas: Cas, name: str, findings: Findings) -> Paper:
    """The text and its spans; name is for reports. Raises BadRecord when there is no text."""
    with_text = [sofa for sofa in cas.sofas if sofa.text.strip()]
    if not with_text:
        raise BadRecord("it has no text (no Sofa with a sofaString)")
    with_text.sort(key=lambda sofa: sofa.name != INITIAL_VIEW)
    if len(with_text) > 1:
        findings.leave_out("further texts (views) of the same document", len(with_text) - 1)
    return _Reading(cas, with_text[0], name, findings).paper()


class _Reading:
    def __init__(self, cas: Cas, sofa: Sofa, name: str, findings: Findings) -> None:
        self._structures, self._sofa, self._name, self._findings = cas.structures, sofa, name, findings
        self._members = cas.members.get(sofa.id)
        self._text = text_in(sofa.text)
        self._units = Units(self._text)
        self._outside: Counter[str] = Counter()
        self._page = Page()
        self._fields: Object = {}

    def paper(self) -> Paper:
        chains = self._chains()
        for structure in self._structures.values():
            if self._members is not None and structure.id not in self._members:
                continue
            if structure.refs.get("sofa", [self._sofa.id]) != [self._sofa.id]:
                continue
            if structure.type in _FRAME:
                self._about(structure)
            elif structure.type.startswith(_OF_INCEPTION) or "begin" not in structure.values:
                continue
            elif GOVERNOR in structure.refs and DEPENDENT in structure.refs:
                self._relation(structure)
            else:
                self._mark(structure, chains.get(structure.id, ""))
        for kind, times in self._outside.items():
            self._findings.problem(self._name, f"{times:,} annotations of {kind} are on no stretch of the text")
        return Paper(self._text, self._page, self._fields)

    def _about(self, structure: Structure) -> None:
        language = structure.values.get("language", "")
        if language and language != _UNKNOWN_LANGUAGE:
            self._fields["language"] = language
        title = structure.values.get("documentTitle", "")
        # INCEpTION puts the file's name in both.
        if title and title != structure.values.get("documentId"):
            self._fields["title"] = title

    def _chains(self) -> dict[int, str]:
        """The chain that each of its links belongs to."""
        found: dict[int, str] = {}
        for head in self._structures.values():
            at = head.refs.get(FIRST, [])[:1] if "begin" not in head.values else []
            while at and at[0] in self._structures and at[0] not in found:
                found[at[0]] = f"{head.type}-{head.id}"
                at = self._structures[at[0]].refs.get(NEXT, [])[:1]
        return found

    def _mark(self, structure: Structure, chain: str) -> None:
        try:
            begin, end = (self._units.letter(int(structure.values.get(name, "-1"))) for name in ("begin", "end"))
            if begin > end:
                raise BadRecord("it ends before it begins")
        except ValueError:  # of int, and BadRecord, which is one
            self._outside[structure.type] += 1
            return
        if begin == end:
            self._findings.leave_out("annotations that hold no letter")
            return
        features = {name: value for name, value in structure.values.items() if name not in _PLACES}
        lists = {name: said for name, said in structure.lists.items() if any(said)}
        if lists and FIELDS not in features:
            features[FIELDS] = json.dumps(lists, ensure_ascii=False)
        roles = [
            (name, self._structures[link].values.get(ROLE, ""), str(target))
            for name, ids in structure.refs.items()
            for link in self._elements(ids)
            for target in self._structures[link].refs.get(TARGET, [])
        ]
        self._page.marks.append(Marked(str(structure.id), structure.type, Span(begin, end), features, roles, chain))

    def _elements(self, ids: list[int]) -> list[int]:
        """The structures that are meant: those in a list when it is one."""
        there = [one for one in ids if one in self._structures]
        if len(there) == 1 and self._structures[there[0]].type == ARRAY:
            there = [one for one in self._structures[there[0]].refs.get("elements", []) if one in self._structures]
        return there

    def _relation(self, structure: Structure) -> None:
        features = {name: value for name, value in structure.values.items() if name not in _PLACES}
        for origin in structure.refs[GOVERNOR]:
            for target in structure.refs[DEPENDENT]:
                self._page.joins.append(Joined(structure.type, str(origin), str(target), features))
