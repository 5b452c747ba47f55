import LinearAlgebra
import PatientGraph

/// Similarity network fusion by dense matrices and plain loops, straight from the definition.
struct DenseFusionOracle {
  let isMeasured: [[Bool]]
  let neighbors: Int
  let variant: FusionVariant
  private(set) var status: [Matrix]
  private(set) var kernels: [Matrix]

  private var rows: [[Int]] { isMeasured.map { flags in flags.indices.filter { flags[$0] } } }
  private var patients: Int { isMeasured[0].count }

  init(affinities: [Matrix], isMeasured: [[Bool]], neighbors: Int, variant: FusionVariant) {
    self.isMeasured = isMeasured
    self.neighbors = neighbors
    self.variant = variant
    let normalized = affinities.map { Self.normalized($0, variant).symmetrized() }
    status = normalized
    kernels = normalized.map { Self.topRows($0, min(neighbors, $0.rowCount)) }
  }

  func fused(iterations: Int) -> Matrix {
    var copy = self
    if status.count > 1 { for _ in 0..<iterations { copy.step() } }
    var mean = Matrix(rows: patients, columns: patients)
    for i in 0..<patients {
      for j in 0..<patients {
        let values = copy.values(i, j, without: nil)
        if !values.isEmpty { mean[i, j] = values.reduce(0, +) / Double(values.count) }
      }
    }
    var result = Self.normalized(mean, variant).symmetrized()
    if variant == .snftool22 { for i in 0..<patients { result[i, i] += 0.5 } }
    return result
  }

  private mutating func step() {
    let old = self
    for v in status.indices {
      let own = rows[v]
      var others = old.status[v]
      for (a, i) in own.enumerated() {
        for (b, j) in own.enumerated() {
          let values = old.values(i, j, without: v)
          if !values.isEmpty { others[a, b] = values.reduce(0, +) / Double(values.count) }
        }
      }
      var next = kernels[v].product(others).product(kernels[v], transposingOther: true)
      if variant == .snftool22 {
        for a in own.indices { next[a, a] += 1 }
      } else {
        next = Self.normalized(next, variant)
      }
      status[v] = next.symmetrized()
    }
  }

  private func values(_ i: Int, _ j: Int, without excluded: Int?) -> [Double] {
    status.indices.compactMap { v in
      guard v != excluded, let a = rows[v].firstIndex(of: i), let b = rows[v].firstIndex(of: j)
      else { return nil }
      return status[v][a, b]
    }
  }

  static func normalized(_ matrix: Matrix, _ variant: FusionVariant) -> Matrix {
    var result = matrix
    for i in 0..<matrix.rowCount {
      var sum = 0.0
      for j in 0..<matrix.rowCount where variant == .snftool22 || j != i { sum += matrix[i, j] }
      if sum == 0 { sum = 1 }
      for j in 0..<matrix.rowCount {
        result[i, j] =
          variant == .snftool22 ? matrix[i, j] / sum : j == i ? 0.5 : matrix[i, j] / (2 * sum)
      }
    }
    return result
  }

  static func topRows(_ matrix: Matrix, _ count: Int) -> Matrix {
    var result = Matrix(rows: matrix.rowCount, columns: matrix.columnCount)
    for i in 0..<matrix.rowCount {
      let order = (0..<matrix.columnCount).sorted {
        (matrix[i, $0], -$0) > (matrix[i, $1], -$1)
      }
      let kept = order.prefix(count)
      let sum = kept.reduce(0) { $0 + matrix[i, $1] }
      for j in kept { result[i, j] = matrix[i, j] / sum }
    }
    return result
  }
}
