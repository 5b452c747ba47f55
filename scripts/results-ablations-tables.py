#!/usr/bin/env python3
"""Page docs/results/ablations.md from finished comparisons.

usage: results-ablations-tables.py FOLDER
"""
import math
import statistics
import sys

from comparison_tables import label, paired, read, replicates, score

HEAD = """# Ablations

Written by `scripts/results-ablations`; do not edit.

`paper` and `equipoise`, whole and without each part (METHOD, ablations A to F), and the control whose
macro-F1, information and gates are exchanged among modalities, so that none keeps its own. Macro-F1 on
patients never seen, inductive, seed 1; beside `n=` labelled patients there are 80 unlabelled ones.
Replicates: {replicates}.

What a part brings is the whole less the method without it, paired over replicates, ± the standard error
of their mean; draws and folds share patients, so it is rather too small. A part is named useful or harmful
only where its mean over all replicates of all settings is two standard errors from zero; with fourteen
rows below, one may be so by luck.
"""

PARTS = {
    "no-distillation": "A distillation",
    "no-balance": "B dynamic balance",
    "no-mi": "C mutual information",
    "no-f1": "D macro-F1 in the weights",
    "no-snf": "E fused graph",
    "no-emphasis": "F fusion emphasis",
    "shuffled-guidance": "guidance of the right modality (control)",
}


def gaps(scores, a, b):
    return [
        scores[s][a][r] - scores[s][b][r]
        for s in scores for r in scores[s][a] if r in scores[s][b]
    ]


def verdict(values):
    mean = statistics.fmean(values)
    if not any(values):
        return "no effect at all: same answers", mean, 0.0
    error = statistics.stdev(values) / math.sqrt(len(values))
    if mean > 2 * error:
        return "useful", mean, error
    if mean < -2 * error:
        return "harmful here", mean, error
    return "of no use that shows", mean, error


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    scores = read(sys.argv[1])
    print(HEAD.format(replicates=replicates(scores)))
    for whole in ["paper", "equipoise"]:
        print(f"## `{whole}`\n")
        print("| part | " + " | ".join(map(label, scores)) + " | all | |")
        print("|---" * (3 + len(scores)) + "|")
        means = [score(statistics.fmean(scores[s][whole].values())) for s in scores]
        print("| *whole, macro-F1* | " + " | ".join(means) + " | | |")
        for part, words in PARTS.items():
            cells = paired(scores, whole, f"{whole}-{part}")
            said, mean, error = verdict(gaps(scores, whole, f"{whole}-{part}"))
            print(f"| {words} | " + " | ".join(cells) + f" | {mean:+.3f} ± {error:.3f} | {said} |")
        print()
    print("## How far `paper` lies from `equipoise`\n")
    print("| | " + " | ".join(map(label, scores)) + " |")
    print("|---" * (1 + len(scores)) + "|")
    print("| `equipoise` - `paper` | " + " | ".join(paired(scores, "equipoise", "paper")) + " |")


if __name__ == "__main__":
    main()
