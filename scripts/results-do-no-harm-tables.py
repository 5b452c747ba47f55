#!/usr/bin/env python3
"""Page docs/results/do-no-harm.md from finished robustness studies.

usage: results-do-no-harm-tables.py FOLDER
"""
import json
import os
import statistics
import sys

HEAD = """# Does it harm?

Written by `scripts/results-do-no-harm`; do not edit.

`equipoise` beside four simple methods, all class-balanced logistic regression: the single modality that
inner folds prefer (`best`), all features in one table (`concat`), mean (`late`) and learned late fusion.
Macro-F1 on patients never seen, inductive, seed 1. Settings with `n=` are independent draws of labelled
patients, the other training patients unlabelled, differences ± standard error over draws; the others are
folds, ± with the correction for shared training patients. The last column is `equipoise` less the best of
the four **of that setting, chosen afterwards**: nobody could have known which, and the choice alone makes
that opponent better than it is.
"""

COHORTS = [
    ("brca-few", "brca"),
    ("brca-poor", "brca"),
    ("brca-noise", "brca"),
    ("brca", "brca"),
    ("brca-4", "brca, 4 classes"),
    ("brca-506", "brca, 506 patients"),
    ("acc", "acc"),
    ("multifeature", "multifeature"),
]


def main():
    print(HEAD)
    rows, names = [], []
    for folder, cohort in COHORTS:
        path = os.path.join(sys.argv[1], folder, "summary.json")
        if not os.path.exists(path):
            sys.exit(f"results-do-no-harm-tables: no {path}")
        with open(path) as file:
            settings = json.load(file)["settings"]
        for setting in settings:
            means = {m["name"]: m["metrics"]["macro_f1"]["mean"] for m in setting["methods"]}
            names = list(means)
            others = [name for name in names if name != "equipoise"]
            best = max(others, key=lambda name: means[name])
            gap = next(
                c
                for c in setting["comparisons"]
                if c["metric"] == "macro_f1" and (c["a"], c["b"]) == ("equipoise", best)
            )
            title = f"{cohort} `{setting['name']}`, {setting['n_replicates']}"
            rows.append((title, means, gap["difference"], gap["standard_error"] or 0))
    short = [f"`{name.replace('logistic-balanced:', '')}`" for name in names]
    print("| setting | " + " | ".join(short) + " | less the best |")
    print("|---" * (2 + len(names)) + "|")
    for title, means, gap, error in rows:
        cells = [f"{means[name]:.3f}"[1:] for name in names]
        print(f"| {title} | " + " | ".join(cells) + f" | {gap:+.3f} ± {error:.3f} |")
    gaps = [row[2] for row in rows]
    print(f"\nMean over settings: {statistics.mean(gaps):+.3f}; lowest {min(gaps):+.3f}.")
    harmed = [row[0] for row in rows if row[2] + row[3] < -0.01]
    print(
        "\nBelow −.01 by more than one standard error: "
        + ("; ".join(harmed) if harmed else "none")
        + "."
    )


if __name__ == "__main__":
    main()
