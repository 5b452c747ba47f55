/// Samples by a value that may be their subject.
struct SubjectPartition {
  /// Rows of each value that at least two samples have, values in order of their bytes, rows in order
  /// of patient names.
  let repeated: [(value: String, rows: [Int])]
  /// Samples whose value nobody shares, or that have none.
  let alone: [Int]

  init(_ texts: [String?], patients: [String]) {
    var rows = [String: [Int]]()
    var alone = [Int]()
    for (row, text) in texts.enumerated() {
      if let text { rows[text, default: []].append(row) } else { alone.append(row) }
    }
    func sorted(_ rows: [Int]) -> [Int] { rows.sorted { patients[$0].precedes(patients[$1]) } }
    let values = rows.keys.sorted { $0.precedes($1) }
    repeated = values.compactMap { value in
      guard let members = rows[value], members.count > 1 else { return nil }
      return (value: value, rows: sorted(members))
    }
    for members in rows.values where members.count == 1 { alone += members }
    self.alone = sorted(alone)
  }

  /// Rows of repeated values, whatever the values, in ascending order.
  var members: [[Int]] {
    repeated.map { $0.rows.sorted() }.sorted { $0.lexicographicallyPrecedes($1) }
  }
  /// Samples whose value another one has.
  var repeatedCount: Int { repeated.reduce(0) { $0 + $1.rows.count } }
  /// Mean samples of a repeated value.
  var meanSize: Double { Double(repeatedCount) / Double(max(1, repeated.count)) }
  /// Most samples of a value.
  var largestSize: Int { repeated.map(\.rows.count).max() ?? 0 }

  /// Whether values could be subjects: at least four are repeated, together by a fifth of the samples
  /// and by eight, and they are many and small.
  ///
  /// - Parameter isNamed: whether a column is named as subjects are; else a subject has at most six
  ///   samples on average and twelve at most, which sites and batches seldom keep to.
  func couldBeSubjects(isNamed: Bool) -> Bool {
    let total = repeatedCount + alone.count
    guard repeated.count >= 4, repeatedCount >= 8, 5 * repeatedCount >= total,
      4 * largestSize <= max(16, total)
    else { return false }
    return isNamed ? meanSize <= 12 : meanSize <= 6 && largestSize <= 12
  }

  /// At most `most` samples, the same for any order of rows: whole subjects evenly over their values
  /// for two thirds of them, then samples that are alone.
  func sampled(_ most: Int) -> SubjectPartition {
    guard repeatedCount + alone.count > most else { return self }
    let groups = Self.evenly(repeated, size: { $0.rows.count }, most: most * 2 / 3)
    let rest = most - groups.reduce(0) { $0 + $1.rows.count }
    return SubjectPartition(
      repeated: groups, alone: Self.evenly(alone, size: { _ in 1 }, most: rest))
  }

  private init(repeated: [(value: String, rows: [Int])], alone: [Int]) {
    (self.repeated, self.alone) = (repeated, alone)
  }

  private static func evenly<Element>(
    _ all: [Element], size: (Element) -> Int, most: Int
  ) -> [Element] {
    let total = all.reduce(0) { $0 + size($1) }
    guard total > most else { return all }
    let step = (total + max(1, most) - 1) / max(1, most)
    return stride(from: 0, to: all.count, by: step).map { all[$0] }
  }
}
