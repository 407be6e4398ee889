"""The published JSON Schema and the reader judge the schemes of tests/golden/schemes.json alike."""
import json
import pathlib

import pytest

import cocreate

jsonschema = pytest.importorskip("jsonschema")

SCHEMES = pathlib.Path(__file__).parents[3] / "tests" / "golden" / "schemes.json"
CASES = json.loads(SCHEMES.read_text(encoding="utf-8")) if SCHEMES.exists() else []
SCHEMA = pathlib.Path(__file__).parents[3] / "docs" / "reference" / "schemas" / "scheme.schema.json"


@pytest.fixture(scope="module")
def validator():
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_schema_and_reader_agree(case, validator):
    # "schema" says what the schema finds where it cannot tell all that the reader can.
    assert validator.is_valid(case["scheme"]) == case.get("schema", "error" not in case)
    text = json.dumps(case["scheme"])
    if "error" not in case:
        cocreate.Scheme(text)
        return
    with pytest.raises(Exception) as refusal:
        cocreate.Scheme(text)
    assert case["error"] in str(refusal.value)


def test_there_are_cases():
    assert len(CASES) >= 60
