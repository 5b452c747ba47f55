#!/usr/bin/env python3
"""Predicts patients with a share-safe Equipoise model, from docs/formats/model-file.md alone.

usage: predict.py model.safetensors cohort-folder > predictions.csv

Reads the cohort's CSV files (plain or .gz, samples in rows) named after the model's modalities.
Needs numpy.
"""
import csv
import gzip
import json
import pathlib
import sys

import numpy as np


class Model:
    """A model file: tensors by name, texts, and what it says of itself."""

    def __init__(self, path):
        raw = pathlib.Path(path).read_bytes()
        length = int.from_bytes(raw[:8], "little")
        header = json.loads(raw[8 : 8 + length])
        meta = header.pop("__metadata__")
        assert meta["format"] == "equipoise-model" and int(meta["format_version"]) <= 1
        self.header, self.data = header, raw[8 + length :]
        self.aliases, self.texts = json.loads(meta["aliases"]), json.loads(meta["texts"])
        self.facts = json.loads(meta["model"])
        assert self.facts["options"]["isShareSafe"], "only share-safe models are this simple"

    def __getitem__(self, name):
        entry = self.header[self.aliases.get(name, name)]
        start, end = entry["data_offsets"]
        return np.frombuffer(self.data[start:end], "<f8").reshape(entry["shape"])


def read_table(folder, name):
    """Feature names and a row of numbers a sample; a missing cell is NaN."""
    for path in (folder / f"{name}.csv", folder / f"{name}.csv.gz"):
        if path.exists():
            opened = gzip.open if path.suffix == ".gz" else open
            with opened(path, "rt", newline="") as file:
                rows = list(csv.reader(file))
            missing = {"", "NA", "NaN", "nan", "null", "."}
            cells = {
                row[0]: np.array([np.nan if c.strip() in missing else float(c) for c in row[1:]])
                for row in rows[1:]
            }
            return rows[0][1:], cells
    return [], {}


def softmax(logits):
    shifted = np.exp(logits - logits.max())
    return shifted / shifted.sum()


class Modality:
    """Aligns, fills, standardises and clips one modality."""

    def __init__(self, model, position, table):
        at = f"reading/{position}"
        self.features = model.texts[f"{at}/features"]
        self.columns = model[f"{at}/columns"].astype(int)
        self.kept = model[f"{at}/kept"].astype(int)
        self.medians, self.clip = model[f"{at}/medians"], model[f"{at}/clip"][0]
        self.means, deviations = model[f"{at}/means"], model[f"{at}/deviations"]
        self.deviations = np.where(deviations < 1e-8, np.inf, deviations)
        names, self.cells = table
        place = {name: j for j, name in enumerate(names)}
        self.places = [place.get(name) for name in self.features]

    def row(self, sample):
        """Standardised values, or None for a sample that lacks the modality."""
        cells = self.cells.get(sample)
        if cells is None:
            return None
        values = np.array([np.nan if j is None else cells[j] for j in self.places])
        if np.isnan(values).all():
            return None
        values = values[self.columns]
        values = np.where(np.isnan(values), self.medians, values)[self.kept]
        return np.clip((values - self.means) / self.deviations, -self.clip, self.clip)


def predict(model, folder):
    names = model.texts["reading/modalities"]
    tables = {name: read_table(folder, name) for name in names}
    modalities = [Modality(model, m, tables[name]) for m, name in enumerate(names)]
    temperatures = {
        tuple(model.texts[f"calibration/{k}/missing"]): model[f"calibration/{k}/temperature"][0]
        for k in range(int(model["calibration/count"][0]), 0, -1)
    }
    pooled = model["calibration/0/temperature"][0]
    samples = list(dict.fromkeys(s for name in sorted(names) for s in tables[name][1]))
    for sample in samples:
        rows = [modality.row(sample) for modality in modalities]
        missing = [m for m, row in enumerate(rows) if row is None]
        if len(missing) == len(names):
            yield sample, model["prior/frequencies"]
            continue
        key = "-".join(map(str, missing))
        if key not in model.texts["patterns"]:
            # Whoever has no student of his own stands at the training mean where he lacks something.
            key, rows = "", [np.zeros(len(modalities[m].kept)) if r is None else r
                             for m, r in enumerate(rows)]
        seen = np.concatenate([row for row in rows if row is not None])
        said = softmax(seen @ model[f"student-{key}/weights"] + model[f"student-{key}/biases"])
        temperature = temperatures.get(tuple(names[m] for m in missing), pooled)
        yield sample, softmax(np.log(np.maximum(said, sys.float_info.min)) / temperature)


if __name__ == "__main__":
    loaded = Model(sys.argv[1])
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["sample"] + [f"p_{name}" for name in loaded.facts["classes"]])
    for sample, probabilities in predict(loaded, pathlib.Path(sys.argv[2])):
        writer.writerow([sample] + [repr(float(p)) for p in probabilities])
