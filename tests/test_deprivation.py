"""Deprivation: the publisher's scores as they stand in its files, or a message."""

import pytest

from loti_dash import config
from loti_dash.deprivation import AUTHORITIES, from_publishers
from loti_dash.errors import SourceFileError


def of_2019(rows):
    return "ltla19_code,Score,Extent\nE06000001,35.037,0.4\n" + "".join(
        f"{code},{score},0.1\n" for code, score in rows
    )


def of_2025(rows):
    return "ltla24_code,ltla24_name,imd_average_score\n" + "".join(
        f"{code},A name,{score}\n" for code, score in rows
    )


SCORES = [(code, f"{10 + n}.50") for n, code in enumerate(AUTHORITIES)]


@pytest.fixture
def written(tmp_path):
    def write(rows_2019, rows_2025=SCORES):
        (tmp_path / "2019.csv").write_text(of_2019(rows_2019))
        (tmp_path / "2025.csv").write_text(of_2025(rows_2025))
        to = tmp_path / "deprivation.csv"
        from_publishers(tmp_path / "2019.csv", tmp_path / "2025.csv", to)
        return to.read_text()

    return write


def test_scores_are_written_as_they_stand_in_the_order_of_codes(written):
    lines = written(reversed(SCORES)).splitlines()
    assert lines[:2] == ["area_code,score_2019,score_2025", "E09000001,10.50,10.50"]
    assert [line[:9] for line in lines[1:]] == AUTHORITIES


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (SCORES[1:], "found 32"),
        ([*SCORES, SCORES[0]], "found 34"),
        ([*SCORES[:-1], (AUTHORITIES[-1], "")], "without a score: E09000033"),
        ([*SCORES[:-1], (AUTHORITIES[-1], "n/a")], "without a score: E09000033"),
    ],
)
def test_a_file_without_a_score_for_each_authority_is_refused(written, rows, says):
    with pytest.raises(SourceFileError, match=says):
        written(rows)


def test_another_file_is_refused_by_its_name(tmp_path):
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n")
    with pytest.raises(SourceFileError, match=r"other\.csv cannot be read"):
        from_publishers(other, other, tmp_path / "to.csv")


@pytest.mark.publishers
def test_the_scores_of_the_catalogue_are_what_the_publishers_files_give(publishers, tmp_path):
    folder, to = publishers / "context", tmp_path / "deprivation.csv"
    from_publishers(
        folder / "imd_2019_local_authorities.csv", folder / "imd_2025_local_authorities.csv", to
    )
    assert to.read_bytes() == (config.CATALOGUE / "deprivation.csv").read_bytes()
