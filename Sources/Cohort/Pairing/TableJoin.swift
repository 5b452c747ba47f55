/// Which samples two files share, and where they stand in each.
struct TableJoin: Sendable {
  /// Shared samples, in the order of the first file.
  let samples: [String]
  /// Position of each in the first file.
  let firstRows: [Int]
  /// Position of each in the second file.
  let secondRows: [Int]
  /// Whether the first file has its samples in columns.
  let isFirstTransposed: Bool
  /// Whether the second file has its samples in columns.
  let isSecondTransposed: Bool
  /// What is to be told.
  let notices: [String]

  /// Joins two files by the names of their samples.
  ///
  /// - Throws: `duplicateSample`, `duplicateFeature`, `noOverlap`.
  init(_ first: LooseTable, _ second: LooseTable) throws(CohortError) {
    // Columns with columns is no choice: tables of one kind share the names of their features.
    let orientations = [(false, false), (true, false), (false, true)]
    let shared = orientations.map { Self.shared(first, second, $0) }
    let best = shared[0] > 0 ? 0 : shared[1] >= shared[2] ? 1 : 2
    (isFirstTransposed, isSecondTransposed) = orientations[best]
    guard shared[best] > 0 else { throw Self.noOverlap(first, second) }
    try first.checkNames(isTransposed: isFirstTransposed)
    try second.checkNames(isTransposed: isSecondTransposed)

    let names = first.samples(isTransposed: isFirstTransposed)
    let others = second.samples(isTransposed: isSecondTransposed)
    var positions = [String: Int](minimumCapacity: others.count)
    for (position, name) in others.enumerated() { positions[name] = position }
    let joined = names.enumerated().compactMap { position, name in
      positions[name].map { (name, position, $0) }
    }
    samples = joined.map(\.0)
    firstRows = joined.map(\.1)
    secondRows = joined.map(\.2)
    let known = Set(samples)
    notices =
      [(first, isFirstTransposed), (second, isSecondTransposed)]
      .filter(\.1).map { "\($0.0.path): samples stand in columns" }
      + [Self.unmatched(names, known, in: first, absentFrom: second)].compactMap { $0 }
      + [Self.unmatched(others, known, in: second, absentFrom: first)].compactMap { $0 }
  }

  private static func shared(
    _ first: LooseTable, _ second: LooseTable, _ orientation: (Bool, Bool)
  ) -> Int {
    let known = Set(second.samples(isTransposed: orientation.1))
    return first.samples(isTransposed: orientation.0).count { known.contains($0) }
  }

  private static func noOverlap(_ first: LooseTable, _ second: LooseTable) -> CohortError {
    let areColumnsShared = shared(first, second, (true, true)) > 0
    return CohortError(
      .noOverlap, file: first.path, found: CohortError.quoting(first.table.rowNames[0]),
      expected: "samples of \(second.path) such as "
        + CohortError.quoting(second.table.rowNames[0]),
      remedy: areColumnsShared
        ? "columns are shared: if they are the samples, turn both tables so that they stand in rows"
        : "use the same identifiers in both files, in their first columns")
  }

  private static func unmatched(
    _ names: [String], _ known: Set<String>, in table: LooseTable, absentFrom other: LooseTable
  ) -> String? {
    let lost = names.filter { !known.contains($0) }
    guard !lost.isEmpty else { return nil }
    let examples = lost.prefix(3).map(CohortError.quoting).joined(separator: ", ")
    return "left out: \(lost.count) of \(names.count) samples of \(table.path), not in "
      + "\(other.path) (\(examples)\(lost.count > 3 ? ", …" : ""))"
  }
}
