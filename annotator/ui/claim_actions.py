"""The actions of the menu Claim: its parts, what happened, links, and the claims of the whole project."""

from annotator.ui.acting import MARKING, Action, on_text

CLAIM_ACTIONS: tuple[Action, ...] = (
    on_text(
        "claim",
        "Claim",
        "New claim from selection",
        ("C",),
        lambda c: c.claims.make(),
        mode=MARKING,
        is_enabled=lambda c: not c.review.is_on,
    ),
    Action(
        "content", "Claim", "Add selection to content", ("Shift+C",), lambda c: c.claims.add_content(), on_article=True
    ),
    Action("source", "Claim", "Add source", ("S",), lambda c: c.claims.add_source(), on_article=True),
    Action("cue", "Claim", "Set cue", ("U",), lambda c: c.claims.set_cue(), on_article=True),
    Action("within", "Claim", "Put inside another claim…", ("I",), lambda c: c.put_within(), on_article=True, group=1),
    Action(
        "within previous",
        "Claim",
        "Move in or out of the claim before",
        ("Shift+I",),
        lambda c: c.claims.put_within_previous(),
        on_article=True,
        group=1,
    ),
    Action("about", "Claim", "Say what it is about…", ("B",), lambda c: c.add_about(), on_article=True, group=1),
    on_text("addressee", "Claim", "Said to", ("T",), lambda c: c.recounting.set_addressee(), group=2),
    on_text("medium", "Claim", "The medium’s words", ("M",), lambda c: c.recounting.set_medium_words(), group=2),
    on_text("said on", "Claim", "Said on this day", ("Shift+S",), lambda c: c.recounting.set_said_on(), group=2),
    on_text("actors", "Claim", "Who did it", ("Shift+A",), lambda c: c.recounting.add_party("actors"), group=3),
    on_text(
        "recipients",
        "Claim",
        "To whom it was done",
        ("Shift+T",),
        lambda c: c.recounting.add_party("recipients"),
        group=3,
    ),
    on_text("event place", "Claim", "Where it happened", ("Shift+L",), lambda c: c.recounting.set_place(), group=3),
    on_text("event date", "Claim", "When it happened", ("Shift+D",), lambda c: c.recounting.set_event_date(), group=3),
    on_text("number", "Claim", "How many", ("Shift+Q",), lambda c: c.recounting.add_quantity(), group=3),
    on_text("link claim", "Claim", "Link to another claim…", ("K",), lambda c: c.relating.link_claim(), group=4),
    Action(
        "claims table", "Claim", "Claims of the project…", ("Ctrl+Shift+C",), lambda c: c.show_claims("claims"), group=5
    ),
    Action(
        "accounts", "Claim", "Accounts that differ…", ("Ctrl+Shift+A",), lambda c: c.show_claims("accounts"), group=5
    ),
    Action("problems", "Claim", "Problems…", ("Ctrl+Shift+P",), lambda c: c.show_claims("problems"), group=5),
    Action(
        "delete claim", "Claim", "Delete claim", ("Shift+Del",), lambda c: c.claims.remove(), on_article=True, group=1
    ),
)
