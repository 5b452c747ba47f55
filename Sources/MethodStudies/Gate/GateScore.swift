import LinearAlgebra

/// How a criterion did on a grid.
struct GateScore {
  /// Share of cells whose majority of draws decided right.
  let rightCells: Double
  /// Share of decisions, draw by draw, that were right.
  let rightDraws: Double
  /// Mean over cells of what was forgone against the better of distilling and not, macro-F1.
  let regret: Double
  /// Spearman correlation of mean score and mean gain over cells; nil where either is constant.
  let rank: Double?

  /// An action is right where it is within this of the better one.
  static let tolerance = 0.005

  /// Scores of the answers to every case of a grid.
  init(_ grid: GateGrid, _ answer: (GateCase) -> GateCriterion.Answer) {
    var (cells, draws, regrets) = ([Double](), [Double](), [Double]())
    var (scores, gains) = ([Double](), [Double]())
    for (_, cases) in grid.cells {
      let gain = orderedMean(cases.map(\.gain))
      let answers = cases.map(answer)
      let share = Double(answers.count { $0.distils }) / Double(cases.count)
      let best = max(gain, 0)
      func isRight(_ distils: Bool) -> Bool { (distils ? gain : 0) >= best - Self.tolerance }
      cells.append(isRight(share >= 0.5) ? 1 : 0)
      draws.append(isRight(true) ? (isRight(false) ? 1 : share) : 1 - share)
      let realized = zip(answers, cases).map { $0.distils ? $1.gain : 0 }
      regrets.append(best - orderedMean(realized))
      scores.append(orderedMean(answers.map(\.score)))
      gains.append(gain)
    }
    rightCells = orderedMean(cells)
    rightDraws = orderedMean(draws)
    regret = orderedMean(regrets)
    rank = spearman(scores, gains)
  }
}

/// Correlation of average ranks.
func spearman(_ x: [Double], _ y: [Double]) -> Double? {
  func ranks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var result = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      for position in start..<end { result[order[position]] = Double(start + end - 1) / 2 }
      start = end
    }
    return result
  }
  guard x.count > 2 else { return nil }
  let (a, b) = (ranks(x), ranks(y))
  let mean = Double(x.count - 1) / 2
  func product(_ u: [Double], _ v: [Double]) -> Double {
    orderedSum(zip(u, v).map { ($0 - mean) * ($1 - mean) })
  }
  let spread = product(a, a) * product(b, b)
  return spread > 0 ? product(a, b) / spread.squareRoot() : nil
}
