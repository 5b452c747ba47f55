"""Errors and times of all estimators in one Markdown table, into its place in a file.

usage: compare.py FOLDER RESULTS.md     FOLDER as `run` leaves it
"""

import collections
import csv
import os
import platform
import statistics
import sys
from importlib import metadata

BEGIN, END = "<!-- mutual-information -->", "<!-- /mutual-information -->"
GROUPS = ["1", "2 and 3", "5", "25 and 50"]
OURS = ["auto", "ksg1", "ksg2", "copula", "gaussian", "latent", "mine", "infonce"]


def rows(path):
    with open(path) as file:
        return list(csv.DictReader(file))


def estimates(folder, names, truth):
    """Signed errors and seconds by estimator and task."""
    errors, seconds = collections.defaultdict(dict), collections.defaultdict(dict)
    for name in names:
        for r in rows(f"{folder}/results/{name}.csv"):
            errors[r["estimator"]][r["task"]] = float(r["nats"]) - float(truth[r["task"]]["truth"])
            seconds[r["estimator"]][r["task"]] = float(r["seconds"])
    return errors, seconds


def cell(values, count):
    """Mean absolute error; in brackets how many tasks, where not all."""
    if not values:
        return "–"
    mean = f"{statistics.mean(map(abs, values)):.3f}"
    return mean if len(values) == count else f"{mean} ({len(values)})"


def table(errors, seconds, truth):
    tasks = {group: [t for t in truth if truth[t]["group"] == group] for group in GROUPS}
    shown = [g for g in GROUPS if tasks[g]]
    yield "| estimator | all | " + " | ".join(f"{g} a side" for g in shown) + " | median s | most s |"
    yield "|---" * (len(shown) + 4) + "|"
    names = sorted(errors, key=lambda n: (n not in OURS, OURS.index(n) if n in OURS else 0))
    for name in names:
        found = errors[name]
        cells = [cell([found[t] for t in tasks[g] if t in found], len(tasks[g])) for g in shown]
        times = seconds[name].values()
        label = f"`{name}`" if name in OURS else name
        yield (
            f"| {label} | {cell(list(found.values()), len(truth))} | " + " | ".join(cells)
            + f" | {statistics.median(times):.3g} | {max(times):.3g} |"
        )


def worst(errors, truth, count=8):
    found = sorted(errors["auto"].items(), key=lambda item: -abs(item[1]))[:count]
    return "; ".join(f"{truth[t]['name']} {e:+.2f}" for t, e in found)


def section(folder):
    truth = {r["task"]: r for r in rows(f"{folder}/tasks1000/truth.csv")}
    few = {r["task"] for r in rows(f"{folder}/tasks1000-few/tasks.csv")}
    few = {t: truth[t] for t in truth if t in few}
    large, large_seconds = estimates(folder, ["ours10000", "peers10000"], truth)
    small, small_seconds = estimates(folder, ["ours1000", "peers1000"], truth)
    slow, slow_seconds = estimates(folder, ["few-ours", "few-peers", "few-latent"], few)
    for name in small:
        kept = {t: e for t, e in small[name].items() if t in few}
        if kept:
            slow[name], slow_seconds[name] = kept, {t: small_seconds[name][t] for t in kept}
    packages = {p: metadata.version(p) for p in ("benchmark-mi", "npeet-plus", "scikit-learn")}
    with open(f"{os.path.dirname(__file__)}/requirements-latent.txt") as file:
        versions = ", ".join(f"{p} {v}" for p, v in packages.items()) + ", "
        versions += file.read().strip().replace("==", " ")
    yield "## Mutual information"
    yield ""
    yield "`Benchmarks/mutual-information/run`. The 40 tasks of benchmark-mi (Czyż et al. 2023), seed 1:"
    yield "mean absolute error in nats, by the larger number of columns a side, and seconds a task on one"
    yield f"thread. {versions}; Python {platform.python_version()}. `name`: ours."
    yield "In brackets the number of tasks where not all could be asked (scikit-learn takes one column"
    yield "a side; histograms need bins in the power of the columns)."
    for count, e, s in ((10_000, large, large_seconds), (1000, small, small_seconds)):
        yield ""
        yield f"### {count:,} samples"
        yield ""
        yield from table(e, s, truth)
        yield ""
        yield f"Largest errors of `auto`: {worst(e, truth)}."
    yield ""
    yield "### What learns by gradient descent: every fifth task, 1,000 samples"
    yield ""
    yield from table(slow, slow_seconds, few)
    yield ""
    yield "### Speed"
    yield ""
    yield "One thread each, in turn, median and range of five ratios; both warmed up."
    yield ""
    with open(f"{folder}/results/speed.md") as file:
        yield file.read().strip()


def main():
    folder, results = sys.argv[1:]
    text = "\n".join([BEGIN, *section(folder), END])
    old = open(results).read() if os.path.exists(results) else "# Benchmarks\n\nWritten by the scripts beside this file; figures are of one machine, ratios carry over.\n\n"
    if BEGIN in old:
        start, end = old.index(BEGIN), old.index(END) + len(END)
        new = old[:start] + text + old[end:]
    else:
        new = old.rstrip("\n") + "\n\n" + text + "\n"
    with open(results, "w") as file:
        file.write(new)


if __name__ == "__main__":
    main()
