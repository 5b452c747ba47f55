#!/usr/bin/env python3
"""Few-label runs on the reference draws: one study per fold, most training labels hidden.

usage: results-few-labels.py EQUIPOISE BRCA QUALITY N MODE OUT.csv

Makes, for each repeat and fold of the reference folds, a cohort folder whose training patients
are unlabelled but for the N drawn ones, runs `equipoise study` with a folds file of that one fold,
and gathers macro-F1 of the test fold.
"""
import csv
import collections
import os
import subprocess
import sys
import tempfile

METHODS = (
    "logistic-balanced:cnv,logistic-balanced:mrna,logistic-balanced:rppa,"
    "logistic-balanced:concat,logistic-balanced:late,logistic-balanced:late-learned,"
    "joint,equipoise"
)


def main():
    equipoise, brca, quality, count, mode, out = sys.argv[1:]
    if os.path.exists(out):
        return
    with open(os.path.join(brca, "labels.csv")) as file:
        labels = list(csv.DictReader(file))
    folds = collections.defaultdict(dict)
    with open(os.path.join(quality, "folds-brca.csv")) as file:
        for row in csv.DictReader(file):
            folds[int(row["repeat"])][row["sample"]] = int(row["fold"])
    drawn = collections.defaultdict(set)
    with open(os.path.join(quality, "labelled-brca.csv")) as file:
        for row in csv.DictReader(file):
            if row["n"] == count:
                drawn[int(row["repeat"]), int(row["fold"])].add(row["sample"])
    gathered = []
    for (repeat, fold), kept in sorted(drawn.items()):
        with tempfile.TemporaryDirectory() as folder:
            cohort = os.path.join(folder, "brca")
            os.mkdir(cohort)
            for name in ("cnv.csv.gz", "mrna.csv.gz", "rppa.csv.gz"):
                os.symlink(os.path.abspath(os.path.join(brca, name)), os.path.join(cohort, name))
            test = {s for s, f in folds[repeat].items() if f == fold}
            with open(os.path.join(cohort, "labels.csv"), "w") as file:
                file.write("sample,label\n")
                for row in labels:
                    known = row["sample"] in test or row["sample"] in kept
                    file.write(f"{row['sample']},{row['label'] if known else ''}\n")
            split = os.path.join(folder, "folds.csv")
            with open(split, "w") as file:
                file.write("sample,repeat,fold\n")
                for sample in sorted(test | kept):
                    file.write(f"{sample},0,{0 if sample in test else 1}\n")
            run = os.path.join(folder, "run")
            command = [
                equipoise, "study", cohort, "--folds-file", split, "--methods", METHODS,
                "--out", run, "--quiet",
            ]
            if mode == "transductive":
                command += ["--transductive"]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            with open(os.path.join(run, "results.csv")) as file:
                for row in csv.DictReader(file):
                    # Fold 1 only exists so that its patients train fold 0.
                    if row["metric"] == "macro_f1" and row["fold"] == "0":
                        gathered.append((row["method"], repeat, fold, row["value"]))
    with open(out + ".part", "w") as file:
        file.write("method,repeat,fold,macro_f1\n")
        for row in gathered:
            file.write(",".join(map(str, row)) + "\n")
    os.rename(out + ".part", out)


main()
