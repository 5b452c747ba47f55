import LinearAlgebra

/// Groups of identical rows or columns: by hash first, then verified cell by cell.
enum DuplicateSearch {
  /// Groups of at least two identical columns over the given rows, each ascending.
  static func columns(_ matrix: Matrix, rows: [Int]) -> [[Int]] {
    guard rows.count > 1 else { return [] }
    var hashes = [UInt64](repeating: seed, count: matrix.columnCount)
    for i in rows {
      for (j, value) in matrix.row(i).enumerated() { mix(&hashes[j], value) }
    }
    return groups(hashes) { a, b in rows.allSatisfy { same(matrix[$0, a], matrix[$0, b]) } }
  }

  /// Groups of at least two measured patients with identical rows of one modality.
  static func rows(_ table: ModalityTable) -> [[Int]] {
    let measured = table.measuredRows
    let hashes = measured.map { hash(table.values.row($0)) }
    return groups(hashes) { a, b in
      zip(table.values.row(measured[a]), table.values.row(measured[b])).allSatisfy(same)
    }.map { $0.map { measured[$0] } }
  }

  /// Groups of at least two patients with identical cells, gaps included, in every modality;
  /// patients without any modality are left out.
  static func patients(_ table: PatientTable) -> [[Int]] {
    let candidates = (0..<table.patientCount).filter { row in
      table.modalities.contains { $0.isMeasured[row] }
    }
    let hashes = candidates.map { row in
      table.modalities.reduce(seed) { combined, modality in
        (combined ^ hash(modality.values.row(row))) &* prime
      }
    }
    return groups(hashes) { a, b in
      table.modalities.allSatisfy { modality in
        zip(modality.values.row(candidates[a]), modality.values.row(candidates[b]))
          .allSatisfy(same)
      }
    }.map { $0.map { candidates[$0] } }
  }

  /// Groups by equal hash and equality with the group's first member, in order of that member.
  private static func groups(
    _ hashes: [UInt64], _ isSame: (Int, Int) -> Bool
  ) -> [[Int]] {
    var groupsOfHash = [UInt64: [Int]]()
    var groups = [[Int]]()
    for (index, hash) in hashes.enumerated() {
      if let group = groupsOfHash[hash]?.first(where: { isSame(groups[$0][0], index) }) {
        groups[group].append(index)
      } else {
        groupsOfHash[hash, default: []].append(groups.count)
        groups.append([index])
      }
    }
    return groups.filter { $0.count > 1 }
  }

  private static let seed: UInt64 = 0xcbf2_9ce4_8422_2325
  private static let prime: UInt64 = 0x0000_0100_0000_01b3

  private static func hash(_ row: ArraySlice<Double>) -> UInt64 {
    var hash = seed
    for value in row { mix(&hash, value) }
    return hash
  }

  @inline(__always)
  private static func mix(_ hash: inout UInt64, _ value: Double) {
    // Adding 0 makes -0 and 0 alike; every gap counts as the same.
    let bits = value.isNaN ? 0x7ff8_0000_0000_0000 : (value + 0).bitPattern
    hash = (hash ^ (bits ^ bits >> 32)) &* prime
  }

  private static func same(_ a: Double, _ b: Double) -> Bool {
    a == b || (a.isNaN && b.isNaN)
  }
}
