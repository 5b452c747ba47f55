import LinearAlgebra

/// Where information beyond the Gaussian copula is looked for.
enum ExcessPart: Equatable, Sendable {
  /// The leading pairs of canonical variates.
  case leadingPairs(Int)
  /// All columns, turned so that canonical variates come first.
  case allColumns
  /// One pair of quadratic functions of the columns without their correlation.
  case quadraticPair

  /// The part in words.
  var description: String {
    switch self {
    case .leadingPairs(1): "along the leading canonical pair"
    case .leadingPairs(let count): "along the \(count) leading canonical pairs"
    case .allColumns: "among all columns"
    case .quadraticPair: "along one pair of quadratic functions"
    }
  }
}

/// The information beyond the copula that neighbors see in some part of the data.
struct PartialExcess: Sendable {
  let part: ExcessPart
  let information: Double
  let standardError: Double
  let shareOfCeiling: Double

  /// The excess less what is noise: E · max(0, 1 - 4 SE²/E²); 0 where it is below 0, unless neighbors
  /// refute the copula.
  var counted: Double {
    guard information > 0 || information < -ExcessSearch.refutation * standardError else {
      return 0
    }
    let ratio = standardError / information
    return information * max(0, 1 - 4 * ratio * ratio)
  }
}

/// Looks for information beyond a fitted Gaussian copula.
struct ExcessSearch {
  let fit: CorrelationFit
  let neighbors: Int
  let streams: RandomStreams
  let threads: Int

  /// Most canonical pairs that neighbors can follow.
  static let mostPairs = 3
  /// Most columns of both sides together that neighbors can follow.
  static let mostColumns = 10
  /// Standard errors below 0 at which neighbors refute the copula’s own information.
  static let refutation = 3.0

  /// The part that tells most beyond the copula; nil where there is none to look at.
  ///
  /// Where the leading canonical pairs carry clearly less than their correlations say, that (negative)
  /// excess is the answer.
  func largest() throws(MutualInformationError) -> PartialExcess? {
    var found = [PartialExcess]()
    let pairs = significantPairs
    if pairs > 0, let leading = try excess(.leadingPairs(pairs)) {
      if leading.information < -Self.refutation * leading.standardError { return leading }
      found.append(leading)
    }
    let analysis = fit.analysis
    let columns = analysis.rankX + analysis.rankY
    let isCovered = pairs == analysis.rankX && pairs == analysis.rankY
    if columns <= Self.mostColumns, !isCovered, let all = try excess(.allColumns) {
      found.append(all)
    }
    if let pair = try QuadraticPair(fit.x, fit.y),
      pair.correlation * Double(fit.x.rowCount).squareRoot() > 4
    {
      found.append(try excess(pair))
    }
    return found.max { $0.information < $1.information }
  }

  /// The excess in one part; nil where the data do not have it.
  func excess(_ part: ExcessPart) throws(MutualInformationError) -> PartialExcess? {
    let analysis = fit.analysis
    switch part {
    case .leadingPairs(let wanted):
      let count = min(wanted, analysis.correlations.count)
      let (x, y) = analysis.variates(count)
      return try excess(part, x, y, beyond: Array(analysis.correlations.prefix(count)))
    case .allColumns:
      let (x, y) = try turnedColumns()
      return try excess(part, x, y, beyond: analysis.correlations)
    case .quadraticPair:
      guard let pair = try QuadraticPair(fit.x, fit.y) else { return nil }
      return try excess(pair)
    }
  }

  /// All that a quadratic pair tells is beyond the copula.
  private func excess(_ pair: QuadraticPair) throws(MutualInformationError) -> PartialExcess {
    try excess(.quadraticPair, pair.x, pair.y, beyond: [])
  }

  private func excess(
    _ part: ExcessPart, _ x: Matrix, _ y: Matrix, beyond correlations: [Double]
  ) throws(MutualInformationError) -> PartialExcess {
    let found = try MatchedKSG(
      x, y, neighbors: neighbors, stream: streams.stream("mi/excess/\(part)"), threads: threads)
    return PartialExcess(
      part: part, information: found.information - gaussianInformation(correlations),
      standardError: found.standardError, shareOfCeiling: found.shareOfCeiling)
  }

  /// Canonical correlations above (√d_x + √d_y + 1.5)/√n, about where chance ends, at most 3.
  private var significantPairs: Int {
    let analysis = fit.analysis
    let edge = Double(analysis.rankX).squareRoot() + Double(analysis.rankY).squareRoot() + 1.5
    let threshold = edge / Double(fit.x.rowCount).squareRoot()
    return min(Self.mostPairs, analysis.correlations.count { $0 > threshold })
  }

  /// Canonical variates, then the principal directions of what they leave of the wider side.
  private func turnedColumns() throws(MutualInformationError) -> (Matrix, Matrix) {
    let analysis = fit.analysis
    let (x, y) = analysis.variates(analysis.correlations.count)
    func completed(
      _ variates: Matrix, _ columns: Matrix, rank: Int
    ) throws(MutualInformationError) -> Matrix {
      let missing = rank - variates.columnCount
      guard missing > 0 else { return variates }
      let share = 1 / Double(variates.rowCount)
      let explained = variates.product(
        share * variates.product(columns.centeringColumns(), transposingSelf: true))
      let rest = try principalScores(columns.centeringColumns() - explained, count: missing)
      return Matrix.horizontal([variates, rest])
    }
    return (
      try completed(x, fit.x, rank: analysis.rankX), try completed(y, fit.y, rank: analysis.rankY)
    )
  }
}
