import LinearAlgebra

/// How the entropy of counts is corrected for the few rows behind it.
public enum EntropyCorrection: String, Sendable, CaseIterable {
  /// Not at all: -Σ p ln p of the observed shares, too low on average.
  case plugIn = "plug-in"
  /// Miller and Madow: (occupied - 1)/(2n) more.
  case millerMadow = "miller-madow"
  /// Chao and Shen: shares shrunk by the estimated coverage, and weighted for what was not seen.
  case chaoShen = "chao-shen"

  /// The entropy of counts in nats; 0 without counts.
  public func entropy(counts: [Int]) -> Double {
    switch self {
    case .plugIn: plugInEntropy(counts: counts)
    case .millerMadow: millerMadowEntropy(counts: counts)
    case .chaoShen: chaoShenEntropy(counts: counts)
    }
  }
}

extension EntropyCorrection {
  /// The correction with the smaller error for a table (decision 9): Miller and Madow's from two
  /// rows a cell, counted as the product of the occupied classes of each side; Chao and Shen's
  /// below. It depends on the margins alone, and so is the same for every permutation of a side.
  static func suited(rows: Int, occupied: [Int]) -> EntropyCorrection {
    Double(rows) >= 2 * occupied.reduce(1.0) { $0 * Double($1) } ? .millerMadow : .chaoShen
  }
}

/// Plug-in entropy -Σ p ln p of counts, in nats; 0 without counts.
public func plugInEntropy(counts: [Int]) -> Double {
  let total = Double(counts.reduce(0, +))
  guard total > 0 else { return 0 }
  return -orderedSum(
    counts.filter { $0 > 0 }.map { Double($0) / total * logarithm(Double($0) / total) })
}

/// Plug-in entropy plus Miller's (1955) bias term (occupied - 1)/(2n), in nats.
public func millerMadowEntropy(counts: [Int]) -> Double {
  let total = counts.reduce(0, +)
  guard total > 0 else { return 0 }
  return plugInEntropy(counts: counts)
    + Double(counts.count { $0 > 0 } - 1) / (2 * Double(total))
}

/// Coverage-adjusted entropy (Chao & Shen, Environmental and Ecological Statistics 2003), in nats; 0
/// without counts.
///
/// With f_1 classes seen once, coverage is Ĉ = 1 - f_1/n (Good, 1953), and
/// Ĥ = -Σ Ĉp ln(Ĉp) / (1 - (1 - Ĉp)ⁿ): the second factor is the chance that a class of that share is
/// seen at all (Horvitz–Thompson). Where every class was seen once, f_1 = n - 1 is used.
public func chaoShenEntropy(counts: [Int]) -> Double {
  let n = counts.reduce(0, +)
  guard n > 0 else { return 0 }
  let singles = counts.count { $0 == 1 }
  let coverage = 1 - Double(n > 1 && singles == n ? n - 1 : singles) / Double(n)
  // One row alone: nothing but its class was seen.
  guard coverage > 0 else { return 0 }
  return -orderedSum(
    counts.filter { $0 > 0 }.map { count in
      let share = coverage * Double(count) / Double(n)
      return share * logarithm(share) / (1 - exponential(Double(n) * logarithm(1 - share)))
    })
}
