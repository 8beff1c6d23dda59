"""The layers as INCEpTION's own file of layers, for Settings, Layers, Import."""

import json

from annotator.formats.inception_layers import IDENTIFIER, NAMED_ENTITY, ROLES, VALUE, Layer
from annotator.formats.json_parts import Object

LAYERS_FILE = "layers.json"
# Those that a project has anyway: what it has set for them, a tag set and a knowledge base, must stay.
_BUILT_IN = {NAMED_ENTITY: {VALUE, IDENTIFIER}}


def layers_json(layers: tuple[Layer, ...]) -> str:
    """The file's text."""
    return json.dumps([_layer(layer) for layer in layers], indent=1, ensure_ascii=False) + "\n"


def _layer(layer: Layer) -> Object:
    features = [_feature(name) for name in layer.features if name not in _BUILT_IN.get(layer.name, ())]
    if layer.has_roles:
        features.append(_slot(layer))
    return {
        "name": layer.name,
        "uiName": layer.title,
        "type": "relation" if layer.base else "span",
        "features": features,
        "description": "Made by Annotator",
        "enabled": True,
        "built_in": layer.name == NAMED_ENTITY,
        "readonly": False,
        "attach_type": {"name": layer.base} if layer.base else None,
        "attach_feature": None,
        "allow_stacking": True,
        "cross_sentence": True,
        "show_hover": True,
        "anchoring_mode": "CHARACTERS",
        "overlap_mode": "ANY_OVERLAP",
        "validation_mode": "NEVER",
        "linked_list_behavior": False,
    }


def _feature(name: str) -> Object:
    return {
        "name": name,
        "uiName": name,
        "type": "uima.cas.String",
        "enabled": True,
        "visible": True,
        "include_in_hover": False,
        "required": False,
        "remember": False,
        "hideUnconstraintFeature": False,
        "multi_value_mode": "NONE",
        "link_mode": "NONE",
        "curatable": True,
    }


def _slot(layer: Layer) -> Object:
    return {
        **_feature(ROLES),
        "type": "uima.tcas.Annotation",
        "multi_value_mode": "ARRAY",
        "link_mode": "WITH_ROLE",
        "link_type_name": layer.role_type,
        "link_type_role_feature_name": "role",
        "link_type_target_feature_name": "target",
    }
