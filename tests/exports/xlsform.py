"""XLSForm, turned into an XForm by pyxform, which is what ODK and KoboToolbox do with it; with Java also by ODK Validate, which
pyxform brings along. Then submissions of that form, as both servers export them, go back into the book."""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

from program import EXAMPLE, ROOT, run, start
from pyxform.xls2xform import convert

HTML = "{http://www.w3.org/1999/xhtml}"
FORMS = "{http://www.w3.org/2002/xforms}"

# What an author may write and XLSForm, XPath, spreadsheets, Markdown or HTML would take for something else.
HOSTILE = [
    "${q_1} and ${nothing} and ${",
    "=HYPERLINK(\"https://example.org\") 'a' \"b\"",
    "*a* _b_ **c** # d [e](https://example.org) <b>f</b> <script>g</script> &amp; &",
    "-- concat('a', \"b\") | ../q_1 . instance('x') _x0041_",
]

# What of it people see: marks of Markdown are not shown.
SHOWN = [*HOSTILE[:2], "a b c # d e <b>f</b> <script>g</script> & &", HOSTILE[3].replace("_x0041_", "x0041")]


def xform(words: list[str], book: Path) -> ET.Element:
    """The XForm of a form; whatever pyxform has to say against it is an error."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "form.xlsx"
        run("export", "xlsform", *words, "-o", str(file), book=book)
        made = convert(str(file), validate=shutil.which("java") is not None)
    assert not made.warnings, made.warnings
    return ET.fromstring(made.xform)


def questions(form: ET.Element) -> list[str]:
    """The paths of what can be filled in or is calculated."""
    return [bind.get("nodeset") for bind in form.iter(FORMS + "bind")]


def texts(form: ET.Element) -> dict[str, set[str]]:
    """What each language shows."""
    return {
        translation.get("lang"): {"".join(value.itertext()) for value in translation.iter(FORMS + "value")}
        for translation in form.iter(FORMS + "translation")
    }


def hostile_book(folder: Path) -> Path:
    book = folder / "book"
    shutil.copytree(EXAMPLE, book, ignore=shutil.ignore_patterns("out"))
    sequence = "id: hostile\ntitle: H\nphases:\n  - id: hostile-phase\n    title: '" + HOSTILE[0] + "'\n    standards:\n"
    for number, text in enumerate(HOSTILE):
        quoted = text.replace("'", "''")
        sequence += f"      - id: hostile-{number}\n        type: product\n        level: basic\n        text: '{quoted}'\n"
    (book / "sequences" / "hostile.yaml").write_text(sequence, encoding="utf-8")
    return book


def plain(text: str) -> str:
    """A label as people see it: without what keeps signs from meaning anything."""
    text = text.replace("\u2060", "")
    for sign in "\\*_#":
        text = text.replace("\\" + sign, sign)
    return text


def sent(form: ET.Element, answers: dict[str, str], server: str) -> str:
    """A table of one submission as a server exports it."""
    between, separator, name = {"central": ("-", ",", "KEY"), "kobo": ("/", ";", "_uuid")}[server]
    calculated = {
        bind.get("nodeset"): bind.get("calculate").strip("'") for bind in form.iter(FORMS + "bind") if bind.get("calculate")
    }
    heads, cells = [], []
    for path in questions(form):
        _, _, *rest = path.split("/")
        if rest[:1] == ["meta"]:
            continue
        heads.append(between.join(rest))
        cells.append(answers.get(rest[-1], calculated.get(path, "")))
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, quoting=csv.QUOTE_ALL)
    writer.writerow(["SubmissionDate" if server == "central" else "_submission_time", *heads, name])
    writer.writerow(["2026-11-19T08:00:00Z", *cells, "uuid:0b1c2d3e-" + server])
    return text.getvalue()


def check() -> None:
    count = 0
    for book in sorted((ROOT / "examples").iterdir()):
        if (book / "gamma-ok.yaml").exists():
            form = xform([], book)
            assert any(path.endswith("/q_1") for path in questions(form)), book
            count += 1
    with tempfile.TemporaryDirectory() as folder:
        book = hostile_book(Path(folder))
        form = xform(["--site", "krakow"], book)
        shown = texts(form)
        assert set(shown) == {"English (en)", "polski (pl)"}, shown.keys()
        english = {plain(text) for text in shown["English (en)"]}
        for text in SHOWN:
            assert any(text in label for label in english), (text, sorted(english)[:40])
        # Nothing of it became a reference.
        assert "<output" not in ET.tostring(form).decode()
        numbers = {bind.get("calculate").strip("'").split("@")[0]: bind.get("nodeset").split("/")[-1].removesuffix("_id")
                   for bind in form.iter(FORMS + "bind") if "@" in (bind.get("calculate") or "")}
        first = numbers["hostile-0"]
        for server in ["central", "kobo"]:
            answers = {"date": "2026-11-19", "auditor": f"auditor-{server}", first: "not_met", first + "_note": HOSTILE[1]}
            table = Path(folder) / f"{server}.csv"
            table.write_text(sent(form, answers, server), encoding="utf-8")
            run("audit", "record", str(table), book=book)
            again = start("audit", "record", str(table), book=book)
            assert again.returncode == 0 and b"recorded already" in again.stderr, again
        run("check", book=book)
    print(f"forms: {count} examples and a hostile book; submissions of two servers")
