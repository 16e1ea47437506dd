"""The one table shape: a file of it is whole, or it is named."""

import pytest

from loti_dash import observation
from loti_dash.errors import ObservationError

HEAD = "series_id,period_id,area_code,group_code,value,status\n"
ROW = "pupils,2021-22,E09000012,white_british,4,ok\n"


def test_a_file_is_read_sorted(tmp_path):
    path = tmp_path / "pupils.csv"
    path.write_text(HEAD + ROW.replace("white_british", "white_irish") + ROW)
    assert observation.read(path)["group_code"].to_list() == ["white_british", "white_irish"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "cannot be read"),
        (HEAD + ROW[:-2], "status"),
        (HEAD + ROW[:20], "status"),
        (HEAD + ROW + "pupils", "status"),
        (HEAD + ROW.replace("4", "four"), "cannot be read"),
        (HEAD.replace("value,", "") + ROW, "columns"),
        (HEAD + ROW + ROW, "twice"),
        ("\x00" * 40, "columns"),
    ],
)
def test_a_file_that_is_not_whole_is_named(tmp_path, content, says):
    path = tmp_path / "pupils.csv"
    path.write_text(content)
    with pytest.raises(ObservationError, match=rf"pupils\.csv.*{says}"):
        observation.read(path)


def test_bytes_that_are_no_text_and_a_folder_are_named(tmp_path):
    (tmp_path / "pupils.csv").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "folder.csv").mkdir()
    for name in ("pupils", "folder", "none"):
        with pytest.raises(ObservationError, match=rf"{name}\.csv cannot be read"):
            observation.read(tmp_path / f"{name}.csv")
