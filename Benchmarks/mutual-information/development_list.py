"""The development tasks by name, and those kept back until the rule was frozen."""

from __future__ import annotations

import functools

import numpy as np

from development_tasks import (
    Task, arcsine, class_pair, columns, coupling_map, cubic, dropout_pair, exponential,
    factor_covariance, gaussian, gaussian_information, half_discrete, labelled, logistic,
    lognormal, mapped, mixture, noisy, opposed, padded, pairs_covariance, residual_map,
    shared_clusters, student, zero_inflated_poisson,
)


def _gaussian(name, covariance, dx, on_x=None, on_y=None, group="gaussian"):
    draw = mapped(gaussian(covariance, dx), on_x, on_y)
    return Task(name, group, draw, gaussian_information(covariance, dx))


def _of(name, group, pair, change=lambda draw: draw):
    return Task(name, group, change(pair[0]), pair[1])


@functools.cache
def development() -> list[Task]:
    """Tasks on numbers that candidates were compared on."""
    pairs, factor = pairs_covariance, factor_covariance
    sine = lambda x: np.sin(3 * x)
    square = lambda x: x**2
    step = lambda x: np.sign(x)
    t_margins = columns(lognormal, arcsine, cubic)
    return [
        # Independence.
        _gaussian("null 1x1", pairs(1, 1, []), 1, group="null"),
        _gaussian("null 4x4", pairs(4, 4, []), 4, group="null"),
        _gaussian("null 20x20", pairs(20, 20, []), 20, exponential, cubic, group="null"),
        # Gaussian copulas.
        _gaussian("pair .3", pairs(1, 1, [0.3]), 1),
        _gaussian("pair .95", pairs(1, 1, [0.95]), 1),
        _gaussian("pair .6 margins", pairs(1, 1, [0.6]), 1, lognormal, arcsine),
        _gaussian("factor 1x4", factor(1, 4, 2, 1.5, 1), 1),
        _gaussian("factor 3x3", factor(3, 3, 2, 1.0, 2), 3, exponential, cubic),
        _gaussian("factor 8x6", factor(8, 6, 3, 0.8, 3), 8),
        _gaussian("factor 15x15", factor(15, 15, 5, 0.8, 4), 15, t_margins, t_margins),
        _gaussian("factor 40x10", factor(40, 10, 3, 0.7, 5), 40),
        _gaussian("dense 30x30", factor(30, 30, 40, 1.2, 6), 30),
        _gaussian("pairs 10x10", pairs(10, 10, [0.8, 0.6, 0.4]), 10),
        # Invertible maps of one side or both.
        _gaussian("residual 2x2", pairs(2, 2, [0.8, 0.5]), 2, residual_map(2, 0.9, 1),
                  residual_map(2, 0.9, 2), "mapped"),
        _gaussian("residual 6x6", pairs(6, 6, [0.8, 0.6]), 6, residual_map(6, 0.9, 3),
                  residual_map(6, 0.9, 4), "mapped"),
        _gaussian("coupling 2x2", pairs(2, 2, [0.8, 0.8]), 2, coupling_map(2, 0.8, 1), None,
                  "mapped"),
        _gaussian("coupling 4x4", pairs(4, 4, [0.7, 0.7, 0.7, 0.7]), 4, coupling_map(4, 0.7, 2),
                  coupling_map(4, 0.7, 3), "mapped"),
        _gaussian("coupling 20x20", pairs(20, 20, [0.8, 0.6] + [0.0] * 8 + [0.8, 0.6]), 20,
                  coupling_map(20, 0.7, 4), None, "mapped"),
        # Elliptical pairs.
        _of("t4 1x1", "elliptical", student(pairs(1, 1, [0.0]), 1, 4)),
        _of("t1.5 1x1 .5", "elliptical", student(pairs(1, 1, [0.5]), 1, 1.5)),
        _of("t5 2x3", "elliptical", student(factor(2, 3, 2, 1.0, 7), 2, 5)),
        _of("t1.5 4x4", "elliptical", student(pairs(4, 4, []), 4, 1.5)),
        _of("t3 4x4 margins", "elliptical", student(pairs(4, 4, [0.6]), 4, 3),
            lambda d: mapped(d, np.arctan, np.cbrt)),
        _of("t4 10x10", "elliptical", student(factor(10, 10, 3, 0.8, 8), 10, 4)),
        _of("t8 20x20", "elliptical", student(pairs(20, 20, [0.7, 0.5]), 20, 8)),
        _of("contaminated 3x3", "elliptical",
            mixture([0.85, 0.15], np.zeros((2, 6)),
                    [pairs(3, 3, [0.5]), 16 * pairs(3, 3, [0.5])], 3)),
        _of("t3 2x2 in 10x10", "elliptical", student(pairs(2, 2, [0.5]), 2, 3),
            lambda d: padded(d, 10, 10)),
        # Groups.
        _of("clusters 3, 1x1", "groups", shared_clusters(3, 1, 1, 3.0, 1)),
        _of("clusters 4, 3x3", "groups", shared_clusters(4, 3, 3, 2.0, 2)),
        _of("clusters 3, 10x10", "groups", shared_clusters(3, 10, 10, 1.0, 3)),
        _of("clusters 5, 20x20", "groups", shared_clusters(5, 20, 20, 1.0, 4)),
        _of("clusters 2, 20x5", "groups", shared_clusters(2, 20, 5, 0.6, 5)),
        _of("opposed 1x1", "groups", opposed(1, 0.8)),
        _of("opposed 2x2", "groups", opposed(2, 0.7)),
        # A signal with noise, alone and among others.
        _of("sine", "signal", noisy(sine, 0.3)),
        _of("square", "signal", noisy(square, 0.2)),
        _of("step", "signal", noisy(step, 0.5)),
        _of("square of normal", "signal", noisy(square, 1.0, uniform=False)),
        _of("sine in 5x5", "signal", noisy(sine, 0.3), lambda d: padded(d, 5, 5)),
        _of("square in 20x1", "signal", noisy(square, 0.2), lambda d: padded(d, 20, 1)),
        _of("square in 10x10 turned", "signal", noisy(square, 0.2),
            lambda d: padded(d, 10, 10, turned=True)),
        _of("step in 30x30 turned", "signal", noisy(step, 0.3),
            lambda d: padded(d, 30, 30, turned=True)),
    ]


@functools.cache
def held_back() -> list[Task]:
    """Tasks on numbers that were looked at once, when the rule was frozen."""
    pairs, factor = pairs_covariance, factor_covariance
    wave = lambda x: np.cos(4 * x) + x
    absolute = lambda x: np.abs(x)
    bumps = columns(logistic, exponential, arcsine)
    return [
        _gaussian("null 2x6", pairs(2, 6, []), 2, lognormal, arcsine, group="null"),
        _gaussian("null 12x12", pairs(12, 12, []), 12, group="null"),
        _of("null 30x3 clusters", "null",
            mixture([0.5, 0.5], [[1.0] * 30 + [0.0] * 3, [-1.0] * 30 + [0.0] * 3],
                    [np.eye(33)] * 2, 30)),
        _gaussian("pair .8 margins", pairs(1, 1, [0.8]), 1, exponential, logistic),
        _gaussian("factor 2x2", factor(2, 2, 1, 1.5, 11), 2),
        _gaussian("factor 5x2", factor(5, 2, 2, 1.2, 12), 5, bumps, bumps),
        _gaussian("factor 12x20", factor(12, 20, 4, 0.8, 13), 12, bumps, bumps),
        _gaussian("dense 20x20", factor(20, 20, 25, 1.0, 14), 20),
        _gaussian("pairs 30x30", pairs(30, 30, [0.9, 0.5]), 30, lognormal),
        _gaussian("residual 3x3", pairs(3, 3, [0.9, 0.5]), 3, residual_map(3, 0.9, 11),
                  residual_map(3, 0.9, 12), "mapped"),
        _gaussian("residual 15x15", pairs(15, 15, [0.8, 0.8]), 15, residual_map(15, 0.9, 13),
                  residual_map(15, 0.9, 14), "mapped"),
        _gaussian("coupling 6x6", pairs(6, 6, [0.8, 0.0, 0.0, 0.8, 0.5]), 6,
                  coupling_map(6, 0.5, 11), coupling_map(6, 0.5, 12), "mapped"),
        _of("t2.5 1x1", "elliptical", student(pairs(1, 1, [0.3]), 1, 2.5)),
        _of("t2.5 3x2", "elliptical", student(factor(3, 2, 1, 1.0, 15), 3, 2.5)),
        _of("t6 6x6", "elliptical", student(factor(6, 6, 2, 0.8, 16), 6, 6)),
        _of("t3 15x15", "elliptical", student(pairs(15, 15, []), 15, 3)),
        _of("contaminated 8x8", "elliptical",
            mixture([0.7, 0.3], np.zeros((2, 16)),
                    [pairs(8, 8, [0.5]), 6 * pairs(8, 8, [0.5])], 8)),
        _of("clusters 3, 2x2", "groups", shared_clusters(3, 2, 2, 1.5, 11)),
        _of("clusters 4, 12x12", "groups", shared_clusters(4, 12, 12, 1.0, 12)),
        _of("clusters 6, 30x30", "groups", shared_clusters(6, 30, 30, 0.7, 13)),
        _of("unequal clusters 5x5", "groups",
            mixture([0.7, 0.2, 0.1], np.random.default_rng(3).normal(size=(3, 10)) * 1.5,
                    [pairs(5, 5, [0.5]), np.eye(10) * 0.5, pairs(5, 5, [-0.5])], 5)),
        _of("opposed 4x4", "groups", opposed(4, 0.6)),
        _of("wave", "signal", noisy(wave, 0.3)),
        _of("absolute", "signal", noisy(absolute, 0.1)),
        _of("wave in 4x4 turned", "signal", noisy(wave, 0.3),
            lambda d: padded(d, 4, 4, turned=True)),
        _of("absolute in 8x8", "signal", noisy(absolute, 0.1), lambda d: padded(d, 8, 8)),
        _of("wave in 25x25", "signal", noisy(wave, 0.3), lambda d: padded(d, 25, 25)),
    ]


@functools.cache
def repeated_values() -> list[Task]:
    """Tasks with repeated values, counts and mixed variables."""
    return [
        _of("zero-inflated Poisson .15", "counts", zero_inflated_poisson(0.15)),
        _of("zero-inflated Poisson .6", "counts", zero_inflated_poisson(0.6)),
        _of("dropout .8 at 0", "dropout", dropout_pair(0.8, 0.0)),
        _of("dropout .5 at -.5", "dropout", dropout_pair(0.5, -0.5)),
        _of("dropout .9 at 1", "dropout", dropout_pair(0.9, 1.0)),
        _of("dropout .7, 5 pairs", "dropout", dropout_pair(0.7, 0.0, 5)),
        _of("dropout .7 in 20x20", "dropout", dropout_pair(0.7, 0.0),
            lambda d: padded(d, 20, 20)),
        _of("dropout null", "dropout", dropout_pair(0.0, 0.0, 3)),
        _of("half discrete", "mixed", half_discrete(0.5, 0.8)),
        _of("tenth discrete", "mixed", half_discrete(0.1, 0.5)),
    ]


@functools.cache
def labels() -> list[Task]:
    """Tasks of classes with numbers of known information."""
    two = [0.5, 0.5]
    def line(d, gap):
        return [[(1, [0.0] * d, 1)], [(1, [gap] + [0.0] * (d - 1), 1)]]
    xor = [[(0.5, [2, 2], 1), (0.5, [-2, -2], 1)], [(0.5, [2, -2], 1), (0.5, [-2, 2], 1)]]
    spread = lambda d, v: [[(1, [0.0] * d, 1)], [(1, [0.0] * d, v)]]
    rng = np.random.default_rng(8)
    five = [[(1, list(rng.normal(size=6) * 1.2), 1)] for _ in range(5)]
    bimodal = [[(0.5, [-2.5], 1), (0.5, [2.5], 1)], [(1, [0.0], 1)]]
    return [
        _of("null label 1", "label", labelled(two, line(1, 0.0))),
        _of("null label 10", "label", labelled(two, line(1, 0.0), pad=9)),
        _of("line 1", "label", labelled(two, line(1, 2.0))),
        _of("line 3", "label", labelled(two, line(1, 2.0), pad=2)),
        _of("line 10", "label", labelled(two, line(1, 2.0), pad=9, turned=True)),
        _of("line 50", "label", labelled(two, line(1, 2.0), pad=49, turned=True)),
        _of("rare 5", "label", labelled([0.9, 0.1], line(1, 3.0), pad=4)),
        _of("bimodal 1", "label", labelled(two, bimodal)),
        _of("bimodal 10", "label", labelled(two, bimodal, pad=9)),
        _of("xor 2", "label", labelled(two, xor)),
        _of("xor 10", "label", labelled(two, xor, pad=8)),
        _of("xor 10 turned", "label", labelled(two, xor, pad=8, turned=True)),
        _of("spread 4", "label", labelled(two, spread(4, 3.0))),
        _of("spread 10", "label", labelled(two, spread(10, 2.0))),
        _of("spread 30", "label", labelled(two, spread(30, 1.5))),
        _of("five 6", "label", labelled([0.3, 0.3, 0.2, 0.1, 0.1], five)),
        _of("five 30", "label", labelled([0.3, 0.3, 0.2, 0.1, 0.1], five, pad=24, turned=True)),
        _of("table 3x3", "classes", class_pair([[4, 1, 1], [1, 4, 1], [1, 1, 4]])),
        _of("table 2x5", "classes", class_pair([[5, 4, 3, 2, 1], [1, 2, 3, 4, 5]])),
    ]
