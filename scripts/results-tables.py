#!/usr/bin/env python3
"""Writes docs/results/brca.md and docs/results/agreement.md from finished runs.

usage: results-tables.py RUNS QUALITY DOCS
"""
import collections
import csv
import json
import math
import os
import sys

RUNS, QUALITY, DOCS = sys.argv[1:]


def summary(name):
    with open(os.path.join(RUNS, name, "summary.json")) as file:
        return json.load(file)


def folds_of(name, metric="macro_f1"):
    result = {}
    with open(os.path.join(RUNS, name, "results.csv")) as file:
        for row in csv.DictReader(file):
            if row["metric"] == metric and row["value"]:
                key = (row["method"], int(row["repeat"]), int(row["fold"]))
                result[key] = float(row["value"])
    return result


def number(value, digits=3):
    text = f"{value:.{digits}f}"
    return text.replace("0.", ".", 1) if text.lstrip("-").startswith("0.") else text


def interval(pair):
    return f"[{number(pair[0])}, {number(pair[1])}]"


def method_table(run):
    data = summary(run)
    seconds = collections.defaultdict(float)
    with open(os.path.join(RUNS, run, "timings.csv")) as file:
        for row in csv.DictReader(file):
            seconds[row["method"]] += float(row["seconds"])
    differences = {c["b"]: c for c in data["comparisons"] if c["metric"] == "macro_f1"}
    lines = [
        "| method | macro-F1 | 95 % interval | accuracy | equipoise minus it | 95 % interval | Holm p |",
        "|---|---|---|---|---|---|---|",
    ]
    order = sorted(data["methods"], key=lambda m: -m["metrics"]["macro_f1"]["mean"])
    for method in order:
        macro, accuracy = method["metrics"]["macro_f1"], method["metrics"]["accuracy"]
        row = [f"`{method['name']}`", number(macro["mean"]), interval(macro["ci95"]),
               number(accuracy["mean"])]
        c = differences.get(method["name"])
        if c is None:
            row += ["", "", ""]
        elif c.get("identical"):
            row += ["no difference by construction", "", ""]
        else:
            p = c["p_holm"] if c.get("p_holm") is not None else c["p"]
            sign = "+" if c["difference"] >= 0 else ""
            row += [f"{sign}{number(c['difference'])}", interval(c["ci95"]),
                    number(p, 3) + (" (primary, p)" if c["primary"] else "")]
        lines.append("| " + " | ".join(row) + " |")
    total = sum(seconds.values())
    lines.append("")
    lines.append(f"Computing time, summed over tasks: {total:.0f} s.")
    return "\n".join(lines)


def modality_table(run):
    rows = ["| modality | features | patients | informativeness |", "|---|---|---|---|"]
    for m in summary(run)["modalities"]:
        value = m.get("informativeness")
        rows.append(f"| {m['name']} | {m['n_features']} | {m['n_measured']} | "
                    f"{number(value) if value is not None else ''} |")
    return "\n".join(rows)


def reference():
    result = {}
    with open(os.path.join(QUALITY, "prototype.csv")) as file:
        for row in csv.DictReader(file):
            key = (row["cohort"], row["setting"], row["method"], int(row["repeat"]), int(row["fold"]))
            result[key] = float(row["macro_f1"])
    return result


def agreement_rows(label, cohort, setting, ours):
    theirs = reference()
    lines = []
    for method in sorted({m for m, _, _ in ours}):
        name = {"equipoise": "average-of-four", "joint": "graph-joint-equal"}.get(method, method)
        pairs = [(value, theirs[cohort, setting, name, repeat, fold])
                 for (m, repeat, fold), value in ours.items()
                 if m == method and (cohort, setting, name, repeat, fold) in theirs]
        if not pairs:
            continue
        differences = [a - b for a, b in pairs]
        mean = sum(differences) / len(differences)
        lines.append(
            f"| {label} | `{method}` | {number(sum(a for a, _ in pairs) / len(pairs), 4)} | "
            f"{number(sum(b for _, b in pairs) / len(pairs), 4)} | {mean:+.4f} | "
            f"{max(abs(d) for d in differences):.4f} |")
    return lines


def agreement():
    lines = [
        "# Agreement with the prototype, on the same folds",
        "",
        "Written by `scripts/results`; do not edit. Macro-F1, mean over the 15 reference folds;",
        "`equipoise` beside the prototype's `average-of-four`, which is transductive.",
        "",
        "| run | method | ours | prototype | mean difference | largest difference in a fold |",
        "|---|---|---|---|---|---|",
    ]
    for mode in ("transductive", "inductive"):
        for run, cohort in (("brca", "brca"), ("brca-506", "brca-506"),
                            ("brca-4-classes", "brca-4-classes"), ("acc", "acc")):
            name = f"folds-{run}-{mode}"
            if os.path.exists(os.path.join(RUNS, name, "results.csv")):
                lines += agreement_rows(f"{run}, {mode}", cohort, "full", folds_of(name))
        for count in (40, 80, 160):
            path = os.path.join(RUNS, f"few-labels-{count}-{mode}.csv")
            if not os.path.exists(path):
                continue
            ours = {}
            with open(path) as file:
                for row in csv.DictReader(file):
                    key = (row["method"], int(row["repeat"]), int(row["fold"]))
                    ours[key] = float(row["macro_f1"])
            lines += agreement_rows(f"brca n = {count}, {mode}", "brca", f"n={count}", ours)
    return "\n".join(lines) + "\n"


def page(title, run, introduction, command):
    data = summary(run)
    primary = next(c for c in data["comparisons"] if c["primary"])
    words = (f"Primary contrast, declared beforehand: `{primary['a']}` minus `{primary['b']}` = "
             f"{primary['difference']:+.3f}, 95 % interval {interval(primary['ci95'])}, "
             f"p = {number(primary['p'], 3)}.")
    return "\n".join([f"## {title}", "", introduction, "", f"    {command}", "", words, "",
                      method_table(run), "", modality_table(run), ""])


def main():
    os.makedirs(DOCS, exist_ok=True)
    text = [
        "# Breast cancer (TCGA BRCA), and the embedded cohort",
        "",
        "Written by `scripts/results`; do not edit the tables. Macro-F1 is the mean over folds;",
        "intervals carry the Nadeau-Bengio correction; Holm's correction covers all comparisons of",
        "`equipoise` but the primary one. PAM50 classes are defined from mRNA, so that mRNA is",
        "favoured by construction.",
        "",
        page("861 patients, five classes", "brca",
             "CNV 515 genes, mRNA 909 genes, RPPA 164 proteins; 3 x 5 folds, seed 1.",
             "equipoise study ../shared/data/brca --repeats 3 --seed 1 --methods standard"),
        page("506 patients, four classes", "brca-506",
             "The patients of MoGCN's published cohort, which the paper probably used too.",
             "equipoise study ../shared/data/brca --where in_mogcn511=1 --repeats 3 --seed 1 "
             "--methods standard"),
        page("The embedded cohort acc, 76 patients, three classes", "acc",
             "TCGA adrenocortical carcinoma, 10 x 5 folds, seed 1; the label was itself derived from "
             "omics. This is what scripts/quickstart runs.",
             "equipoise study demo:acc"),
    ]
    reading = os.path.join(DOCS, "brca-reading.md")
    if os.path.exists(reading):
        with open(reading) as file:
            text.insert(1, "\n" + file.read())
    with open(os.path.join(DOCS, "brca.md"), "w") as file:
        file.write("\n".join(text))
    if os.path.isdir(QUALITY):
        with open(os.path.join(DOCS, "agreement.md"), "w") as file:
            file.write(agreement())


main()
