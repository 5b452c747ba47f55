"""Tasks of our own with known mutual information, on which the rule `auto` was developed.

None of them is one of the 40 tasks of `benchmark-mi`. Truth is a closed form, an integral on a
grid, or the mean log density ratio of 400,000 draws (standard error below .005 nats).
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import digamma, gammaln, logsumexp, ndtr, ndtri

Pair = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True)
class Task:
    """A pair of variables with known information, in nats."""

    name: str
    group: str
    draw: Callable[[np.random.Generator, int], Pair]
    truth: float

    def sample(self, n: int, seed: int) -> Pair:
        """n rows of x and y; y is a vector of classes where the group is `label` or `classes`."""
        name = [ord(c) for c in self.name]
        return self.draw(np.random.default_rng([seed, *name]), n)


# --- Gaussian pairs -------------------------------------------------------------------------


def gaussian_information(covariance: np.ndarray, dx: int) -> float:
    log_det = lambda m: np.linalg.slogdet(m)[1]
    return 0.5 * (
        log_det(covariance[:dx, :dx]) + log_det(covariance[dx:, dx:]) - log_det(covariance)
    )


def pairs_covariance(dx: int, dy: int, correlations: list[float]) -> np.ndarray:
    """Independent standard normals, but the first coordinates of both sides correlated in pairs."""
    matrix = np.eye(dx + dy)
    for i, rho in enumerate(correlations):
        matrix[i, dx + i] = matrix[dx + i, i] = rho
    return matrix


def factor_covariance(dx: int, dy: int, factors: int, strength: float, seed: int) -> np.ndarray:
    """Correlation matrix of a factor model with random loadings."""
    rng = np.random.default_rng(seed)
    loadings = rng.normal(size=(dx + dy, factors)) * strength / math.sqrt(factors)
    matrix = loadings @ loadings.T + np.eye(dx + dy)
    scale = np.sqrt(np.diag(matrix))
    return matrix / np.outer(scale, scale)


def gaussian(covariance: np.ndarray, dx: int):
    root = np.linalg.cholesky(covariance)

    def draw(rng, n):
        z = rng.normal(size=(n, len(root))) @ root.T
        return z[:, :dx], z[:, dx:]

    return draw


# --- Maps that leave the information as it is -------------------------------------------------


def mapped(draw, on_x=None, on_y=None):
    def result(rng, n):
        x, y = draw(rng, n)
        return (on_x(x) if on_x else x), (on_y(y) if on_y else y)

    return result


def padded(draw, dx: int, dy: int, turned: bool = False, seed: int = 0):
    """With independent normal columns up to dx and dy; turned by a fixed orthogonal matrix."""

    def turn(d, salt):
        return np.linalg.qr(np.random.default_rng([seed, salt]).normal(size=(d, d)))[0]

    qx, qy = turn(dx, 1), turn(dy, 2)

    def result(rng, n):
        x, y = draw(rng, n)
        x = np.hstack([x, rng.normal(size=(n, dx - x.shape[1]))])
        y = np.hstack([y, rng.normal(size=(n, dy - y.shape[1]))])
        return (x @ qx, y @ qy) if turned else (x, y)

    return result


def residual_map(d: int, strength: float, seed: int):
    """x + strength · tanh(2xW), ‖W‖ = ½: invertible for strength below 1."""
    weights = np.random.default_rng(seed).normal(size=(d, d))
    weights *= 0.5 / np.linalg.norm(weights, 2)
    return lambda x: x + strength * np.tanh(2 * x @ weights)


def coupling_map(d: int, strength: float, seed: int):
    """Second half of the columns shifted by a smooth function of the first half."""
    half = d // 2
    weights = np.random.default_rng(seed).normal(size=(half, d - half)) / math.sqrt(half)

    def result(x):
        shift = strength * ((x[:, :half] ** 2 - 1) @ weights)
        return np.hstack([x[:, :half], x[:, half:] + shift])

    return result


def columns(*functions):
    """The functions in turn on the columns."""

    def result(x):
        return np.column_stack(
            [functions[j % len(functions)](x[:, j]) for j in range(x.shape[1])]
        )

    return result


exponential = lambda z: -np.log(np.clip(ndtr(-z), 1e-300, None))
lognormal = lambda z: np.exp(1.5 * z)
cubic = lambda z: z**3 + 0.1 * z
arcsine = lambda z: np.sin(math.pi * (ndtr(z) - 0.5))
logistic = lambda z: np.log(ndtr(z) / ndtr(-z))


# --- Elliptical pairs: one shared random scale ------------------------------------------------


def student_excess(dof: float, dx: int, dy: int) -> float:
    """Information of a multivariate t beyond its Gaussian part."""

    def entropy(d):
        a = (dof + d) / 2
        return d / 2 * math.log(dof * math.pi) + gammaln(dof / 2) - gammaln(a) + a * (
            digamma(a) - digamma(dof / 2)
        )

    return entropy(dx) + entropy(dy) - entropy(dx + dy)


def student(covariance: np.ndarray, dx: int, dof: float):
    base = gaussian(covariance, dx)

    def draw(rng, n):
        x, y = base(rng, n)
        scale = np.sqrt(dof / rng.chisquare(dof, size=(n, 1)))
        return x * scale, y * scale

    truth = gaussian_information(covariance, dx) + student_excess(dof, dx, covariance.shape[0] - dx)
    return draw, truth


# --- Gaussian mixtures -----------------------------------------------------------------------


def mixture(weights, means, covariances, dx: int):
    """Mixture of Gaussians on (x, y), with its information from 400,000 draws."""
    weights = np.asarray(weights, float)
    means = np.asarray(means, float)
    covariances = np.asarray(covariances, float)
    roots = np.linalg.cholesky(covariances)

    def joint(rng, n):
        component = rng.choice(len(weights), size=n, p=weights)
        noise = rng.normal(size=(n, means.shape[1]))
        return means[component] + np.einsum("nij,nj->ni", roots[component], noise)

    def draw(rng, n):
        z = joint(rng, n)
        return z[:, :dx], z[:, dx:]

    def log_density(z, part):
        terms = []
        for w, m, c in zip(weights, means, covariances):
            root = np.linalg.cholesky(c[part, part])
            u = np.linalg.solve(root, (z[:, part] - m[part]).T)
            terms.append(
                math.log(w) - 0.5 * (u**2).sum(0) - np.log(np.diag(root)).sum()
                - 0.5 * len(root) * math.log(2 * math.pi)
            )
        return logsumexp(terms, axis=0)

    rng = np.random.default_rng(20)
    total = 0.0
    for _ in range(20):
        z = joint(rng, 20_000)
        ratio = (
            log_density(z, slice(None)) - log_density(z, slice(0, dx))
            - log_density(z, slice(dx, None))
        )
        total += ratio.mean()
    return draw, total / 20


def shared_clusters(count, dx, dy, distance, seed):
    """Clusters that both sides share; independent within a cluster."""
    means = np.random.default_rng(seed).normal(size=(count, dx + dy)) * distance
    return mixture([1 / count] * count, means, [np.eye(dx + dy)] * count, dx)


def opposed(d, rho):
    """Two equal groups whose correlation has opposite signs: no linear correlation at all."""
    plus = pairs_covariance(d, d, [rho] * d)
    minus = pairs_covariance(d, d, [-rho] * d)
    return mixture([0.5, 0.5], np.zeros((2, 2 * d)), [plus, minus], d)


# --- A signal with additive noise --------------------------------------------------------------


def noisy(function, sd, uniform=True):
    """y = function(x) + N(0, sd²), x uniform on [-1, 1] or standard normal."""
    points = (np.arange(20_000) + 0.5) / 20_000
    x = 2 * points - 1 if uniform else ndtri(points)
    signal = np.sort(function(x))
    grid = np.linspace(signal[0] - 6 * sd, signal[-1] + 6 * sd, 6_000)
    step = grid[1] - grid[0]
    density = np.zeros_like(grid)
    for part in np.array_split(signal, 200):
        density += np.exp(-0.5 * ((grid[:, None] - part) / sd) ** 2).sum(1)
    density /= len(x) * sd * math.sqrt(2 * math.pi)
    entropy = -np.sum(density * np.log(np.maximum(density, 1e-300))) * step
    truth = entropy - 0.5 * math.log(2 * math.pi * math.e * sd**2)

    def draw(rng, n):
        x = rng.uniform(-1, 1, size=(n, 1)) if uniform else rng.normal(size=(n, 1))
        return x, function(x) + sd * rng.normal(size=(n, 1))

    return draw, truth


# --- Repeated values --------------------------------------------------------------------------


def zero_inflated_poisson(inflation):
    """x uniform on [0, 1] · 4, y 0 with probability `inflation`, else Poisson(x)."""
    x = (np.arange(4_000) + 0.5) / 1_000
    k = np.arange(60)
    log_p = k * np.log(x[:, None]) - x[:, None] - gammaln(k + 1)
    p = (1 - inflation) * np.exp(log_p)
    p[:, 0] += inflation
    mean = p.mean(0)
    safe = lambda q: np.where(q > 0, q * np.log(np.maximum(q, 1e-300)), 0)
    truth = safe(p).sum(1).mean() - safe(mean).sum()

    def draw(rng, n):
        x = rng.uniform(0, 4, size=(n, 1))
        y = rng.poisson(x) * (rng.uniform(size=(n, 1)) > inflation)
        return x, y.astype(float)

    return draw, float(truth)


def dropout_pair(rho, threshold, d=1):
    """Latent normals with correlation rho, both sides 0 where below a threshold, else exp(z); d
    independent such pairs."""
    nodes = np.linspace(threshold, 8, 2_001)
    h = nodes[1] - nodes[0]
    pdf = lambda z: np.exp(-0.5 * z**2) / math.sqrt(2 * math.pi)
    s = math.sqrt(1 - rho**2)
    p0 = ndtr(threshold)
    below = ndtr((threshold - rho * nodes) / s)
    weight = np.full_like(nodes, h)
    weight[[0, -1]] = h / 2
    p00 = p0 - np.sum(weight * pdf(nodes) * below)
    zero_value = np.sum(weight * pdf(nodes) * below * np.log(np.maximum(below, 1e-300) / p0))
    a, b = nodes[:, None], nodes[None, :]
    log_ratio = -0.5 * math.log(1 - rho**2) - (rho**2 * (a**2 + b**2) - 2 * rho * a * b) / (
        2 * s**2
    )
    both = pdf(a) * pdf(b) * np.exp(log_ratio)
    truth = (
        p00 * math.log(p00 / p0**2) + 2 * zero_value
        + np.sum(weight[:, None] * weight[None, :] * both * log_ratio)
    )
    base = gaussian(pairs_covariance(d, d, [rho] * d), d)
    clip = lambda z: np.where(z > threshold, np.exp(z), 0.0)
    return mapped(base, clip, clip), d * float(truth)


def half_discrete(p, rho):
    """With probability p, (x, y) = (±1, ±1), equal with probability .9; else bivariate normal."""
    # The parts can be told apart, so I = H(part) + Σ share · information within it.
    entropy = -(p * math.log(p) + (1 - p) * math.log(1 - p))
    agree = 0.9 * math.log(0.9 / 0.5) + 0.1 * math.log(0.1 / 0.5)
    truth = entropy + p * agree + (1 - p) * -0.5 * math.log(1 - rho**2)

    def draw(rng, n):
        x = rng.choice([-1.0, 1.0], size=(n, 1))
        y = np.where(rng.uniform(size=(n, 1)) < 0.9, x, -x)
        z = gaussian(pairs_covariance(1, 1, [rho]), 1)(rng, n)
        is_discrete = rng.uniform(size=(n, 1)) < p
        return np.where(is_discrete, x, z[0]), np.where(is_discrete, y, z[1])

    return draw, truth


# --- Labels -----------------------------------------------------------------------------------


def labelled(shares, components, pad=0, turned=False):
    """Classes, each a mixture of Gaussians [(weight, mean, variance of each coordinate)…] on x."""
    shares = np.asarray(shares, float)
    d = len(components[0][0][1])
    qt = np.linalg.qr(np.random.default_rng(3).normal(size=(d + pad, d + pad)))[0]

    def informative(rng, n):
        label = rng.choice(len(shares), size=n, p=shares)
        x = np.empty((n, d))
        for c, parts in enumerate(components):
            rows = np.flatnonzero(label == c)
            part = rng.choice(len(parts), size=len(rows), p=[w for w, _, _ in parts])
            mean = np.asarray([m for _, m, _ in parts], float)[part]
            variance = np.asarray([v for _, _, v in parts], float)[part]
            x[rows] = mean + np.sqrt(variance)[:, None] * rng.normal(size=(len(rows), d))
        return x, label

    def draw(rng, n):
        x, label = informative(rng, n)
        x = np.hstack([x, rng.normal(size=(n, pad))])
        return (x @ qt if turned else x), label

    def truth():
        x, label = informative(np.random.default_rng(5), 400_000)
        log_p = np.empty((len(x), len(shares)))
        for c, parts in enumerate(components):
            log_p[:, c] = logsumexp(
                [
                    math.log(w) - 0.5 * ((x - np.asarray(m)) ** 2).sum(1) / v
                    - 0.5 * d * math.log(v)
                    for w, m, v in parts
                ],
                axis=0,
            )
        return float(
            np.mean(log_p[np.arange(len(x)), label] - logsumexp(log_p + np.log(shares), axis=1))
        )

    return draw, truth()


def class_pair(table):
    """Two class variables with the given joint probabilities."""
    table = np.asarray(table, float) / np.sum(table)
    expected = table.sum(1, keepdims=True) * table.sum(0, keepdims=True)
    truth = float(np.sum(np.where(table > 0, table * np.log(np.maximum(table, 1e-300) / expected), 0)))

    def draw(rng, n):
        cell = rng.choice(table.size, size=n, p=table.ravel())
        return (cell // table.shape[1])[:, None].astype(float), cell % table.shape[1]

    return draw, truth
