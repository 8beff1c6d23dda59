"""What brat is told beside the files: everything that stands in them is declared."""

from pathlib import Path

from annotator.domain.corpus import AnnotatedArticle
from annotator.domain.values import Value
from annotator.formats.brat import BratWriter
from tests.building import make_annotator, make_article, make_claim, make_project
from tests.formats.round_trip_brat import MemoryCorpus, written

TEXT = "Ana Ruiz said no. Bo Lind said yes."


def sections(conf: str) -> dict[str, dict[str, str]]:
    """What a configuration file declares, and as what."""
    found: dict[str, dict[str, str]] = {}
    for line in filter(None, conf.split("\n")):
        if line.startswith("["):
            found[line[1:-1]] = own = {}
        else:
            name, _, rest = line.partition("\t")
            own[name] = rest
    return found


def test_brat_knows_the_event_types_of_claims_and_what_they_may_have(tmp_path: Path) -> None:
    article = make_article(TEXT)
    of_type = (Value("event_type", ("Speech act",)),)
    inner = make_claim(article, TEXT, "no", by="Ana Ruiz", attributes=of_type, manner="direct")
    claims = (inner, make_claim(article, TEXT, "yes", by="Bo Lind", within=inner.id))
    annotated = AnnotatedArticle(article, TEXT, (), claims, (), ())
    written(BratWriter(), MemoryCorpus(make_project(), (make_annotator(),), (), (), (annotated,)), tmp_path / "out")
    conf = sections((tmp_path / "out" / "annotation.conf").read_text(encoding="utf-8"))
    (file,) = (tmp_path / "out").rglob("*.ann")
    lines = file.read_text(encoding="utf-8").splitlines()
    used = {line.split("\t")[1].split(":")[0] for line in lines if line.startswith("E")}
    assert used == {"Attribution", "Speech_act"} == set(conf["events"])
    assert all("Within?:Attribution|Speech_act" in roles for roles in conf["events"].values())
    assert conf["attributes"]["manner"].startswith("Arg:Attribution|Speech_act, Value:")
    both_ways = "Arg1:Attribution|Speech_act, Arg2:Attribution|Speech_act"
    assert set(conf["relations"].values()) == {both_ways}


def test_event_types_that_no_claim_has_are_not_declared(tmp_path: Path) -> None:
    article = make_article(TEXT)
    annotated = AnnotatedArticle(article, TEXT, (), (make_claim(article, TEXT, "no"),), (), ())
    written(BratWriter(), MemoryCorpus(make_project(), (make_annotator(),), (), (), (annotated,)), tmp_path / "out")
    conf = sections((tmp_path / "out" / "annotation.conf").read_text(encoding="utf-8"))
    assert set(conf["events"]) == {"Attribution"}
