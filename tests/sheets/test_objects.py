"""JSON into rows: every key of any object is a column, and values stay as they were typed."""

import json
from pathlib import Path

from tests.sheets.fixtures.sheets import read_rows, written


def json_rows(folder: Path, text: str) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    header, found = read_rows(written(folder, text))
    return header, [row.cells for row in found]


def test_every_key_of_any_object_is_a_column(tmp_path: Path) -> None:
    text = '[{"Nama": "Ann", "Izin": null}, {"No Paspor": "X2", "Nama": "Bob"}, {}]'
    assert json_rows(tmp_path, text) == (("Nama", "Izin", "No Paspor"), [("Ann", "", ""), ("Bob", "", "X2")])


def test_numbers_stay_as_they_were_typed(tmp_path: Path) -> None:
    text = (
        '{"Nama": 1, "a": 0012}'.replace("0012", "12.50") + '{"Nama": true, "a": 1.23457E+15}\n{"a": NaN, "Nama": "x"}'
    )
    assert json_rows(tmp_path, text)[1] == [("1", "12.50"), ("TRUE", "1.23457E+15"), ("x", "")]


def test_an_object_within_an_object_is_cells_and_a_list_of_texts_is_one(tmp_path: Path) -> None:
    text = '{"nama": "Ann", "passport": {"number": "X1", "expires": "2025-01-31"}, "hp": ["0812", "0813"], "x": {}}'
    assert json_rows(tmp_path, text) == (
        ("nama", "passport number", "passport expires", "hp"),
        [("Ann", "X1", "2025-01-31", "0812, 0813")],
    )


def test_a_row_of_json_is_told_by_its_place(tmp_path: Path) -> None:
    _header, found = read_rows(written(tmp_path, '[\n\n{"Nama": "Ann"},{"Nama": ""},\n\n{"Nama": "Bob"}]'))
    assert [row.line for row in found] == [1, 3]


def test_an_object_longer_than_what_is_read_at_once_is_whole(tmp_path: Path) -> None:
    long = {f"Nama {number}": "é" * 30_000 for number in range(9)}
    text = ", ".join(json.dumps(one, ensure_ascii=False) for one in ({"Nama 0": "Ann"}, long, {"Nama 0": "Bob"}, long))
    found = json_rows(tmp_path, f"[{text}]")[1]
    assert [cells[0] for cells in found] == ["Ann", long["Nama 0"], "Bob", long["Nama 0"]]
