"""Books of any size for what is timed from outside: the same size gives the same bytes."""

from __future__ import annotations

from pathlib import Path

PHASES = 5
IN_A_FILE = 250


def write_book(root: Path, standards: int, in_a_file: int = IN_A_FILE) -> str:
    """A book in two languages; the path of the file in its middle."""
    (root / "sequences").mkdir(parents=True)
    (root / "gamma-ok.yaml").write_text("title: {en: A chain, pl: Sieć}\nlanguages: [en, pl]\nderive: false\n", encoding="utf-8")
    roles = "".join(f"  - {{id: role-{number}, title: {{en: Role {number}, pl: Rola {number}}}}}\n" for number in range(20))
    (root / "roles.yaml").write_text("roles:\n" + roles, encoding="utf-8")
    files = max(1, standards // in_a_file)
    for file in range(files):
        lines = [f"id: visit-{file}", f"title: {{en: Visit {file}, pl: Wizyta {file}}}", "phases:"]
        for phase in range(PHASES):
            lines += [f"  - id: phase-{file}-{phase}", f"    title: {{en: Phase {phase}, pl: Faza {phase}}}", "    traits: [friendly, prompt]"]
            lines += ["    steps:", f"      - {{id: step-{phase}, title: {{en: Step, pl: Krok}}, contact: face-to-face}}", "    standards:"]
            for number in range(phase, min(in_a_file, standards), PHASES):
                name = f"{file}-{number}"
                lines += [
                    f"      - id: standard-{name}",
                    f"        trait: {['friendly', 'prompt'][number % 2]}",
                    f"        step: step-{phase}",
                    f"        role: role-{number % 20}",
                    f"        type: {['personal', 'product', 'procedural'][number % 3]}",
                    f"        level: {['basic', 'expected', 'exclusive'][number // 3 % 3]}",
                    f"        measure: {{what: time, within: {5 + number % 50} s}}",
                    "        text:",
                    f"          en: The member of staff at desk {name} greets the guest within {5 + number % 50} seconds.",
                    f"          pl: Pracownik przy ladzie {name} wita gościa w ciągu {5 + number % 50} sekund.",
                    "        why: The first impression is made here.",
                ]
        (root / "sequences" / f"visit-{file:03}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return f"sequences/visit-{files // 2:03}.yaml"


def write_records(root: Path, standards: int, records: int, answers: int = 100) -> None:
    """A site, and records of rounds there over two years, each of so many answers, one in ten of them *not met*."""
    (root / "sites").mkdir(exist_ok=True)
    (root / "audits").mkdir(exist_ok=True)
    (root / "sites" / "house.yaml").write_text("id: house\ntitle: {en: The house, pl: Dom}\n", encoding="utf-8")
    files = max(1, standards // IN_A_FILE)
    for record in range(records):
        day = f"{2024 + record % 2}-{record // 2 % 12 + 1:02}-{record // 24 % 28 + 1:02}"
        file = record % files
        lines = ["site: house", f"date: {day}", f"auditor: auditor-{record % 5}", f"visit: v{record}",
                 f"scope: {{sequence: [visit-{file}]}}", "answers:"]
        for number in range(min(answers, IN_A_FILE, standards)):
            if (record + number) % 10:
                lines.append(f"  standard-{file}-{number}: met")
            elif (record + number) % 20:
                lines.append(f"  standard-{file}-{number}: not met")
            else:
                due = f"{2025 + record % 2}-06-{number % 28 + 1:02}"
                lines.append(f"  standard-{file}-{number}: {{answer: not met, note: Nobody came., "
                             f"action: {{what: Say who comes, owner: role-1, due: {due}}}}}")
        (root / "audits" / f"{record:04}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
