"""Damaged files: whatever the source, an error that names the file, never a traceback."""

import pkgutil
from importlib import import_module

import pytest

from loti_dash import catalogue, config, ingest
from loti_dash.errors import LotiError

LABELS = catalogue.labels(config.CATALOGUE)
# How the publishers' files of each source end.
SUFFIXES = {
    "mental_health_act": (".xlsx",),
    "hclic": (".ods", ".xlsx"),
    "talking_therapies": (".parquet",),
    "police_uk_all_forces": (".parquet",),
    "neet_16_17": (".zip",),
    "key_stage_4": (".zip",),
    "school_pupils": (".csv.gz",),
    "police_uk": (".csv", ".json"),
}
SOURCES = [
    name
    for _, name, _ in pkgutil.iter_modules(ingest.__path__)
    if hasattr(import_module(f"loti_dash.ingest.{name}"), "read")
]
CASES = [(source, suffix) for source in SOURCES for suffix in SUFFIXES.get(source, (".csv",))]
FOLDERS = {
    "hclic": "housing/hclic/*202309*",
    "looked_after_children": "care/looked_after_children/*.csv",
    "neet_16_17": "employment/neet_16_17/*.zip",
    "key_stage_4": "education/key_stage_4/*.zip",
    "talking_therapies": "health/talking_therapies/nhstt_measures_annual.parquet",
    "mental_health_act": "health/mental_health_act/*.xlsx",
    "police_uk_all_forces": "justice/police_uk_all_forces_2021_12_to_2022_11/*",
    "school_pupils": "education/pupils/spc_pupils_fsm*data.csv.gz",
    "census_2021_age": "population/census_2021_ethnic_group_by_age/*.csv",
    "census_2021_tenure": "housing/census_2021_rm134_tenure/*.csv",
}


def refusal(source, path):
    """Return what a source says of a file that it must not take."""
    with pytest.raises(LotiError) as error:
        import_module(f"loti_dash.ingest.{source}").read([path], LABELS)
    return str(error.value)


@pytest.mark.parametrize(("source", "suffix"), CASES)
def test_an_empty_file(source, suffix, tmp_path):
    path = tmp_path / f"2025-01-metropolitan{suffix}"
    path.write_bytes(b"")
    assert path.name in refusal(source, path)


@pytest.mark.parametrize(("source", "suffix"), CASES)
def test_a_document_with_another_name(source, suffix, tmp_path):
    path = tmp_path / f"2025-01-metropolitan{suffix}"
    path.write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n")
    assert path.name in refusal(source, path)


@pytest.mark.publishers
@pytest.mark.parametrize("source", sorted(FOLDERS))
def test_a_real_file_cut_in_half(source, publishers, tmp_path):
    real = sorted(publishers.glob(FOLDERS[source]))[0]
    half = tmp_path / real.name
    half.write_bytes(real.read_bytes()[: real.stat().st_size // 2])
    assert half.name in refusal(source, half)


def test_every_source_is_tried():
    assert len(SOURCES) == 18
