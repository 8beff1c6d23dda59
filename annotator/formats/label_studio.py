"""Label Studio's JSON: tasks with a text, and in each an annotation for every annotator: regions and relations.

Written as its import takes it: one array, people's work as `annotations`, machines' as `predictions`. Read: that, one
task a line, `completions` of old versions, and the short JSON_MIN. Old versions counted UTF-16 units: when the words
that a task repeats fit that way only, it is read that way and told.
"""

from collections.abc import Iterator
from pathlib import Path

from annotator.domain.corpus import AnnotatedArticle, Corpus
from annotator.domain.found import Findings, FoundArticle, Losses
from annotator.formats import own_data
from annotator.formats.files import whole_file
from annotator.formats.json_parts import BadRecord, Object, mapping, objects
from annotator.formats.label_studio_tasks import article_in
from annotator.formats.regions import Arrow, Names, Region, Sheet, in_pieces


class LabelStudio:
    """Writes and reads Label Studio's JSON."""

    key = "label-studio"
    title = "Label Studio (JSON)"
    suffix = ".json"
    suffixes = (".json", ".jsonl")
    is_folder = False
    cannot = (
        "arrows between the work of two annotators",
        "events, dates and addressees of claims",
        "details of entities",
        "links between entities",
    )

    def write(self, corpus: Corpus, target: Path, losses: Losses) -> Iterator[int]:
        """Writes one array with a task for each article."""
        names = Names.of(corpus, losses)
        numbers = {name: number for number, name in enumerate(names.annotators.values(), start=1)}
        done = 0
        with whole_file(target) as file:
            file.write("[")
            for done, annotated in enumerate(corpus.articles(), start=1):
                file.write("\n" if done == 1 else ",\n")
                task = _task(annotated, names.sheet(annotated, losses), numbers, names.machines, losses)
                file.write(own_data.line_of({"id": done, **task}).rstrip("\n"))
                yield done
            file.write("\n]\n" if done else "]\n")

    def recognises(self, path: Path, head: bytes) -> bool:
        """Whether it begins with a task: its data and annotations, or the short form."""
        if path.suffix.casefold() not in self.suffixes or head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] not in {b"[", b"{"}:
            return False
        is_long = any(name in head for name in (b'"completed_by"', b'"from_name"', b'"completions"'))
        is_task = b'"data"' in head and (b'"annotations"' in head or b'"predictions"' in head)
        is_short = b'"annotation_id"' in head and b'"lead_time"' in head
        return is_long or is_task or is_short

    def read(self, path: Path, findings: Findings) -> Iterator[FoundArticle]:
        """The articles of a file, a task each."""
        for line, record in objects(path, findings):
            try:
                yield article_in(mapping(record), path.name, line, findings)
            except BadRecord as error:
                findings.problem(path.name, str(error), line)


def _task(
    annotated: AnnotatedArticle, sheet: Sheet, numbers: dict[str, int], machines: frozenset[str], losses: Losses
) -> Object:
    regions, arrows = in_pieces(sheet)
    who = {region.key: region.annotator for region in regions}
    inside = [arrow for arrow in arrows if who[arrow.origin] == who[arrow.target]]
    losses.add("arrows between the work of two annotators", len(arrows) - len(inside))
    notes = own_data.written(sheet, regions, inside)
    present = sorted(set(who.values()), key=lambda name: numbers[name])
    notes["annotators"] = {str(numbers[name]): name for name in present}
    annotations: list[Object] = []
    predictions: list[Object] = []
    for name in present:
        result = _result(
            [one for one in regions if one.annotator == name], [a for a in inside if who[a.origin] == name]
        )
        if name in machines:
            predictions.append({"model_version": name, "result": result})
        else:
            annotations.append({"completed_by": numbers[name], "was_cancelled": False, "result": result})
    data = {"text": annotated.text, **own_data.article_fields(annotated.article), own_data.KEY: notes}
    # As its own exports: whoever looks at the beginning of a file sees what it is, however long the text.
    return {"annotations": annotations, "predictions": predictions, "data": data}


def _result(regions: list[Region], arrows: list[Arrow]) -> list[Object]:
    marked: list[Object] = [
        {
            "id": region.key,
            "from_name": "label",
            "to_name": "text",
            "type": "labels",
            "value": {
                "start": region.spans[0].start,
                "end": region.spans[0].end,
                "labels": [region.label],
                **({"text": region.quote} if region.quote else {}),
            },
        }
        for region in regions
    ]
    related: list[Object] = [
        {
            "from_id": arrow.origin,
            "to_id": arrow.target,
            "type": "relation",
            "direction": "right",
            "labels": [arrow.label],
        }
        for arrow in arrows
    ]
    return marked + related
