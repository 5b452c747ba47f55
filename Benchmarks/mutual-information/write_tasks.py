"""Writes samples of tasks as `MethodStudies estimate-tasks` reads them, and truth.csv beside them.

usage: write_tasks.py SET ROWS SEED FOLDER
SET: public (the 40 tasks of benchmark-mi), development, held_back, repeated_values, labels
"""

import csv
import os
import sys

import numpy as np


def public(rows, seed):
    import bmi

    for name, task in bmi.benchmark.BENCHMARK_TASKS.items():
        x, y = task.sample(rows, seed)
        dims = max(task.dim_x, task.dim_y)
        group = "1" if dims == 1 else "2 and 3" if dims <= 3 else "5" if dims <= 5 else "25 and 50"
        yield name, group, np.asarray(x, float), np.asarray(y, float), float(task.mutual_information)


def own(which, rows, seed):
    import development_list

    for task in getattr(development_list, which)():
        x, y = task.sample(rows, seed)
        yield task.name, task.group, x, y, task.truth


def main():
    which, rows, seed, folder = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    os.makedirs(folder, exist_ok=True)
    tasks = public(rows, seed) if which == "public" else own(which, rows, seed)
    with open(f"{folder}/tasks.csv", "w") as t, open(f"{folder}/truth.csv", "w") as u:
        tasks_file, truth_file = csv.writer(t), csv.writer(u)
        tasks_file.writerow(["task", "rows", "columns_x", "columns_y"])
        truth_file.writerow(["task", "group", "truth", "name"])
        for number, (name, group, x, y, truth) in enumerate(tasks):
            key = f"t{number:02d}"
            y = np.asarray(y, float)
            columns_y = y.shape[1] if y.ndim == 2 else 0
            np.hstack([x, y.reshape(len(x), -1)]).astype("<f8").tofile(f"{folder}/{key}.f64")
            tasks_file.writerow([key, len(x), x.shape[1], columns_y])
            truth_file.writerow([key, group, truth, name])


if __name__ == "__main__":
    main()
