"""Estimates and times of other packages on a folder of tasks; rows as `MethodStudies` prints them.

usage: peers.py FOLDER NAME...     names: see ESTIMATORS
Neural and latent estimators run in their authors' settings, with seed 1 where one can be set.
"""

import contextlib
import csv
import io
import os
import sys
import time
import warnings

os.environ.setdefault("OMP_NUM_THREADS", "1")
warnings.filterwarnings("ignore")
import numpy as np


def bmi_estimator(name, **options):
    def estimate(x, y):
        import bmi

        return getattr(bmi.estimators, name)(**options).estimate(x, y)

    return estimate


def npeet(x, y):
    from npeet_plus import mi

    return mi(x, y, k=3, base=np.e)


def scikit_learn(x, y):
    from sklearn.feature_selection import mutual_info_regression

    if x.shape[1] > 1 or y.shape[1] > 1:
        return None
    return mutual_info_regression(x, y[:, 0], n_neighbors=3, random_state=1)[0]


def histogram(x, y):
    # Bins in the power of the number of columns.
    if x.shape[1] + y.shape[1] > 4:
        return None
    return bmi_estimator("HistogramEstimator")(x, y)


def latentmi(x, y):
    import torch
    from latentmi import lmi

    torch.manual_seed(1)
    torch.set_num_threads(1)
    return float(np.nanmean(lmi.estimate(x, y)[0]))


QUIET = {"verbose": False, "seed": 1}
ESTIMATORS = {
    "bmi KSG": bmi_estimator("KSGEnsembleFirstEstimator", neighborhoods=(5,)),
    "bmi CCA": bmi_estimator("CCAMutualInformationEstimator"),
    "bmi histogram": histogram,
    "bmi kernel density": bmi_estimator("KDEMutualInformationEstimator"),
    "bmi InfoNCE": bmi_estimator("InfoNCEEstimator", **QUIET),
    "bmi MINE": bmi_estimator("MINEEstimator", **QUIET),
    "bmi NWJ": bmi_estimator("NWJEstimator", **QUIET),
    "bmi Donsker-Varadhan": bmi_estimator("DonskerVaradhanEstimator", **QUIET),
    "NPEET": npeet,
    "scikit-learn": scikit_learn,
    "latentmi": latentmi,
}


def tasks(folder):
    with open(f"{folder}/tasks.csv") as file:
        for row in csv.DictReader(file):
            n, dx, dy = (int(row[c]) for c in ("rows", "columns_x", "columns_y"))
            values = np.fromfile(f"{folder}/{row['task']}.f64", "<f8").reshape(n, -1)
            yield row["task"], values[:, :dx], values[:, dx : dx + max(dy, 1)]


def main():
    folder, names = sys.argv[1], sys.argv[2:]
    out = csv.writer(sys.stdout)
    out.writerow(["task", "estimator", "chosen", "nats", "seconds", "reason"])
    for task, x, y in tasks(folder):
        for name in names:
            start = time.perf_counter()
            try:
                with contextlib.redirect_stdout(io.StringIO()):
                    value = ESTIMATORS[name](x, y)
            except (ValueError, MemoryError, np.linalg.LinAlgError) as fault:
                print(f"{name} on {task}: {fault}", file=sys.stderr)
                continue
            seconds = time.perf_counter() - start
            if value is not None and np.isfinite(value):
                out.writerow([task, name, name, float(value), seconds, ""])
                sys.stdout.flush()


if __name__ == "__main__":
    main()
