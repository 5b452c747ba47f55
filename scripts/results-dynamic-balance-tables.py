#!/usr/bin/env python3
"""Page docs/results/dynamic-balance.md from finished comparisons and curves.

usage: results-dynamic-balance-tables.py FOLDER CURVES
"""
import collections
import csv
import math
import statistics
import sys

from comparison_tables import label, paired, read, replicates, score

HEAD = """# Does the dynamic balance pay?

Written by `scripts/results-dynamic-balance`; do not edit.

The two-layer network of `paper`, bare: no emphasis and, but for the warm starts, no distillation. Each
condition with dynamic weights and with all weights 1 in their place, everything else equal; trained on
the labelled patients alone. Macro-F1 on patients never seen, inductive, seed 1. Replicates: {replicates}.
"""

CONDITIONS = {
    "": "as shipped",
    "@gradients=no": "weights on losses, not on gradients and steps",
    "@normalizes=no": "gradients not brought to one norm",
    "@signal=training": "macro-F1 of training patients",
    "@signal=out-of-fold": "macro-F1 out of fold throughout",
    "@epochs=600@patience=200": "600 epochs, patience 200",
    "@epochs=20@warm-up=0": "20 epochs, weights from the first on",
    "@hasten=*:10@epochs=20@warm-up=0": "the same, one encoder ten times faster",
    "@descent=momentum": "descent with momentum",
    "@hasten=*:10": "one encoder ten times faster",
    "@hasten=*:10@gradients=no": "one encoder ten times faster, weights on losses",
    "@distillation=yes": "warm starts from distilled students",
}


def merged(scores):
    """The hastened modality is another in every cohort, and a star here."""
    result = {}
    for setting, methods in scores.items():
        result[setting] = collections.defaultdict(dict)
        for name, values in methods.items():
            for modality in ["fac", "mrna"]:
                name = name.replace(f"hasten={modality}:", "hasten=*:")
            result[setting][name] = values
    return result


def curves(path):
    """Weights and macro-F1 of a few looks."""
    with open(path) as file:
        rows = list(csv.DictReader(file))
    for method in dict.fromkeys(row["method"] for row in rows):
        own = [row for row in rows if row["method"] == method]
        heads = list(dict.fromkeys(row["head"] for row in own))
        epochs = sorted({int(row["epoch"]) for row in own})
        shown = [e for e in epochs if e in (5, 15, 30, 50, 80, 120, 150, epochs[-1])]
        print(f"`{method}`: macro-F1 on validation / training patients, loss weight\n")
        print("| epoch | " + " | ".join(heads) + " |")
        print("|---" * (1 + len(heads)) + "|")
        cells = {(int(row["epoch"]), row["head"]): row for row in own}
        for epoch in shown:
            line = []
            for head in heads:
                row = cells[epoch, head]
                text = "/".join(
                    f"{float(row[key]):.2f}" if row[key] else "–"
                    for key in ["validation_f1", "training_f1"])
                line.append(text + (f", {float(row['weight']):.2f}" if row["weight"] else ""))
            print(f"| {epoch} | " + " | ".join(line) + " |")
        print()


def differences(scores, title):
    print(f"## {title}\n")
    print("| condition | " + " | ".join(map(label, scores)) + " | all |")
    print("|---" * (2 + len(scores)) + "|")
    for key, words in CONDITIONS.items():
        on, off = f"dynamic-balance@balance=yes{key}", f"dynamic-balance@balance=no{key}"
        gaps = [
            scores[s][on][r] - scores[s][off][r]
            for s in scores for r in scores[s][on] if r in scores[s][off]
        ]
        if not gaps:
            continue
        error = statistics.stdev(gaps) / math.sqrt(len(gaps))
        print(f"| {words} | " + " | ".join(paired(scores, on, off))
              + f" | {statistics.fmean(gaps):+.3f} ± {error:.3f} |")
    print()


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    scores = merged(read(sys.argv[1]))
    print(HEAD.format(replicates=replicates(scores)))
    differences(scores, "Dynamic weights less weights of 1")
    losses = merged(read(sys.argv[1], "log_loss"))
    differences(losses, "The same in log loss, where below zero is better")
    print("## Macro-F1 with dynamic weights, and of plain sums\n")
    print("| | " + " | ".join(map(label, scores)) + " |")
    print("|---" * (1 + len(scores)) + "|")
    names = {"fused-only": "fused loss alone", "equal-weights": "plain sum of all losses"}
    names |= {f"dynamic-balance@balance=yes{key}": words for key, words in CONDITIONS.items()}
    for name, words in names.items():
        cells = [
            score(statistics.fmean(scores[s][name].values())) if scores[s][name] else "–"
            for s in scores
        ]
        print(f"| {words} | " + " | ".join(cells) + " |")
    print("\n## Curves, first fold of acc\n")
    curves(sys.argv[2])


if __name__ == "__main__":
    main()
