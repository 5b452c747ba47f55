#!/usr/bin/env python3
"""Reference figures of external validation, from scikit-learn: writes Tests/Fixtures/validation.json.

Needs numpy and scikit-learn (written with 1.26.4 and 1.9.1). Probabilities are made up from a seed; the
figures are scikit-learn's own, calibration lines its logistic regression without penalty.
"""
import json
import pathlib

import numpy as np
from sklearn import metrics
from sklearn.linear_model import LogisticRegression

rng = np.random.default_rng(20)
n, classes = 240, 4
truth = rng.choice(classes, size=n, p=[0.5, 0.25, 0.15, 0.1])
logits = 1.4 * np.eye(classes)[truth] + rng.normal(size=(n, classes))
# Too bold, as models often are.
p = np.exp(1.7 * logits)
p /= p.sum(axis=1, keepdims=True)
predicted = p.argmax(axis=1)
one_hot = np.eye(classes)[truth]


def line(column, happened):
    x = np.log(column) - np.log1p(-column)
    model = LogisticRegression(C=np.inf, solver="newton-cholesky", tol=1e-14, max_iter=1000)
    model.fit(x[:, None], happened)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def in_the_large(column, happened):
    # scikit-learn has no offset: Newton's method on the intercept alone.
    x = np.log(column) - np.log1p(-column)
    b = 0.0
    for _ in range(100):
        q = 1 / (1 + np.exp(-(b + x)))
        b -= (q - happened).sum() / (q * (1 - q)).sum()
    return float(b)


lines = [line(p[:, c], truth == c) for c in range(classes)]
result = {
    "source": "scripts/golden-validation.py",
    "truth": truth.tolist(),
    "probabilities": p.tolist(),
    "metrics": {
        "macro_f1": metrics.f1_score(truth, predicted, average="macro"),
        "accuracy": metrics.accuracy_score(truth, predicted),
        "weighted_f1": metrics.f1_score(truth, predicted, average="weighted"),
        "balanced_error_rate": 1 - metrics.balanced_accuracy_score(truth, predicted),
        "mcc": metrics.matthews_corrcoef(truth, predicted),
        "auroc": metrics.roc_auc_score(truth, p, multi_class="ovr", average="macro"),
        "log_loss": metrics.log_loss(truth, p),
        "brier": sum(metrics.brier_score_loss(one_hot[:, c], p[:, c]) for c in range(classes)),
    },
    "recall": metrics.recall_score(truth, predicted, average=None).tolist(),
    "precision": metrics.precision_score(truth, predicted, average=None).tolist(),
    "slope": [slope for slope, _ in lines],
    "intercept": [intercept for _, intercept in lines],
    "in_the_large": [in_the_large(p[:, c], truth == c) for c in range(classes)],
}
path = pathlib.Path(__file__).parent.parent / "Tests/Fixtures/validation.json"
path.write_text(json.dumps(result, indent=1) + "\n")
