#!/usr/bin/env python3
"""Page docs/results/balancers.md from finished comparisons.

usage: results-balancers-tables.py FOLDER
"""
import math
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


def ranks(values):
    """Rank of each value, the largest first, ties shared."""
    return [
        sum(other > value for other in values) + (sum(other == value for other in values) + 1) / 2
        for value in values
    ]


def table(scores, methods):
    settings = list(scores)
    means = {
        method: [statistics.fmean(scores[s][method].values()) for s in settings]
        for method in methods + SHIPPED
    }
    ranked = [ranks([means[m][k] for m in methods]) for k in range(len(settings))]
    mean_rank = {m: statistics.fmean(r[i] for r in ranked) for i, m in enumerate(methods)}
    lines = ["| | rank | " + " | ".join(map(label, settings)) + " |"]
    lines.append("|---" * (2 + len(settings)) + "|")
    for method in sorted(methods, key=lambda m: mean_rank[m]):
        cells = " | ".join(map(score, means[method]))
        lines.append(f"| `{method}` | {mean_rank[method]:.2f} | {cells} |")
    for method in SHIPPED:
        lines.append(f"| *`{method}`* | | " + " | ".join(map(score, means[method])) + " |")
    count = len(methods)
    if 2 <= count < len(NEMENYI) + 2:
        critical = NEMENYI[count - 2] * math.sqrt(count * (count + 1) / (6 * len(settings)))
        lines.append("")
        lines.append(
            f"Critical difference of mean ranks, {count} methods, {len(settings)} settings: "
            f"{critical:.2f}.")
    return lines


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    scores = read(sys.argv[1])
    print(HEAD.format(replicates=f"Replicates: {replicates(scores)}."))
    names = sorted({method for methods in scores.values() for method in methods})
    for title, belongs in TABLES:
        methods = [n for n in names if belongs(n) and n not in SHIPPED]
        print(f"## {title}\n")
        print("\n".join(table(scores, methods)) + "\n")
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
