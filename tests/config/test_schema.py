"""The JSON Schema, the reference page and the example agree with the loader."""

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml

from sectorscan.config.example import example_config
from sectorscan.config.loader import load_config
from sectorscan.config.models import Config
from sectorscan.config.presets import preset_names, preset_path
from sectorscan.config.reference import config_reference
from sectorscan.config.schema import config_schema
from sectorscan.config.shape import keys_of, walk

BAD = Path(__file__).resolve().parents[1] / "bad_configs"


@pytest.fixture(scope="module")
def validator():
    jsonschema.Draft202012Validator.check_schema(config_schema())
    return jsonschema.Draft202012Validator(config_schema())


@pytest.mark.parametrize("name", preset_names())
def test_presets_fit_the_schema(validator, name):
    validator.validate(yaml.safe_load(preset_path(name).read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "text",
    [
        "region: 39041", "region: ['39041', 39045]", "region: {areas: 39041}", "period: 2023",
        "period: '2020:2023'", "benchmark: all", "benchmark: [39000, '18000']", "gates: null",
        "criteria: {growth: null}", "criteria: {growth: {indicators: {pay_vs_region: null}}}",
        "extends: balanced\ncriteria: {growth: {weight: 3}}", "columns: {employment: Jobs}",
        "sectors: {list: [{name: Food, naics: 311}]}", "readiness: null",
        "sectors: {list: [{name: Food, naics: ['311-316'], except: 3118}]}",
    ],
)  # fmt: skip
def test_what_the_loader_takes_fits_the_schema(validator, loaded, text):
    loaded(text if "null" not in text or "criteria" not in text else f"extends: balanced\n{text}"
           .replace("pay_vs_region", "competitive_rate_pp"))  # fmt: skip
    validator.validate(yaml.safe_load(text))


@pytest.mark.parametrize(
    "name",
    ["unknown_key", "unknown_key_nested", "weight_negative", "gate_effect_unknown",
     "draws_negative", "level_unknown", "version_2", "coverage_over_one", "gates_not_a_list",
     "points_not_pairs"],
)  # fmt: skip
def test_what_the_loader_refuses_the_schema_refuses(validator, name):
    text = (BAD / f"{name}.yaml").read_text(encoding="utf-8")
    assert not validator.is_valid(yaml.safe_load(text))


def test_every_key_is_described():
    undescribed = [
        ".".join((*path, key))
        for path, model, key in walk(Config)
        if not keys_of(model)[key].description
    ]
    assert undescribed == []


def test_schema_is_the_same_in_another_process():
    code = (
        "import json; from sectorscan.config.schema import config_schema;"
        "import sys; sys.stdout.write(json.dumps(config_schema()))"
    )
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert other.stdout == json.dumps(config_schema())


def test_importing_the_package_is_light():
    code = (
        "import sys, sectorscan.config, sectorscan.config.overrides;"
        "sys.exit(int(bool({'pydantic', 'yaml', 'pandas', 'numpy'} & set(sys.modules))))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_loading_a_config_needs_no_pandas():
    code = (
        "import sys; from sectorscan.config.loader import load_config; load_config();"
        "sys.exit(int(bool({'pandas', 'polars', 'scipy'} & set(sys.modules))))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_reference_has_a_row_for_every_key():
    page = config_reference()
    rows = [line for line in page.splitlines() if line.startswith("| `")]
    assert len(rows) == len(list(walk(Config)))
    assert "| `outputs.top` | `5` | How many sectors are on the shortlist. |" in rows
    assert all(row.count(" | ") == 2 for row in rows)


def test_example_loads_and_runs_on_the_sample(write):
    result = load_config(write(example_config()))
    assert result.config.region.areas[0] == "98001"
    assert result.config.criteria == load_config("balanced").config.criteria


def test_example_names_every_key():
    text = example_config()
    for key in Config.model_fields:
        assert f"\n{key}:" in text or f"\n# {key}:" in text


def test_example_with_its_comments_taken_away_loads_too(write):
    """Every commented line of YAML is right: `# key:` lines become lines."""
    lines = []
    for line in example_config().splitlines():
        bare = line.removeprefix("# ")
        is_yaml = line.startswith("#") and (
            (bare.split(":")[0] in Config.model_fields and ":" in bare) or bare.startswith("  ")
        )
        lines.append(bare if is_yaml and "sectorscan" not in bare else line)
    config = load_config(write("\n".join(lines))).config
    assert config.columns == {"employment": "Jobs (annual average)"}
    assert config.criteria["job_quality"].indicators["my_own_indicator"].direction == "min"
    assert "pay_vs_benchmark" not in config.criteria["job_quality"].indicators
    assert len(config.gates) == 2


def test_example_quotes_what_it_is_given(write):
    text = example_config(name='O"Brien: #1', areas=["01001"], benchmark=["all"], period=None)
    config = load_config(write(text)).config
    assert config.region.name == 'O"Brien: #1'
    assert config.region.areas == ("01001",)
    assert (config.benchmark, config.period) == ("all", None)
