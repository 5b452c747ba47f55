"""Speed beside peers, in turn and on one thread, with equal answers; a Markdown table on stdout.

usage: speed.py MethodStudies FOLDER
"""

import csv
import io
import os
import statistics
import subprocess
import sys
import time

os.environ["OMP_NUM_THREADS"] = "1"
import numpy as np

ROUNDS = 5


def write_task(folder, x, y):
    os.makedirs(folder, exist_ok=True)
    columns = x.shape[1]
    np.hstack([x, y.reshape(len(x), -1)]).astype("<f8").tofile(f"{folder}/t.f64")
    width = y.shape[1] if y.ndim == 2 else 0
    with open(f"{folder}/tasks.csv", "w") as file:
        file.write(f"task,rows,columns_x,columns_y\nt,{len(x)},{columns},{width}\n")


def ours(program, folder, *options):
    """Estimates and the median seconds of five, as measured within the program."""
    text = subprocess.run(
        [program, "estimate-tasks", folder, "--threads", "1", "--runs", "5", *options],
        check=True, capture_output=True, text=True,
    ).stdout
    rows = list(csv.DictReader(io.StringIO(text)))
    return np.array([float(r["nats"]) for r in rows]), float(rows[0]["seconds"])


def timed(function):
    start = time.perf_counter()
    value = function()
    return np.atleast_1d(value), time.perf_counter() - start


def standardized(x):
    return (x - x.mean(axis=0)) / x.std(axis=0, ddof=1)


def line(name, our_run, peer_run, adjust=lambda v: v):
    mine, theirs, ratios = [], [], []
    peer_run()  # imports and caches are not what is measured
    for _ in range(ROUNDS):
        a, seconds_a = our_run()
        b, seconds_b = timed(peer_run)
        mine.append(seconds_a)
        theirs.append(seconds_b)
        ratios.append(seconds_b / seconds_a)
    difference = np.abs(adjust(a) - b).max()
    print(
        f"| {name} | {statistics.median(mine):.4f} | {statistics.median(theirs):.3f} "
        f"| **{statistics.median(ratios):.0f}×** | {min(ratios):.0f}–{max(ratios):.0f} "
        f"| {difference:.1e} |"
    )


def main():
    from npeet_plus import mi
    from sklearn.feature_selection import mutual_info_classif

    program, folder = sys.argv[1:]
    rng = np.random.default_rng(1)
    print("| | ours, s | peer, s | ratio | least–most | largest difference, nats |")
    print("|---|---|---|---|---|---|")
    for columns in (1, 2):
        x = rng.normal(size=(10_000, columns))
        x, y = standardized(x), standardized(x + rng.normal(size=x.shape))
        where = f"{folder}/ksg{columns}"
        write_task(where, x, y)
        line(
            f"KSG 1, k = 3, n = 10,000, {columns} + {columns} columns, beside NPEET",
            lambda: ours(program, where, "--estimators", "ksg1", "--neighbors", "3"),
            lambda: mi(x, y, k=3, base=np.e),
        )
    for rows in (300, 1000):
        classes = rng.integers(0, 4, size=rows)
        x = rng.normal(size=(rows, 1000)) + classes[:, None] * rng.uniform(0, 0.5, size=1000)
        where = f"{folder}/scores{rows}"
        write_task(where, x, classes.astype(float))
        line(
            f"label scores of 1,000 columns, {rows} rows, 4 classes, beside scikit-learn",
            lambda: ours(program, where, "--each"),
            lambda: mutual_info_classif(x, classes, n_neighbors=3, random_state=1),
            lambda scores: np.maximum(scores, 0),
        )


if __name__ == "__main__":
    main()
