"""What pages made of `MethodStudies comparison` share."""
import collections
import csv
import glob
import math
import os
import statistics
import sys


def read(folder, column="macro_f1"):
    """One score, macro-F1 or log loss, by setting, method and replicate, of all files below."""
    scores = collections.defaultdict(lambda: collections.defaultdict(dict))
    for path in sorted(glob.glob(os.path.join(folder, "**/*.csv"), recursive=True)):
        with open(path) as file:
            for row in csv.DictReader(file):
                setting = (row["cohort"], row["setting"])
                replicate = (int(row["repeat"]), int(row["fold"]))
                scores[setting][row["method"]][replicate] = float(row[column])
    if not scores:
        sys.exit(f"no comparison in {folder}")
    return dict(sorted(scores.items(), key=lambda item: order(item[0])))


def order(setting):
    """By cohort, then by the number of labels, all of them last."""
    cohort, name = setting
    count = name.partition("+")[0].removeprefix("n=")
    return cohort, int(count) if count.isdigit() else math.inf, name


def replicates(scores):
    """Numbers of replicates by setting, in words."""
    return ", ".join(
        f"{label(setting)} {'/'.join(map(str, sorted({len(r) for r in methods.values()})))}"
        for setting, methods in scores.items())


def label(setting):
    cohort, name = setting
    return f"{cohort} `{name}`"


def score(value):
    return f"{value:.3f}".lstrip("0")


def paired(scores, a, b):
    """Mean difference with its standard error, by setting; a dash where both were not run."""
    cells = []
    for setting in scores:
        first, second = scores[setting][a], scores[setting][b]
        gaps = [first[r] - second[r] for r in first if r in second]
        if not gaps:
            cells.append("–")
            continue
        text = f"{statistics.fmean(gaps):+.3f}"
        if len(gaps) > 1:
            text += f" ± {statistics.stdev(gaps) / math.sqrt(len(gaps)):.3f}"
        cells.append(text)
    return cells
