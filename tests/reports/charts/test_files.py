"""Pictures as files: whole, the same bytes every time, and an answer where they can't be."""

import builtins
import os
import struct
import subprocess
import sys
import zlib
from dataclasses import replace

import pytest

from sectorscan.errors import SectorscanError
from sectorscan.reports.charts import pictures, render
from sectorscan.reports.charts.files import LOOK, check_folder, left_out, save_pictures

pytest.importorskip("vl_convert")


def test_three_pictures_each_as_png_and_svg(sample, tmp_path):
    folder = tmp_path / "slides" / "2026"
    written = save_pictures(sample, folder)
    names = {"growth-concentration", "contributions", "rank-intervals"}
    assert {p.name for p in written} == {f"{n}{e}" for n in names for e in (".png", ".svg")}
    assert {p.name for p in folder.iterdir()} == {p.name for p in written}
    assert left_out(sample) == ""
    for chart in pictures(sample, LOOK):
        png = (folder / f"{chart.name}.png").read_bytes()
        width, height = struct.unpack(">II", png[16:24])
        svg = (folder / f"{chart.name}.svg").read_text(encoding="utf-8")
        # Twice the size that the definition says, and said so (pixels a meter: 144 an inch).
        assert f'width="{width // 2}" height="{height // 2}"' in svg
        place = png.index(b"pHYs")
        assert struct.unpack(">II", png[place + 4 : place + 12]) == (5669, 5669)
        assert 'role="img" aria-label="' in svg[:200]
        assert len(png) < 400_000


def test_another_process_gives_the_same_bytes(sample, tmp_path):
    save_pictures(sample, tmp_path / "one")
    command = (sys.executable, "-m", "sectorscan", "rank", "--quiet", "--charts", "two")
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_packing_keeps_every_pixel(sample):
    import vl_convert

    spec = pictures(sample, LOOK)[0].spec
    drawn = vl_convert.vegalite_to_png(spec, vl_version=render.VEGA_LITE)
    small = render.packed(drawn)
    assert len(small) < len(drawn)
    assert pixels(small) == pixels(drawn)


def pixels(png):
    body, place = b"", 8
    while place < len(png):
        (length,) = struct.unpack_from(">I", png, place)
        kind, content = png[place + 4 : place + 8], png[place + 8 : place + 8 + length]
        (check,) = struct.unpack_from(">I", png, place + 8 + length)
        assert zlib.crc32(kind + content) == check
        body += content if kind == b"IDAT" else b""
        place += 12 + length
    return zlib.decompress(body)


def test_without_draws_it_is_said_which_picture_is_missing(sample, tmp_path):
    shortlist = replace(sample, robustness=None)
    written = save_pictures(shortlist, tmp_path)
    assert len(written) == 4
    assert left_out(shortlist) == "not drawn: rank-intervals needs draws, which are switched off"


def test_a_file_in_the_folders_place(tmp_path):
    place = tmp_path / "slides"
    place.write_text("mine", encoding="utf-8")
    with pytest.raises(SectorscanError, match="is a file"):
        check_folder(place)
    assert place.read_text(encoding="utf-8") == "mine"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_to(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(SectorscanError, match="write-protected"):
        check_folder(tmp_path)


def test_without_the_library_it_says_what_to_install(tmp_path, monkeypatch):
    real = builtins.__import__

    def without(name, *rest, **more):
        if name == "vl_convert":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(SectorscanError, match="pip install vl-convert-python"):
        check_folder(tmp_path)
