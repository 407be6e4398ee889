"""The published schemas and the readers of the library agree on good and bad documents."""

import copy
import json

import jsonschema
import pytest
from cocreate import Scheme, campaign, errors, reward

from test_reward import SCHEME
from test_store import BRIEF


def validator(schema):
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def changed(document, path, value):
    """A copy with one member set, or taken away."""
    result = copy.deepcopy(document)
    *way, last = path
    inner = result
    for step in way:
        inner = inner[step]
    if value is ...:
        del inner[last]
    else:
        inner[last] = value
    return result


@pytest.mark.parametrize("name", ["brief", "scheme"])
def test_the_schema_of_the_library_is_the_published_one(project, name):
    published = json.loads((project / f"docs/reference/schemas/{name}.schema.json").read_text(encoding="utf-8"))
    assert {"brief": campaign.schema, "scheme": reward.schema}[name]() == published


BRIEFS = [BRIEF, *(preset.brief for preset in campaign.presets())]


@pytest.mark.parametrize("brief", BRIEFS, ids=lambda brief: brief["title"])
def test_good_briefs(brief):
    validator(campaign.schema()).validate(brief)
    campaign.check_brief(brief)


BAD_BRIEFS = [
    (["brief"], "cocreate.brief/9"), (["title"], ...), (["title"], ""), (["title"], 5), (["mode"], "dreaming"),
    (["contributors"], []), (["contributors"], ["martian"]), (["phases"], []), (["surprise"], 1),
    (["phases", 0, "allows"], ["fly"]), (["phases", 0, "id"], ...), (["rounds", 0, "lead"], "nobody"),
    (["rounds", 0, "scale"], [0]), (["rounds", 0, "scale"], "0-5"), (["rounds", 0, "surprise"], 1),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value"), BAD_BRIEFS)
def test_bad_briefs(path, value):
    brief = changed(BRIEF, path, value)
    assert not validator(campaign.schema()).is_valid(brief)
    with pytest.raises(errors.Error) as caught:
        campaign.check_brief(brief)
    assert caught.value.text.startswith("$")


def test_good_schemes():
    validator(reward.schema()).validate(SCHEME)
    Scheme(SCHEME)


BAD_SCHEMES = [
    (["scheme"], "other/1"), (["currency"], ...), (["currency"], "eur"), (["surprise"], 1),
    (["funds", 0, "budget"], "12,00"), (["rules", 0, "kind"], "gift"), (["rules", 0, "prizes"], []),
    (["rules", 0, "prizes"], "all"), (["rules", 0, "ties"], "shrug"), (["rules", 0, "surprise"], 1),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value"), BAD_SCHEMES)
def test_bad_schemes(path, value):
    scheme = changed(SCHEME, path, value)
    assert not validator(reward.schema()).is_valid(scheme)
    with pytest.raises(errors.Error) as caught:
        Scheme(scheme)
    assert caught.value.text.startswith("$")
