"""Documents by their schemas: valid, invalid, empty, hostile; the reward's options and contract."""

from __future__ import annotations

import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

import grpo_rewards.rewards.schema
from grpo_rewards import THINK_ANSWER, CheckSchema, ColumnError, OptionError
from grpo_rewards.documents import (
    SYNTAXES,
    SchemaError,
    UnreadableError,
    find_document,
    read_document,
    read_schema,
)
from grpo_rewards.documents.reading import DEEPEST, same_data
from grpo_rewards.testing import assert_reward_contract, audit_task

PERSON = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "minLength": 1},
        "age": {"type": "integer", "minimum": 0},
        "mail": {"type": "string", "format": "email"},
    },
    "required": ["name", "age"],
    "additionalProperties": False,
}
ADA = '{"name": "Ada", "age": 36}'
TREE = {
    "$ref": "#/$defs/node",
    "$defs": {
        "node": {
            "type": "object",
            "properties": {"next": {"$ref": "#/$defs/node"}, "value": {"type": "integer"}},
            "required": ["value"],
        }
    },
}
check = CheckSchema()


def reason(text, schema=PERSON, **options):
    return CheckSchema(schema=schema, **options).explain(text).reason


def plain_data(texts):
    return st.recursive(
        st.none() | st.booleans() | st.integers(-(10**20), 10**20) | texts,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
        max_leaves=20,
    )


plain = plain_data(st.text())


class TestReading:
    """Documents become plain data, within bounds."""

    @given(plain)
    def test_json_is_read_as_it_was_written(self, value):
        text = json.dumps(value)
        assert read_document(text) == value
        assert find_document(f"Here it is:\n```json\n{text}\n```\nDone.").value == value

    @given(plain_data(st.text(st.characters(max_codepoint=0xD7FF))))
    def test_yaml_reads_json_as_json_does(self, value):
        """YAML 1.2 is a superset, but for characters that JSON escapes as two halves."""
        assert same_data(read_document(json.dumps(value), "yaml"), value)

    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("a: yes\nb: no\nc: on", {"a": "yes", "b": "no", "c": "on"}),
            ("a: true\nb: False\nc: ~\nd:", {"a": True, "b": False, "c": None, "d": None}),
            (
                "a: 12:30:45\nb: 2020-02-30\nc: 1_000",
                {"a": "12:30:45", "b": "2020-02-30", "c": "1_000"},
            ),
            ("a: 0o17\nb: 0x1F\nc: 1e3\nd: .5", {"a": 15, "b": 31, "c": 1000.0, "d": 0.5}),
            ("1: one\ntrue: two", {"1": "one", "true": "two"}),
            ("a: '1'\nb: |\n  text\nc: !!str 5", {"a": "1", "b": "text\n", "c": "5"}),
            ("- a\n- {b: [c]}", ["a", {"b": ["c"]}]),
        ],
    )
    def test_yaml_has_the_scalars_of_its_core_schema(self, text, value):
        assert read_document(text, "yaml") == value

    def test_toml_has_dates_as_texts(self):
        text = "a = 1\nday = 2020-02-03\n[b]\nc = [1.5, true]"
        value = {"a": 1, "day": "2020-02-03", "b": {"c": [1.5, True]}}
        assert read_document(text, "toml") == value

    @pytest.mark.parametrize(
        ("text", "syntax", "why"),
        [
            ('{"a": 1, "a": 2}', "json", "twice"),
            ("a: 1\na: 2", "yaml", "twice"),
            ("a = 1\na = 2", "toml", "no TOML"),
            ("NaN", "json", "NaN"),
            ("[1e999]", "json", "beyond"),
            (".nan", "yaml", ".nan"),
            ("a = inf", "toml", "inf"),
            ("9" * 301, "json", "digits"),
            ("a: " + "9" * 5_000, "yaml", "digits"),
            ("a = 0x" + "f" * 5_000, "toml", "digits"),
            ("[" * 65 + "]" * 65, "json", "deeper"),
            ("- " * 65 + "a", "yaml", "deeper"),
            ("a = " + "[" * 65 + "]" * 65, "toml", "deeper"),
            ("a." * 65 + "a = 1", "toml", "dots"),
            ("a: &x [1]\nb: *x", "yaml", "alias"),
            ("a: !!python/name:os.system", "yaml", "tag"),
            ("a: 1\n---\nb: 2", "yaml", "2 documents"),
            ("? [a]\n: b", "yaml", "a key"),
            ("{'a': 1}", "json", "no JSON"),
            ('{"a": 1,}', "json", "no JSON"),
            ("a: [", "yaml", "no YAML"),
            ("", "json", "blank"),
            ("[" + "0," * 100_000 + "0]", "json", "characters"),
        ],
    )
    def test_what_is_beyond_the_bounds_is_not_read(self, text, syntax, why):
        with pytest.raises(UnreadableError, match=why):
            read_document(text, syntax)

    def test_billions_of_laughs_are_an_alias(self):
        lines = ["a0: &a0 [lol]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40))]
        with pytest.raises(UnreadableError, match="alias"):
            read_document("\n".join(lines), "yaml")

    @pytest.mark.parametrize("syntax", SYNTAXES)
    @given(st.text(st.characters()))
    def test_no_text_raises(self, syntax, text):
        found = find_document(text, syntax)
        assert found.why_not or found.text is not None

    @pytest.mark.parametrize("syntax", SYNTAXES)
    @pytest.mark.parametrize(
        "piece",
        [
            '{"a":',
            "[",
            "]",
            "{ ",
            '"',
            '"\\',
            "```\n",
            "- ",
            "a: ",
            "? ",
            "&a ",
            "a.",
            "[[a]]\n",
            "'",
        ],
    )
    def test_a_repeated_piece_is_read_in_linear_time(self, syntax, piece):
        """A hang would end the test."""
        text = piece * (100_000 // len(piece))
        assert find_document(text, syntax).why_not or syntax != "json"

    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("```json\n[1]\n```\nor\n```json\n[2]\n```", [2]),
            ("```\n[1]\n```", [1]),
            ("```python\nx = [3]\n```\nIt prints [1].", [1]),
            ('As {"a": {"b": "}"}} says', {"a": {"b": "}"}}),
            ('A brace { and then {"a": 1} here', {"a": 1}),
            ('First {"a": 1}, then {"a": 2}.', {"a": 2}),
            ("~~~json\n[1]\n~~~", [1]),
            ("````json\n[1]\n````", [1]),
            ("```json\n[1]", [1]),
            ("  [1]\n", [1]),
            ("42", 42),
        ],
    )
    def test_where_it_is_found(self, text, value):
        assert find_document(text).value == value

    @pytest.mark.parametrize(
        "text", ["No JSON.", "```json\n[1\n```\nSee [2].", "```json\n{} {}\n```", "{", "[1] and [2"]
    )
    def test_where_it_is_not(self, text):
        found = find_document(text)
        assert found.why_not or found.value == [1]


class TestSchemas:
    """A schema is checked when it is read, and bounded when it is applied."""

    @pytest.mark.parametrize(
        ("schema", "why"),
        [
            ({"$ref": "#"}, "to itself"),
            ({"allOf": [{"anyOf": [{"$ref": "#"}]}]}, "to itself"),
            ({"$ref": "#/$defs/a", "$defs": {"a": {"not": {"$ref": "#/$defs/a"}}}}, "to itself"),
            ({"$ref": "https://example.org/schema.json"}, "nothing is fetched"),
            ({"$ref": "#/$defs/there_is_none"}, "nothing is fetched"),
            ({"$ref": "file:///etc/passwd"}, "nothing is fetched"),
            ({"type": "text"}, "type"),
            ({"pattern": "("}, "pattern"),
            ({"multipleOf": 0}, "multipleOf"),
            ("{", "no JSON"),
            ("3", "no schema"),
            ([], "no schema"),
            ({"a": {1, 2}}, "no JSON"),
            ({"patternProperties": {"a": {}}, "unevaluatedProperties": False}, "bounded"),
        ],
        ids=str,
    )
    def test_one_that_cannot_be_applied(self, schema, why):
        with pytest.raises(SchemaError, match=why):
            read_schema(schema)

    def test_nested_too_deep(self):
        schema: dict = {}
        for _ in range(200):
            schema = {"not": schema}
        with pytest.raises(SchemaError, match="deeper"):
            read_schema(schema)

    def test_one_that_goes_into_the_document_is_fine(self):
        schema = read_schema(TREE)
        value: dict = {"value": 1}
        for _ in range(DEEPEST - 4):
            value = {"value": 1, "next": value}
        assert schema.violation(value) == ""
        assert "required" in schema.violation({"value": 1, "next": {}})

    @pytest.mark.parametrize(
        ("schema", "document"),
        [
            ({"type": "string", "pattern": "^(a+)+$"}, "a" * 10_000 + "!"),
            ({"type": "object", "patternProperties": {"^(a|a)*$": {}}}, {"a" * 10_000 + "!": 1}),
            (
                {"patternProperties": {"^(a|aa)+$": {}}, "additionalProperties": False},
                {"a" * 10_000 + "!": 1},
            ),
            ({"items": {"pattern": "(x+x+)+y"}}, ["x" * 200] * 300),
            (
                {"anyOf": [{"items": {"type": "string"}}, {"items": {"type": "object"}}]},
                [0] * 50_000,
            ),
        ],
        ids=["nested", "keys", "left over", "many", "errors of alternatives"],
    )
    def test_hostile_ones_end(self, schema, document):
        assert read_schema({**schema, "title": "it"}).violation(document)

    def test_alternatives_that_multiply_end(self):
        both = [{"items": {"$ref": "#"}}, {"items": {"$ref": "#"}, "minItems": 2}]
        document: list = [1]
        for _ in range(50):
            document = [document]
        assert read_schema({"type": "array", "anyOf": both}).violation(document)

    def test_items_are_compared_by_value(self):
        unique = read_schema({"uniqueItems": True, "type": "array"})
        assert unique.violation([1, 1.0])
        assert unique.violation([{"a": 1, "b": 2}, {"b": 2, "a": 1}])
        assert not unique.violation([1, True, "1", [1], {"a": 1}])
        assert not unique.violation([{"a": number} for number in range(10_000)])

    @pytest.mark.parametrize(
        ("format", "right", "wrong"),
        [
            ("date", "2024-02-29", "2023-02-29"),
            ("time", "12:30:00Z", "25:00:00Z"),
            ("date-time", "2024-02-29T12:30:00+01:00", "2024-02-29"),
            ("email", "a@b.org", "a@b"),
            ("ipv4", "10.0.0.1", "10.0.0.256"),
            ("ipv6", "::1", ":::1"),
            ("uri", "https://a.org/b", "a.org/b c"),
            ("uuid", "123e4567-e89b-12d3-a456-426614174000", "123e4567"),
        ],
    )
    def test_formats(self, format, right, wrong):
        schema = read_schema({"format": format, "type": "string"})
        assert not schema.violation(right)
        assert "is not a" in schema.violation(wrong)
        assert not read_schema({"format": format, "minimum": 0}).violation(3)


class TestCheckSchema:
    """What a document earns."""

    def test_the_tiers(self):
        texts = [ADA, '{"name": "Ada"}', "{name: Ada}", "I do not know.", ""]
        assert check(texts, schema=[PERSON] * 5) == [5.0, -2.5, -2.5, -4.5, -4.5]

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ('{"name": "Ada"}', "'age' is a required property"),
            ('{"name": "Ada", "age": "36"}', "at $.age: '36' is not of type 'integer'"),
            ('{"name": "Ada", "age": 36, "job": 1}', "the property 'job' is not allowed"),
            ('{"name": "Ada", "age": 36, "mail": "ada"}', "at $.mail: 'ada' is not a 'email'"),
            ('{"name": "Ada", "age": 36, "age": 37}', "the key 'age' stands twice"),
            ("[]", "it has no value"),
            ('{"name": null, "age": null}', "it has no value"),
            (json.dumps(PERSON), "it is the schema"),
        ],
    )
    def test_the_first_violation_is_the_reason(self, text, said):
        assert said in reason(text)

    @pytest.mark.parametrize(
        "text",
        [
            ADA,
            f"```json\n{ADA}\n```",
            f"Here it is:\n\n```\n{ADA}\n```\nI hope it helps.",
            f"The person is {ADA}.",
            '{"age": 36.0, "name": "Ada"}',
            '{"age": 36, "name": "Ada", "mail": "ada@b.org"}',
        ],
    )
    def test_right_in_many_forms(self, text):
        assert check([text], schema=[PERSON]) == [5.0]

    def test_alone(self):
        reward = CheckSchema(alone=True)
        texts = [ADA, f"```json\n{ADA}\n```", f"It is {ADA}", f"It is\n```json\n{ADA}\n```"]
        assert reward(texts, schema=[PERSON] * 4) == [5.0, 5.0, -2.5, -2.5]

    def test_an_empty_document_is_valid_where_it_is_said_to_be(self):
        optional = {"type": "object", "properties": {"a": {"type": "integer"}}}
        assert check(["{}", '{"a": 1}'], schema=[optional] * 2) == [-2.5, 5.0]
        assert CheckSchema(empty=True)(["{}"], schema=[optional]) == [5.0]

    @pytest.mark.parametrize("schema", [{}, True, {"title": "anything"}, None, "", "{}"])
    def test_a_schema_that_demands_nothing_is_no_opinion(self, schema):
        assert check(["{}", ADA], schema=[schema] * 2) == [None, None]

    def test_a_share_of_the_required_fields(self):
        reward = CheckSchema(schema=PERSON, partial=True)
        texts = [
            '{"name": "Ada"}',
            '{"name": "", "age": 3}',
            '{"job": 1}',
            '{"name": "A", "age": 3, "x": 1}',
        ]
        assert reward(texts) == pytest.approx([5 / 3, 5 / 3, -2.5, 10 / 3])
        assert reward([ADA]) == [5.0]

    def test_rows_as_datasets_fill_them_up(self):
        """Arrow gives every row the fields of all rows."""
        filled = {**PERSON, "items": None, "enum": None}
        assert check([ADA], schema=[filled]) == [5.0]
        assert check([ADA, "{}"], schema=[json.dumps(PERSON)] * 2) == [5.0, -2.5]

    @pytest.mark.parametrize(
        ("syntax", "text"),
        [
            ("yaml", "name: Ada\nage: 36"),
            ("yaml", "Sure:\n```yaml\nname: Ada\nage: 36\n```"),
            ("toml", 'name = "Ada"\nage = 36'),
            ("toml", '```toml\nname = "Ada"\nage = 36\n```'),
        ],
    )
    def test_other_syntaxes(self, syntax, text):
        assert CheckSchema(schema=PERSON, syntax=syntax)([text, "name"]) == [5.0, -2.5]

    def test_in_the_tags_of_a_format(self):
        reward = CheckSchema(format=THINK_ANSWER, schema=PERSON)
        texts = [
            f"<think>I read it.</think><answer>{ADA}</answer>",
            f"<think>{ADA}</think><answer>{{}}</answer>",
            f"<think>{ADA}",
            ADA,
        ]
        assert reward(texts) == [5.0, -2.5, -4.5, -4.5]

    def test_reasoning_is_no_document(self):
        assert CheckSchema(schema=PERSON)([f"<think>{ADA}</think> None."]) == [-4.5]

    @pytest.mark.parametrize(
        ("options", "found"),
        [
            ({"syntax": "xml"}, "syntax='xml'"),
            ({"schema": {}}, "every document is valid"),
            ({"schema": {"$ref": "#"}}, "to itself"),
            ({"schema": {"type": "text"}}, "at \\$.type"),
            ({"column": ""}, "column=''"),
            ({"alone": 1}, "alone=1"),
            ({"partial": True, "wrong": 0.5}, "wrong <= 0 < correct"),
            ({"correct": -3}, "correct=-3"),
        ],
    )
    def test_options_that_cannot_be(self, options, found):
        with pytest.raises(OptionError, match=found):
            CheckSchema(**options)

    @pytest.mark.parametrize("schema", ["{", 3, {"$ref": "#"}, ["a"]])
    def test_a_row_without_a_schema_raises(self, schema):
        with pytest.raises(ColumnError, match="'schema'"):
            check([ADA], schema=[schema])

    @pytest.mark.parametrize(
        ("module", "options", "extra"),
        [("jsonschema", {}, "jsonschema"), ("yaml", {"syntax": "yaml"}, "pyyaml")],
    )
    def test_without_the_library_it_says_what_to_install(self, monkeypatch, module, options, extra):
        def found(name):
            return None if name in (module, extra) else object()

        monkeypatch.setattr("grpo_rewards.documents.schemas.find_spec", found)
        monkeypatch.setattr("grpo_rewards.rewards.schema.find_spec", found)
        said = rf"needs {extra}, which is not installed: pip install 'grpo-rewards\[schema\]'"
        with pytest.raises(OptionError, match=said):
            CheckSchema(**options)

    def test_it_is_a_value(self):
        reward = CheckSchema(schema=PERSON, syntax="yaml", partial=True, name="mine")
        assert pickle.loads(pickle.dumps(reward)) == reward
        assert hash(pickle.loads(pickle.dumps(reward))) == hash(reward)
        assert eval(repr(reward), vars(grpo_rewards.rewards.schema)) == reward  # noqa: S307

    def test_the_contract(self):
        texts = [ADA, '{"name": "Ada"}', "none"]
        assert_reward_contract(check, completions=texts, schema=[PERSON] * 3)
        for syntax in ("yaml", "toml"):
            reward = CheckSchema(syntax=syntax, partial=True, name=syntax)
            assert_reward_contract(reward, completions=texts, schema=[json.dumps(PERSON)] * 3)

    @pytest.mark.parametrize("options", [{}, {"partial": True}, {"format": THINK_ANSWER}], ids=str)
    def test_the_audit_finds_nothing(self, options):
        report = audit_task(
            CheckSchema(**options),
            "schema",
            right=[ADA, f"```json\n{ADA}\n```"],
            wrong='{"name": "", "age": -1}',
            schema=PERSON,
        )
        assert report.ok, report

    @given(plain)
    def test_what_the_schema_describes_is_paid_and_nothing_else(self, value):
        """A schema that names one value accepts that value alone."""
        reward = CheckSchema(empty=True)
        text = json.dumps(value)
        scores = reward([text, json.dumps([value])], schema=[json.dumps({"const": value})] * 2)
        assert scores == [5.0, -2.5]

    @given(st.text(st.characters()))
    def test_every_text_has_a_score(self, text):
        for syntax in SYNTAXES:
            reward = CheckSchema(syntax=syntax, schema=PERSON)
            assert reward([text, f"```\n{text}\n```"])[0] in (5.0, -2.5, -4.5)
