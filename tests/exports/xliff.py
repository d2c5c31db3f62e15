"""XLIFF, read and filled in by the Translate Toolkit, a library of translators' programs, and taken back into the book."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from lxml import etree
from program import EXAMPLE, run
from translate.storage.xliff2 import Xliff2File

NAMESPACE = "{urn:oasis:names:tc:xliff:document:2.0}"

# What the core of XLIFF 2.0 lets stand in each element, in that order (chapter 4 of the standard).
CHILDREN = {
    "xliff": ["file"],
    "file": ["unit"],
    "unit": ["notes", "originalData", "segment", "ignorable"],
    "notes": ["note"],
    "note": [],
    "originalData": ["data"],
    "data": ["cp"],
    "segment": ["source", "target"],
    "ignorable": ["source"],
    "source": ["ph", "pc", "cp"],
    "target": ["ph", "pc", "cp"],
    "pc": ["ph", "pc", "cp"],
    "ph": [],
    "cp": [],
}


def judge(root: etree._Element) -> None:
    """Holds a file against what the standard's core asks, beyond what a lenient reader does."""
    assert root.get("version") == "2.0" and root.get("srcLang") and root.get("trgLang")
    for element in root.iter():
        name = element.tag.removeprefix(NAMESPACE)
        assert {child.tag.removeprefix(NAMESPACE) for child in element} <= set(CHILDREN[name]), etree.tostring(element)
    for file in root.iter(NAMESPACE + "file"):
        units = [unit.get("id") for unit in file]
        assert len(set(units)) == len(units) and all(units), units
        for unit in file:
            data = {one.get("id") for one in unit.iter(NAMESPACE + "data")}
            used = {
                mark.get(key)
                for mark in unit.iter(NAMESPACE + "ph", NAMESPACE + "pc")
                for key in ["dataRef", "dataRefStart", "dataRefEnd"]
                if mark.get(key)
            }
            assert used == data, (unit.get("id"), used, data)
            for source in unit.iter(NAMESPACE + "source"):
                marks = [mark.get("id") for mark in source.iter(NAMESPACE + "ph", NAMESPACE + "pc")]
                assert len(set(marks)) == len(marks), marks


def check() -> None:
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "book"
        shutil.copytree(EXAMPLE, book, ignore=shutil.ignore_patterns("out"))
        manifest = book / "gamma-ok.yaml"
        text = manifest.read_text(encoding="utf-8")
        manifest.write_text(text.replace("languages: [en, pl]", "languages: [en, pl, sv]"), encoding="utf-8")
        sent = run("export", "xliff", "--lang", "sv", book=book)
        root = etree.fromstring(sent)
        judge(root)
        plain = {unit.get("id") for unit in root.iter(NAMESPACE + "unit") if unit.find(NAMESPACE + "originalData") is None}
        store = Xliff2File.parsestring(sent)
        units = [unit for unit in store.units if unit.istranslatable()]
        assert store.getsourcelanguage() == "en" and store.gettargetlanguage() == "sv"
        assert len(units) > 100, len(units)
        filled = 0
        for unit in units:
            # Whoever reads it must find the words as the book has them.
            assert str(unit.source).strip() or unit.getid() not in plain, unit
            if unit.getid() in plain:
                unit.target = f"SV {unit.source}"
                filled += 1
        assert filled > 50, filled
        back = Path(folder) / "back.xlf"
        back.write_bytes(bytes(store))
        before = {path: path.read_bytes() for path in book.rglob("*.yaml")}
        run("import", str(back), book=book)
        changed = [path for path, text in before.items() if path.read_bytes() != text]
        assert changed and all("audits" not in path.parts for path in changed), changed
        after = sum(path.read_text(encoding="utf-8").count("SV ") for path in changed)
        assert after >= filled, (after, filled)
        # The same again is nothing.
        assert run("import", str(back), book=book) == b""
        left = Xliff2File.parsestring(run("export", "xliff", "--lang", "sv", book=book))
        assert len(left.units) < len(store.units)
    print(f"translations: {len(units)} units read, {filled} taken back")
