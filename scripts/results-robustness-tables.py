#!/usr/bin/env python3
"""Tables of docs/results/robustness.md from finished robustness studies.

usage: results-robustness-tables.py FOLDER
"""
import json
import os
import sys

HEAD = """# Few labels, poorer modalities, missing modalities

Written by `scripts/results-robustness`; do not edit.

Macro-F1 of `equipoise robustness`, inductive; breast cancer (861 patients, five subtypes) unless said.
Settings with `n=` are independent draws of labelled patients, the other training patients unlabelled,
all judged on the same tested patients: differences are paired over draws, ± their standard error.
Settings without are three times five folds, ± with the correction for shared training patients.
"""

SECTIONS = [
    ("brca", "Few labels"),
    ("mf", "Few labels, multifeature"),
    ("noise", "Few labels, and a modality that is noise or has 16 features left"),
    ("miss80", "80 labels, modalities missing at prediction"),
    ("missfull", "All labels, modalities missing at prediction"),
]


def short(name):
    return "`" + name.replace("logistic-balanced:", "") + "`"


def main():
    print(HEAD)
    for folder, title in SECTIONS:
        path = os.path.join(sys.argv[1], folder, "summary.json")
        if not os.path.exists(path):
            sys.exit(f"results-robustness-tables: no {path}")
        with open(path) as file:
            settings = json.load(file)["settings"]
        names = [method["name"] for method in settings[0]["methods"]]
        print(f"## {title}\n")
        print("| setting | " + " | ".join(map(short, names)) + " |")
        print("|---" * (1 + len(names)) + "|")
        for setting in settings:
            means = [method["metrics"]["macro_f1"]["mean"] for method in setting["methods"]]
            cells = [f"{mean:.3f}"[1:] for mean in means]
            print(f"| `{setting['name']}`, {setting['n_replicates']} | " + " | ".join(cells) + " |")
        print("\n`equipoise` less each other:\n")
        others = names[1:]
        print("| setting | " + " | ".join(map(short, others)) + " |")
        print("|---" * (1 + len(others)) + "|")
        for setting in settings:
            found = {
                other["b"]: other
                for other in setting["comparisons"]
                if other["metric"] == "macro_f1" and other["a"] == "equipoise"
            }
            cells = [
                f"{found[name]['difference']:+.3f} ± {found[name]['standard_error'] or 0:.3f}"
                for name in others
            ]
            print(f"| `{setting['name']}` | " + " | ".join(cells) + " |")
        print()


if __name__ == "__main__":
    main()
