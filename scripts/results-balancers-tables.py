#!/usr/bin/env python3
"""Page docs/results/balancers.md from finished comparisons.

usage: results-balancers-tables.py FOLDER BEST_FOLDER WHY_FOLDER
       results-balancers-tables.py FOLDER --best BEST_FOLDER

With --best: the names of the five best rules of each large backbone and of ours, with commas; what
FOLDER holds of them is copied to BEST_FOLDER, so that their further replicates can be added there.
"""
import csv
import glob
import math
import os
import statistics
import sys

from comparison_tables import label, paired, read, replicates, score

HEAD = """# Balancers

Written by `scripts/results-balancers`; do not edit.

Every balancing rule on the same bare networks: no distillation, no emphasis, no averaging; early
stopping on a fifth of the labelled training patients; the constants their authors published. Macro-F1
on patients never seen, inductive, seed 1. Settings with `n=` are draws of labelled patients, on whom
alone everything is trained: no rule uses unlabelled patients, and this is much cheaper. (`equipoise`
does, see [robustness](robustness.md).) The others are folds. {replicates}

Ranks are of the mean macro-F1 within a setting, 1 the best, ties shared. Two mean ranks differ at the
5 % level where they are further apart than the critical difference (Nemenyi; Demsar 2006), which takes
the settings for independent. Six of them share their patients, so the true threshold is larger.
`paper` and `equipoise` as shipped stand below the rule, unranked.
"""

# Two-sided 5 % points of the studentized range over the square root of 2, infinite degrees of freedom,
# for 2, 3, ... methods (Demsar 2006, table 5a, and its continuation).
NEMENYI = [1.960, 2.343, 2.569, 2.728, 2.850, 2.949, 3.031, 3.102, 3.164, 3.219, 3.268, 3.313]

TABLES = [
    ("Two layers, Adam", lambda name: not name.endswith(("-linear", "-sgd"))),
    ("Linear, Adam", lambda name: name.endswith("-linear")),
    ("Two layers, descent with momentum", lambda name: name.endswith("-sgd")),
]
SHIPPED = ["paper", "equipoise"]
OURS = "dynamic-balance"


def ranks(values):
    """Rank of each value, the largest first, ties shared."""
    return [
        sum(other > value for other in values) + (sum(other == value for other in values) + 1) / 2
        for value in values
    ]


def mean_scores(scores, methods):
    """Means over replicates: a list over settings for each method."""
    return {m: [statistics.fmean(scores[s][m].values()) for s in scores] for m in methods}


def mean_ranks(means):
    """Mean rank over settings of each method."""
    per_setting = [ranks(column) for column in zip(*means.values())]
    return {m: statistics.fmean(r[i] for r in per_setting) for i, m in enumerate(means)}


def table(scores, methods, shipped=SHIPPED):
    means = mean_scores(scores, methods + shipped)
    rank = mean_ranks({m: means[m] for m in methods})
    lines = ["| | rank | " + " | ".join(map(label, scores)) + " |"]
    lines.append("|---" * (2 + len(scores)) + "|")
    for method in sorted(methods, key=rank.get):
        cells = " | ".join(map(score, means[method]))
        lines.append(f"| `{method}` | {rank[method]:.2f} | {cells} |")
    for method in shipped:
        lines.append(f"| *`{method}`* | | " + " | ".join(map(score, means[method])) + " |")
    count = len(methods)
    if 2 <= count < len(NEMENYI) + 2:
        critical = NEMENYI[count - 2] * math.sqrt(count * (count + 1) / (6 * len(scores)))
        lines.append("")
        lines.append(
            f"Critical difference of mean ranks, {count} methods, {len(scores)} settings: "
            f"{critical:.2f}.")
    return lines


def ranked_methods(scores, belongs):
    names = sorted({method for methods in scores.values() for method in methods})
    return [n for n in names if belongs(n) and n not in SHIPPED]


def best(scores, folder, best_folder):
    """The five best of each of the first two tables and ours; their lines go to `best_folder`."""
    chosen = []
    for _, belongs in TABLES[:2]:
        methods = ranked_methods(scores, belongs)
        rank = mean_ranks(mean_scores(scores, methods))
        first = sorted(methods, key=rank.get)[:5]
        chosen += first + [m for m in methods if m.startswith(OURS) and m not in first]
    os.makedirs(best_folder, exist_ok=True)
    for path in sorted(glob.glob(os.path.join(folder, "*.csv"))):
        target = os.path.join(best_folder, os.path.basename(path))
        if os.path.exists(target):
            continue
        with open(path) as file:
            head, *rows = csv.reader(file)
        with open(target + ".part", "w") as file:
            kept = [row for row in rows if row[head.index("method")] in chosen]
            file.writelines(",".join(row) + "\n" for row in [head] + kept)
        os.replace(target + ".part", target)
    return chosen


def best_section(scores):
    print("## The five best, and ours, on more replicates\n")
    print("Chosen by the ranks above, whose replicates are among these, so a little flattered.")
    print(f"Replicates: {replicates(scores)}.\n")
    for title, belongs in TABLES[:2]:
        methods = ranked_methods(scores, belongs)
        suffix = "-linear" if methods[0].endswith("-linear") else ""
        print(f"### {title}\n")
        print("\n".join(table(scores, methods, shipped=[])) + "\n")
        print("| ours less | " + " | ".join(map(label, scores)) + " |")
        print("|---" * (1 + len(scores)) + "|")
        for method in methods:
            if method != OURS + suffix:
                print(f"| `{method}` | " + " | ".join(paired(scores, OURS + suffix, method)) + " |")
        print()


WHY = """## What the first and the last of five replicates owe their places to

`ogm-ge` slows the modality that leads, and adds noise of each gradient's own spread to it. Without the
noise (`@noise=no`) or without the slowing (`@strength=0`) one sees which of the two counts. `umt` draws
embeddings to those of encoders trained alone, with the published weight 10; here also with .1. Two layers,
five replicates; differences to `fused-only` ± standard error.
"""


def why_section(folder):
    print(WHY)
    for title, column in [("macro-F1", "macro_f1"), ("log loss, where below zero is better", "log_loss")]:
        scores = read(folder, column)
        print(f"| {title} | " + " | ".join(map(label, scores)) + " | all |")
        print("|---" * (2 + len(scores)) + "|")
        for method in ["ogm-ge", "ogm-ge@noise=no", "ogm-ge@strength=0", "umt", "umt@strength=.1"]:
            gaps = [
                scores[s][method][r] - scores[s]["fused-only"][r]
                for s in scores for r in scores[s][method]
            ]
            error = statistics.stdev(gaps) / math.sqrt(len(gaps))
            print(f"| `{method}` | " + " | ".join(paired(scores, method, "fused-only"))
                  + f" | {statistics.fmean(gaps):+.3f} ± {error:.3f} |")
        print()


def main():
    arguments = sys.argv[1:]
    if len(arguments) == 3 and arguments[1] == "--best":
        print(",".join(best(read(arguments[0]), arguments[0], arguments[2])))
        return
    if len(arguments) != 3:
        sys.exit(__doc__)
    scores = read(arguments[0])
    print(HEAD.format(replicates=f"Replicates: {replicates(scores)}."))
    for title, belongs in TABLES:
        print(f"## {title}\n")
        print("\n".join(table(scores, ranked_methods(scores, belongs))) + "\n")
    best_section(read(arguments[1]))
    why_section(arguments[2])
    print("## Differences\n")
    print("Paired over replicates, ± the standard error of their mean (folds share training patients,")
    print("so that it is too small for them).\n")
    print("| | " + " | ".join(map(label, scores)) + " |")
    print("|---" * (1 + len(scores)) + "|")
    for a, b in [
        ("dynamic-balance", "equal-weights"), ("dynamic-balance", "fused-only"),
        ("equal-weights", "fused-only"),
        ("dynamic-balance-linear", "equal-weights-linear"),
        ("dynamic-balance-linear", "fused-only-linear"), ("equipoise", "paper"),
    ]:
        print(f"| `{a}` - `{b}` | " + " | ".join(paired(scores, a, b)) + " |")


if __name__ == "__main__":
    main()
