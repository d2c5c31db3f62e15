"""The same standards for every program: as many as asked for, a hundred in each section, in the form that each one reads."""

import json
import pathlib

SECTION = 100


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def standards(number):
    """(section, number in it, title, sentence) of each."""
    for at in range(number):
        section, inside = divmod(at, SECTION)
        limit = 70 - (section + inside // 10) % 10 - inside % 10 * 5
        yield section, inside, f"Form {section}-{inside}", (
            f"The clerk hands form {section}-{inside} to the guest within {limit} seconds of the request."
        ), limit


def gamma_ok(folder, number):
    """A book: a sequence for each section, ten standards in each of its phases."""
    write(folder / "gamma-ok.yaml", "title: A large book\nlanguages: [en]\nsector: hotel\nderive: false\n")
    write(folder / "roles.yaml", "roles:\n  - id: clerk-on-duty\n    title: Clerk on duty\n")
    write(folder / "sites/large.yaml", "id: large\ntitle: Large\nrooms: 240\n")
    files = {}
    for section, inside, _, sentence, limit in standards(number):
        phase, standard = divmod(inside, 10)
        text = files.setdefault(section, [f"id: s{section}\ntitle: Sequence {section}\nphases:\n"])
        if standard == 0:
            text.append(
                f"  - id: s{section}-p{phase}\n    title: Phase {phase}\n    traits: [friendly]\n    steps:\n"
                f"      - id: arrive\n        contact: face-to-face\n        role: clerk-on-duty\n"
                f"        customer: Comes to desk {phase} of house {section}\n    standards:\n"
            )
        kind = ["personal", "product", "procedural"][standard % 3]
        level = "basic" if standard < 6 else "expected"
        text.append(
            f"      - id: s{section}-p{phase}-{standard}\n        step: arrive\n"
            f"        trait: friendly\n        type: {kind}\n        level: {level}\n"
            f"        text: {sentence}\n        measure: {{what: time to form, within: {limit} s}}\n"
        )
    for section, text in files.items():
        write(folder / f"sequences/s{section}.yaml", "".join(text))


def doorstop(folder, number):
    """A document of items, each a file, in a repository."""
    write(folder / "standards/.doorstop.yml", "settings:\n  digits: 6\n  prefix: STD\n  sep: ''\n")
    for at, (section, inside, title, sentence, _) in enumerate(standards(number)):
        write(
            folder / f"standards/STD{at + 1:06}.yml",
            f"active: true\nderived: false\nheader: |\n  {title}\nlevel: {section + 1}.{inside + 1}\nlinks: []\nnormative: true\n"
            f"ref: ''\nreviewed: null\ntext: |\n  {sentence}\n",
        )


def strictdoc(folder, number):
    """A document a section."""
    files = {}
    for section, inside, title, sentence, _ in standards(number):
        text = files.setdefault(section, [f"[DOCUMENT]\nTITLE: Section {section}\n"])
        text.append(f"\n[REQUIREMENT]\nUID: STD-{section}-{inside}\nTITLE: {title}\nSTATEMENT: {sentence}\n")
    for section, text in files.items():
        write(folder / f"section{section}.sdoc", "".join(text))


def sphinx_needs(folder, number):
    """A page a section."""
    write(folder / "conf.py", "project = 'Standards'\nextensions = ['sphinx_needs']\nneeds_id_regex = '^STD_[0-9]+_[0-9]+$'\n")
    files = {}
    for section, inside, title, sentence, _ in standards(number):
        head = f"Section {section}"
        text = files.setdefault(section, [f"{head}\n{'=' * len(head)}\n"])
        text.append(f"\n.. req:: {title}\n   :id: STD_{section}_{inside}\n\n   {sentence}\n")
    for section, text in files.items():
        write(folder / f"section{section}.rst", "".join(text))
    pages = "".join(f"   section{section}\n" for section in files)
    write(folder / "index.rst", f"Standards\n=========\n\n.. toctree::\n\n{pages}")


def trestle(folder, number):
    """A catalogue of OSCAL, a group a section."""
    groups = {}
    for section, inside, title, sentence, _ in standards(number):
        group = groups.setdefault(section, {"id": f"s{section}", "title": f"Section {section}", "controls": []})
        part = {"id": f"std-{section}-{inside}_smt", "name": "statement", "prose": sentence}
        group["controls"].append({"id": f"std-{section}-{inside}", "title": title, "parts": [part]})
    catalog = {
        "uuid": "6a1b0c5e-1111-4222-8333-0123456789ab",
        "metadata": {"title": "Standards", "last-modified": "2026-03-02T12:00:00+00:00", "version": "1", "oscal-version": "1.1.3"},
        "groups": list(groups.values()),
    }
    (folder / ".trestle").mkdir(parents=True, exist_ok=True)
    write(folder / ".trestle/config.ini", "")
    write(folder / "catalogs/standards/catalog.json", json.dumps({"catalog": catalog}, indent=2))


WRITERS = {
    "gamma-ok": gamma_ok,
    "doorstop": doorstop,
    "strictdoc": strictdoc,
    "sphinx-needs": sphinx_needs,
    "compliance-trestle": trestle,
}


def make(folder, name, number):
    """The corpus of a program in a folder of its own."""
    path = pathlib.Path(folder) / name
    path.mkdir()
    WRITERS[name](path, number)
    return path
