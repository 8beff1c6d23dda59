"""What is wrong with a schema's JSON, each fault with its line and a sentence that says what to do."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from annotator.domain.attributes import COUNTRIES, GUESS, AttributeType, Tier
from annotator.domain.json_places import JsonError, Node, read_nodes

COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
"""How a colour is written: #0072B2."""
LINKS_TO = ("entity", "date", "quantity")
PARTS = ("content", "source", "cue", "addressee", "medium")
ENDS = ("claim", "entity")
_CHOOSING = {AttributeType.CHOICE, AttributeType.CHOICES}
_SEVERAL = {AttributeType.CHOICES, AttributeType.ENTITIES}
_TYPE_OF_FIELD = {
    "level": {AttributeType.CHOICE},
    "used_as": {AttributeType.CHOICE},
    "sector": {AttributeType.CHOICES},
    "sectors": {AttributeType.CHOICES},
    "country": {AttributeType.CHOICE, AttributeType.TEXT},
    "role": {AttributeType.TEXT},
    "source_type": {AttributeType.CHOICE},
    "act": {AttributeType.CHOICE},
    "manner": {AttributeType.CHOICE},
    "stance": {AttributeType.CHOICE},
    "certainty": {AttributeType.CHOICE},
    "medium": {AttributeType.CHOICE},
    "author_stance": {AttributeType.CHOICE},
    "about": {AttributeType.ENTITIES},
    "said_on": {AttributeType.DATE},
    "wording": {AttributeType.TEXT},
}
_SHAPES = {
    "object": "an object { }",
    "array": "a list [ ]",
    "text": "words in quotes",
    "number": "a whole number",
    "flag": "true or false",
}
_FLAGS = ("nesting", "acts", "never_merged_automatically", "required", "symmetric", "dated", "out_of_play")


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A fault; line counts from 1."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"Line {self.line}: {self.message}"


def problems(text: str) -> tuple[Problem, ...]:
    """Everything that is wrong, by line; nothing for a schema that is right. Never raises."""
    try:
        root = read_nodes(text)
    except JsonError as error:
        return (Problem(error.line, error.what),)
    return tuple(sorted(set(_Checker(root).found)))


def is_hotkey(key: str) -> bool:
    """Whether it is one letter or sign: digits set the kind of an entity."""
    capital = key.upper() if len(key.upper()) == 1 else key
    return len(capital) == 1 and capital.isprintable() and not capital.isspace() and not capital.isnumeric()


class _Checker:
    def __init__(self, root: Node) -> None:
        self.found: list[Problem] = []
        if not self._is(root, "object", "A schema"):
            return
        if root.fields.get("format", root).text != "annotator-schema":
            self._say(
                root.fields.get("format", root),
                "This is not a schema of this program: “format” has to be “annotator-schema”.",
            )
            return
        version = root.fields.get("version", root)
        if version.scalar != 1 or isinstance(version.scalar, bool):
            self._say(version, "This program reads schemas of version 1: “version” has to be 1.")
            return
        self._twice(root)
        self._text(root, "name", "the schema", filled=True)
        self._text(root, "help", "the schema", needed=False)
        self._text(root, "guidelines_version", "the schema", needed=False)
        self._lists = self._check_lists(root)
        self._kinds = self._check_kinds(root)
        self._labels = self._check_labels(root)
        self._check_attributes(root, "mention_attributes", self._labels, "label")
        self._check_attributes(root, "entity_attributes", self._kinds, "entity kind")
        self._check_claim(root)
        self._check_links(root)
        self._check_zones(root)

    # Sections

    def _check_lists(self, root: Node) -> dict[str, list[str]]:
        lists = self._field(root, "lists", "object", "the schema", needed=False)
        if lists is None:
            return {}
        return {name: self._words(lists, name, "the lists") for name in lists.fields}

    def _check_kinds(self, root: Node) -> list[str]:
        kinds = self._entries(root, "entity_kinds", "entity kind")
        self._check_digits(kinds, "entity kind")
        for kind in kinds:
            maps = self._field(kind, "maps", "object", self._called(kind, "entity kind"), needed=False)
            if maps is not None:
                for scheme in maps.fields:
                    self._text(maps, scheme, "“maps”")
            sector = self._text(kind, "default_sector", self._called(kind, "entity kind"), needed=False)
            if sector and "sectors" in self._lists and sector not in self._lists["sectors"]:
                self._say(kind.fields["default_sector"], f"“{sector}” is not in the list “sectors”: add it there.")
        return self._keys(kinds, "entity kind")

    def _check_labels(self, root: Node) -> list[str]:
        labels = self._entries(root, "mentions", "label")
        for label in labels:
            whose = self._called(label, "label")
            self._text(label, "name", whose, filled=True)
            self._colours(label, whose, needed=True)
            self._check_link_of_label(label, whose)
        self._hotkeys([*labels, *self._parts_of(root)], needed=True)
        return self._keys(labels, "label")

    def _check_link_of_label(self, label: Node, whose: str) -> None:
        links_to = label.fields.get("links_to")
        if links_to is None:
            self._missing(label, "links_to", whose)
        elif links_to.kind != "scalar" or (links_to.scalar is not None and links_to.scalar not in LINKS_TO):
            self._say(links_to, f"“links_to” of {whose} has to be one of {_listed(LINKS_TO)}, or null.")
        kinds = self._words(label, "kinds", whose) if "kinds" in label.fields else []
        for kind in kinds:
            if kind not in self._kinds:
                self._say(label.fields["kinds"], f"{whose} names the entity kind “{kind}”, which is not defined.")
        if links_to is not None and links_to.scalar == "entity" and not kinds:
            self._say(label, f"{whose} links to entities: name in “kinds” which kinds it may have.")

    def _check_claim(self, root: Node) -> None:
        claim = self._field(root, "claim", "object", "the schema")
        if claim is None:
            return
        self._colours(claim, "“claim”", needed=False)
        self._check_small(claim, "“claim”")
        parts = self._entries(claim, "parts", "claim part")
        for part in parts:
            self._colours(part, self._called(part, "claim part"), needed=False)
            if part.fields.get("key") is not None and part.fields["key"].text not in PARTS:
                self._say(part.fields["key"], f"A claim has the parts {_listed(PARTS)}; remove any other.")
        if "content" not in self._keys(parts, "claim part"):
            self._say(claim, "A claim needs the part “content”: add it to “parts”.")
        self._check_attributes(claim, "attributes", (), "")
        event = self._field(claim, "event", "object", "“claim”", needed=False)
        if event is not None:
            self._check_tier(event, "“event”")
            self._check_small(event, "“event”")
            self._known_list(event, "type_list", "“event”")
            for key in ("quantities", "place_relations"):
                if key in event.fields:
                    self._words(event, key, "“event”")

    def _check_links(self, root: Node) -> None:
        links = self._entries(root, "links", "link", needed=False)
        for link in links:
            whose = self._called(link, "link")
            ends = [self._text(link, end, whose) for end in ("from", "to")]
            if any(end not in ENDS for end in ends) or len(set(ends)) > 1:
                self._say(link, f"{whose} has to go from claim to claim or from entity to entity.")
        for end in ENDS:
            self._hotkeys([link for link in links if _text_of(link, "from") == end], needed=False)
        self._keys(links, "link")

    def _check_zones(self, root: Node) -> None:
        zones = self._entries(root, "zones", "zone kind", needed=False)
        self._check_digits(zones, "zone kind")
        self._keys(zones, "zone kind")

    def _check_attributes(self, owner: Node, section: str, on: Collection[str], what: str) -> None:
        attributes = self._entries(owner, section, "attribute", needed=section != "entity_attributes")
        for attribute in attributes:
            whose = self._called(attribute, "attribute")
            words = self._text(attribute, "type", whose)
            types = [known for known in AttributeType if known == words]
            if not types and _is_text(attribute, "type"):
                self._say(attribute.fields["type"], f"“type” of {whose} has to be one of {_listed(AttributeType)}.")
            self._check_tier(attribute, whose)
            for wanted in self._words(attribute, "on", whose) if "on" in attribute.fields else ():
                if wanted not in on:
                    self._say(attribute.fields["on"], f"{whose} is for the {what or 'label'} “{wanted}”, not defined.")
            for type_ in types:
                self._check_values(attribute, type_, whose)
        self._keys(attributes, "attribute")

    def _check_values(self, attribute: Node, type_: AttributeType, whose: str) -> None:
        allowed = _TYPE_OF_FIELD.get(_text_of(attribute, "key"))
        if allowed and type_ not in allowed:
            self._say(attribute.fields["type"], f"“type” of {whose} has to be {_listed(sorted(allowed))}.")
        choices = self._words(attribute, "choices", whose) if "choices" in attribute.fields else []
        if "list" in attribute.fields:
            choices = choices or self._known_list(attribute, "list", whose)
        elif type_ in _CHOOSING and not choices:
            self._say(attribute, f"{whose} needs “choices”, or the name of a list in “list”.")
        default = attribute.fields.get("default")
        if default is not None:
            self._check_default(default, type_, choices, whose)

    def _check_default(self, default: Node, type_: AttributeType, choices: list[str], whose: str) -> None:
        nodes = default.items if default.kind == "array" else (default,)
        values = [node.scalar for node in nodes]
        if (len(nodes) > 1 and type_ not in _SEVERAL) or any(node.kind != "scalar" for node in nodes):
            self._say(default, f"The default of {whose} has to be {'words' if type_ in _SEVERAL else 'one value'}.")
            return
        if type_ in _CHOOSING and choices:
            for value in values:
                if value not in {"", None, GUESS} and value not in choices:
                    self._say(default, f"The default of {whose}, “{value}”, is not among its choices.")
        elif type_ is AttributeType.FLAG and not all(isinstance(value, bool) for value in values):
            self._say(default, f"The default of {whose} has to be true or false.")
        elif type_ is AttributeType.NUMBER and not all(_is_number(value) for value in values):
            self._say(default, f"The default of {whose} has to be a number.")

    # What sections share

    def _entries(self, owner: Node, section: str, what: str, *, needed: bool = True) -> list[Node]:
        found = self._field(owner, section, "array", "the schema", needed=needed)
        entries = [node for node in (found.items if found else ()) if self._is(node, "object", f"Each {what}")]
        for entry in entries:
            self._twice(entry)
            self._text(entry, "key", f"a {what}" if what not in {"attribute", "entity kind"} else f"an {what}")
            self._check_small(entry, self._called(entry, what))
        return entries

    def _check_small(self, entry: Node, whose: str) -> None:
        """What is shown as words or switches something, wherever it stands."""
        for key in ("name", "help", "guidelines"):
            self._text(entry, key, whose, needed=False)
        for key in _FLAGS:
            self._field(entry, key, "flag", whose, needed=False)

    def _keys(self, entries: Iterable[Node], what: str) -> list[str]:
        """The keys of entries that have one; says where one stands again."""
        seen: list[str] = []
        for entry in entries:
            key = _text_of(entry, "key")
            if key in seen:
                self._say(entry.fields["key"], f"There is a {what} “{key}” already: each key can stand once.")
            elif key:
                seen.append(key)
        return seen

    def _hotkeys(self, entries: Iterable[Node], *, needed: bool) -> None:
        seen: dict[str, str] = {}
        for entry in entries:
            name = _text_of(entry, "name") or _text_of(entry, "key")
            hotkey = self._text(entry, "hotkey", f"“{name}”", needed=needed)
            if not hotkey:
                continue
            if not is_hotkey(hotkey):
                self._say(entry.fields["hotkey"], f"The key “{hotkey}” of “{name}” has to be one letter or sign.")
            elif hotkey.casefold() in seen:
                other = seen[hotkey.casefold()]
                self._say(entry.fields["hotkey"], f"“{hotkey}” is the key of “{other}” already: give “{name}” another.")
            else:
                seen[hotkey.casefold()] = name

    def _check_digits(self, entries: Iterable[Node], what: str) -> None:
        seen: dict[int, str] = {}
        for entry in entries:
            digit, name = self._field(entry, "digit", "number", self._called(entry, what)), _text_of(entry, "key")
            if digit is None or not isinstance(digit.scalar, int):
                continue
            if not 0 <= digit.scalar <= 9:
                self._say(digit, f"The digit of “{name}” has to be 1 to 9, or 0 for none.")
            elif digit.scalar in seen:
                self._say(digit, f"{digit.scalar} is the digit of “{seen[digit.scalar]}” already.")
            elif digit.scalar:
                seen[digit.scalar] = name

    def _colours(self, entry: Node, whose: str, *, needed: bool) -> None:
        for key in ("light", "dark"):
            colour = self._text(entry, key, whose, needed=needed)
            if key in entry.fields and entry.fields[key].kind == "scalar" and not COLOUR.fullmatch(colour):
                self._say(entry.fields[key], f"“{colour}” is no colour of {whose}: write it as #0072B2.")

    def _check_tier(self, entry: Node, whose: str) -> None:
        tier = self._text(entry, "tier", whose, needed=False)
        if tier not in set(Tier) and _is_text(entry, "tier"):
            self._say(entry.fields["tier"], f"“tier” of {whose} has to be one of {_listed(Tier)}.")

    def _known_list(self, entry: Node, key: str, whose: str) -> list[str]:
        name = self._text(entry, key, whose, needed=False)
        if name and name not in self._lists and name != COUNTRIES:
            self._say(entry.fields[key], f"{whose} takes its choices from the list “{name}”, which is not in “lists”.")
        return self._lists.get(name, [])

    def _words(self, owner: Node, key: str, whose: str) -> list[str]:
        """The words of a list, each filled and once."""
        found = self._field(owner, key, "array", whose)
        result: list[str] = []
        for node in found.items if found else ():
            if not self._is(node, "text", f"Each value of “{key}”"):
                continue
            if not node.text.strip():
                self._say(node, f"A value of “{key}” is empty: fill or remove it.")
            elif node.text in result:
                self._say(node, f"“{node.text}” stands twice in “{key}”: remove one.")
            else:
                result.append(node.text)
        return result

    def _text(self, owner: Node, key: str, whose: str, *, needed: bool = True, filled: bool = False) -> str:
        found = self._field(owner, key, "text", whose, needed=needed)
        must = filled or key == "key"
        if found is not None and must and not found.text.strip():
            self._say(found, f"“{key}” of {whose} is empty: fill it.")
        return found.text if found is not None else ""

    def _field(self, owner: Node, key: str, shape: str, whose: str, *, needed: bool = True) -> Node | None:
        found = owner.fields.get(key)
        if found is None:
            if needed:
                self._missing(owner, key, whose)
            return None
        return found if self._is(found, shape, f"“{key}” of {whose}") else None

    def _missing(self, owner: Node, key: str, whose: str) -> None:
        self._say(owner, f"“{key}” is missing in {whose}: add it.")

    def _is(self, node: Node, shape: str, what: str) -> bool:
        value = node.scalar
        if shape in {"object", "array"}:
            fits = node.kind == shape
        elif shape == "text":
            fits = node.kind == "scalar" and isinstance(value, str)
        elif shape == "flag":
            fits = node.kind == "scalar" and isinstance(value, bool)
        else:
            fits = node.kind == "scalar" and isinstance(value, int) and not isinstance(value, bool)
        if not fits:
            self._say(node, f"{_capital(what)} has to be {_SHAPES[shape]}.")
        return fits

    def _twice(self, node: Node) -> None:
        for line, key in node.twice:
            self.found.append(Problem(line, f"“{key}” stands twice in the same object: remove one."))

    def _parts_of(self, root: Node) -> list[Node]:
        claim = root.fields.get("claim")
        parts = claim.fields.get("parts") if claim else None
        return [part for part in (parts.items if parts else ()) if part.kind == "object"]

    def _called(self, entry: Node, what: str) -> str:
        return f"{what} “{_text_of(entry, 'key') or '?'}”"

    def _say(self, node: Node, message: str) -> None:
        self.found.append(Problem(node.line, _capital(message)))


def _is_text(entry: Node, key: str) -> bool:
    return key in entry.fields and isinstance(entry.fields[key].scalar, str)


def _text_of(entry: Node, key: str) -> str:
    return entry.fields[key].text if key in entry.fields else ""


def _is_number(value: object) -> bool:
    try:
        float(str(value))
    except ValueError:
        return False
    return not isinstance(value, bool)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _listed(values: Iterable[str]) -> str:
    return ", ".join(f"“{value}”" for value in values)
