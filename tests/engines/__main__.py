"""Makes the chain, lets each count it, and compares."""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path

from chain import make_chain

HERE = Path(__file__).resolve().parent
TODAY = "2026-01-05"
COUNTS = ["met", "judged", "not_applicable", "not_observed", "disputed"]
CLOSE = 1e-12


def main() -> int:
    asked = arguments()
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(asked.keep or temporary)
        started = time.monotonic()
        if (root / "book").exists():
            print("the chain that was kept", flush=True)
        else:
            answers = make_chain(root / "book", asked.sites, asked.visits, asked.standards, asked.seed)
            print(f"{asked.sites} sites, {answers} answers, made in {time.monotonic() - started:.0f} s", flush=True)
        report = json.loads(timed("audit report", program(asked.binary, root, "audit", "report", "--format", "json")))
        timed("export data", program(asked.binary, root, "export", "data", str(root / "data"), "--name", "chain"))
        wanted = of_report(report)
        faults = 0
        engines = ["duckdb"] if asked.only else ["duckdb", "spark"]
        for engine in engines:
            # Each in a process of its own, so that its memory is its own.
            rows = json.loads(timed(engine, [sys.executable, str(HERE / f"{engine}_engine.py"), str(root / "data")]))
            faults += compare(engine, wanted, {(row[0], row[1] or ""): row[2:] for row in rows})
        print(f"{len(wanted)} groups, {faults} differences")
        return 1 if faults else 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("binary", type=lambda path: str(Path(path).resolve()))
    parser.add_argument("--sites", type=int, default=400)
    parser.add_argument("--visits", type=int, default=12)
    parser.add_argument("--standards", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=["duckdb"])
    parser.add_argument("--keep")
    return parser.parse_args()


def program(binary: str, root: Path, *words: str) -> list[str]:
    return [binary, *words, "--book", str(root / "book"), "--today", TODAY, "--quiet"]


def timed(name: str, command: list[str]) -> str:
    """What a command prints; says what it took, in time and in memory of its own."""
    started = time.monotonic()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as errors:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True)
        output = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        said = errors.read()
    if process.returncode != 0:
        sys.exit(f"{name} ended with {process.returncode}\n{said}{output}")
    peak = used.ru_maxrss // 1024
    # Spark works in a process of Java's, which says for itself what it took.
    for line in said.splitlines():
        if line.startswith("java took "):
            peak += int(line.split()[2])
    print(f"{name}: {time.monotonic() - started:.1f} s, {peak} MB", flush=True)
    return output


def of_report(report: dict) -> dict:
    groups = {("overall", ""): report["overall"]}
    for head in ["site", "month", "level", "phase"]:
        groups.update({(head, entry["key"]): entry for entry in report["by"][head]})
    return groups


def compare(engine: str, wanted: dict, found: dict) -> int:
    faults = [f"{engine}: {key} is only in one of them" for key in set(wanted) ^ set(found)]
    for key in sorted(set(wanted) & set(found)):
        entry, row = wanted[key], found[key]
        counts = [int(count) for count in row[:5]]
        if counts != [entry[name] for name in COUNTS]:
            faults.append(f"{engine}: {key}: {counts} for {[entry[name] for name in COUNTS]}")
        met, judged = Decimal(row[5]), Decimal(row[6])
        if judged and entry["score"] is not None and float(met / judged) != entry["score"]:
            # The quotient of two sums that are exact: the program's is the nearest double of it, or its neighbour.
            if abs(float(met / judged) - entry["score"]) > math.ulp(entry["score"]):
                faults.append(f"{engine}: {key}: weight {met} of {judged} is not the score {entry['score']}")
        interval = entry["interval"] or [None, None]
        figures = zip(["score", "coverage", "low", "high"], row[7:], [entry["score"], entry["coverage"], *interval])
        for name, figure, other in figures:
            if (figure is None) != (other is None) or (figure is not None and abs(figure - other) > CLOSE):
                faults.append(f"{engine}: {key}: {name} {figure} for {other}")
    for fault in faults[:20]:
        print(fault)
    return len(faults)


if __name__ == "__main__":
    sys.exit(main())
