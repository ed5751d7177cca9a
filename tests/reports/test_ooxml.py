"""The workbook's parts: well formed, complete, and as the standard has them, so far as can be told.

Excel itself isn't here. ``openxml-audit`` holds the parts against the schemas of Microsoft's Open
XML SDK for Office 2010; what it can't see (names, drawings, relationships) is looked at below.
"""

import io
import posixpath
import re
import zipfile
from xml.etree import ElementTree

import pytest

from sectorscan.config.loader import load_config
from sectorscan.reports.workbook import to_workbook
from sectorscan.scan import scan
from sectorscan.tables.resources import bundled

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
LINKS = "{http://schemas.openxmlformats.org/package/2006/relationships}"


@pytest.fixture(scope="module")
def sample():
    samples = bundled("samples")
    return to_workbook(scan(sorted(samples.glob("*.csv")), load_config(samples / "sample.yaml")))


@pytest.fixture(params=["sample", "nasty", "rated"], scope="module")
def content(request, sample, nasty, rated_nasty):
    given = {"nasty": nasty, "rated": rated_nasty}.get(request.param)
    return sample if given is None else to_workbook(given)


@pytest.fixture
def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        assert len(names) == len(set(names))
        return {name: archive.read(name) for name in names}


def errors(content, path):
    """Return what is against the schemas of Office 2010."""
    audit = pytest.importorskip("openxml_audit", reason="openxml-audit is not installed")
    path.write_bytes(content)
    result = audit.OpenXmlValidator(audit.FileFormat.OFFICE_2010).validate(str(path))
    return [str(error) for error in result.errors]


def test_the_schemas_of_office_2010_hold(content, tmp_path):
    assert errors(content, tmp_path / "shortlist.xlsx") == []


def test_the_schemas_would_find_what_is_out_of_place(sample, tmp_path):
    damaged = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sample)) as given, zipfile.ZipFile(damaged, "w") as changed:
        for name in given.namelist():
            text = given.read(name)
            if name == "xl/charts/chart1.xml":
                text = text.replace(b"<c:plotArea>", b"<c:legend/><c:plotArea>", 1)
            changed.writestr(name, text)
    assert any("plotArea" in one for one in errors(damaged.getvalue(), tmp_path / "bad.xlsx"))


def test_every_part_is_well_formed_has_a_type_and_is_reached(parts):
    trees = {name: ElementTree.fromstring(text) for name, text in parts.items()}  # noqa: S314
    types = trees["[Content_Types].xml"]
    defaults = {one.get("Extension") for one in types.iter(f"{TYPES}Default")}
    overrides = {one.get("PartName").lstrip("/") for one in types.iter(f"{TYPES}Override")}
    assert overrides <= set(parts)
    for name in parts:
        assert name in overrides or name.rpartition(".")[2] in defaults, name
    reached = {"[Content_Types].xml", "_rels/.rels"}
    for name, tree in trees.items():
        if not name.endswith(".rels"):
            continue
        reached.add(name)
        base = posixpath.dirname(posixpath.dirname(name))
        ids = [one.get("Id") for one in tree.iter(f"{LINKS}Relationship")]
        assert len(ids) == len(set(ids)), name
        for one in tree.iter(f"{LINKS}Relationship"):
            assert one.get("TargetMode") is None, "a link out of the workbook"
            target = posixpath.normpath(posixpath.join(base, one.get("Target")))
            assert target.lstrip("/") in parts, (name, target)
            reached.add(target.lstrip("/"))
    assert reached == set(parts)


def test_there_is_no_macro_no_connection_and_no_array_formula(parts):
    assert not any(re.search(r"vba|external|connection|activeX|embed", name) for name in parts)
    for name, text in parts.items():
        if name.startswith("xl/worksheets/sheet"):
            assert b't="array"' not in text
            assert b"cm=" not in text


def test_names_are_valid_and_lead_to_cells(parts):
    book = ElementTree.fromstring(parts["xl/workbook.xml"])  # noqa: S314
    sheets = {one.get("name") for one in book.iter(f"{MAIN}sheet")}
    assert all(len(name) <= 31 for name in sheets)
    seen = set()
    for one in book.iter(f"{MAIN}definedName"):
        key = (one.get("name").casefold(), one.get("localSheetId"))
        assert key not in seen
        seen.add(key)
        if one.get("localSheetId") is None:
            assert re.fullmatch(r"[^\W\d]\w*", one.get("name"))
            assert not re.fullmatch(r"(?i)[a-z]{1,3}\d+|r\d*c\d*", one.get("name"))
            sheet, cell = one.text.rsplit("!", 1)
            assert sheet in sheets
            assert re.fullmatch(r"\$[A-Z]+\$\d+", cell)
    assert len(seen) > 10


def test_charts_are_described_and_their_figures_are_on_the_sheet(parts):
    drawings = [text.decode() for name, text in parts.items() if "drawings/drawing" in name]
    (drawing,) = drawings
    described = re.findall(r'<xdr:cNvPr id="\d+" name="([^"]+)" descr="([^"]+)"', drawing)
    assert len(described) == drawing.count("<xdr:graphicFrame ")
    assert {"Growth and concentration", "What scores consist of"} <= {n for n, _ in described}
    assert all(60 < len(text) < 1000 for _, text in described)
    for name, text in parts.items():
        if "charts/chart" in name:
            places = re.findall(r"<c:f>([^<]*)</c:f>", text.decode())
            assert places
            assert all(re.fullmatch(r"Charts!\$[A-Z]+\$\d+(:\$[A-Z]+\$\d+)?", p) for p in places)


def test_each_formula_has_a_value_beside_it_and_fits_excel(parts):
    count = 0
    for name, text in parts.items():
        if not name.startswith("xl/worksheets/sheet"):
            continue
        for cell in ElementTree.fromstring(text).iter(f"{MAIN}c"):  # noqa: S314
            formula, value = cell.find(f"{MAIN}f"), cell.find(f"{MAIN}v")
            if formula is not None:
                count += 1
                assert value is not None, (name, cell.get("r"))
                assert len(formula.text) < 8192
                assert all(len(one) <= 255 for one in re.findall(r'"([^"]*)"', formula.text))
                assert cell.get("t") in {None, "str"}
    assert count > 200
