"""What the inspector's forms ask of the window, said once: each errand is one of the controls' own doings."""

from collections.abc import Callable
from typing import ParamSpec

from annotator.domain.ids import ClaimId, EntityId
from annotator.domain.links import Between, Link
from annotator.ui.controls import Controls
from annotator.ui.forms.errands import ClaimErrands, EntityErrands, Errands, MentionErrands

P = ParamSpec("P")


def make_errands(controls: Callable[[], Controls]) -> Errands:
    """The errands; controls answers the window's controls, which are made after the inspector."""

    def later(pick: Callable[[Controls], Callable[P, object]]) -> Callable[P, None]:
        def run(*args: P.args, **kwargs: P.kwargs) -> None:
            pick(controls())(*args, **kwargs)

        return run

    def ask_entity(title: str, take: Callable[[EntityId], None]) -> None:
        controls().asking.entity_anywhere(f"{title}?", EntityId(""), take)

    def follow(link: Link, end: str) -> None:
        if link.between is Between.ENTITIES:
            controls().desk.focus.choose_entity(EntityId(end))
        else:
            controls().show_claim(ClaimId(end))

    return Errands(
        mention=MentionErrands(
            find=later(lambda c: c.marking.find_entity),
            take_out=later(lambda c: c.marking.take_out),
            remove=later(lambda c: c.marking.remove),
            entity=ask_entity,
            where=lambda entity: str(controls().placing.where(entity)),
            look_up=later(lambda c: c.placing.look_up),
        ),
        entity=EntityErrands(
            go=later(lambda c: c.marking.choose),
            go_to_article=later(lambda c: c.go_to),
            merge=later(lambda c: c.asking.merge),
            split=later(lambda c: c.split),
            delete=later(lambda c: c.asking.delete),
            link=later(lambda c: c.relating.link_entity),
            follow=follow,
            look_up=later(lambda c: c.look_up_place),
            point=later(lambda c: c.point_on_map),
            entity=ask_entity,
        ),
        claim=ClaimErrands(
            go=later(lambda c: c.view.show_span),
            around=later(lambda c: c.put_within),
            add_source=later(lambda c: c.add_source_from_list),
            about=later(lambda c: c.add_about),
            party=later(lambda c: c.recounting.add_party),
            place=later(lambda c: c.recounting.set_place),
            link=later(lambda c: c.relating.link_claim),
            follow=follow,
            entity=ask_entity,
            remove=later(lambda c: c.claims.remove),
        ),
        leave=later(lambda c: c.view.setFocus),
    )
