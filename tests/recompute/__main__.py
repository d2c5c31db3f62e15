"""Recomputes every figure of every report from the raw files, with code that shares nothing with the program.

The rules are those of the design (what is counted, pages 1, 2, 6 and 9); the statistics are statsmodels', scipy's and the
package krippendorff's. Where the design leaves something open, the function that decides it says so.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

import generate
import selftest
from compare import Comparison
from runs import examine

DAYS = ["2026-11-15", "2027-12-15"]
SHOWN = 60


def main() -> int:
    """0 where all figures are equal, else 1."""
    parser = argparse.ArgumentParser(prog="tests/recompute/run", description=__doc__)
    parser.add_argument("binary", nargs="?", help="the program")
    parser.add_argument("--self-test", action="store_true", help="only hold this against published values")
    parser.add_argument("--books", type=int, default=8, help="how many random books, beside the examples")
    parser.add_argument("--seed", type=int, default=1, help="of the first random book")
    parser.add_argument("--all", action="store_true", help=f"tell every mismatch, not only {SHOWN}")
    options = parser.parse_args()
    selftest.run()
    if options.self_test:
        print("the recomputation agrees with published values")
        return 0
    if not options.binary:
        parser.error("the program is missing")
    found = Comparison()
    examples = Path(__file__).resolve().parents[2] / "examples"
    with tempfile.TemporaryDirectory() as folder:
        for example in sorted(path for path in examples.iterdir() if (path / "gamma-ok.yaml").is_file()):
            # Away from any git, so that the files alone are looked at.
            copy = Path(folder) / example.name
            shutil.copytree(example, copy, ignore=shutil.ignore_patterns("out"))
            for day in DAYS:
                examine(options.binary, example.name, copy, day, found, None if day == DAYS[0] else 0)
        for seed in range(options.seed, options.seed + options.books):
            root = Path(folder) / f"seed-{seed}"
            generate.make_book(options.binary, examples / "shop", root, seed)
            errors = generate.listed(options.binary, root)
            if errors:
                raise RuntimeError(f"the random book of seed {seed} has errors: {errors[:5]}")
            examine(options.binary, f"random book {seed}", root, generate.TODAY, found, 10)
    return tell(found, options.all)


def tell(found: Comparison, everything: bool) -> int:
    """Says what came of it."""
    shown = found.mismatches if everything else found.mismatches[:SHOWN]
    for mismatch in shown:
        print(mismatch)
    if len(shown) < len(found.mismatches):
        print(f"… and {len(found.mismatches) - len(shown)} more (--all tells them)")
    if found.kinds:
        print("\nmismatches by kind:")
        for kind, of in found.kinds.most_common():
            print(f"{of:7}  {kind}")
    if found.not_recomputed:
        print("\nprinted by the program and not recomputed:")
        for kind, of in sorted(found.not_recomputed.items()):
            print(f"{of:7}  {kind}")
    print(f"\n{found.compared} figures compared, {len(found.mismatches)} differ")
    return 1 if found.mismatches else 0


if __name__ == "__main__":
    sys.exit(main())
