import ArgumentParser
import LinearAlgebra
import MutualInformation

/// Error of the corrections of discrete information on tables of known truth, from 2 × 2 to 50 × 50
/// classes and from ample to undersampled.
struct DiscreteStudy: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "discrete", abstract: "Plug-in, Miller-Madow and Chao-Shen on known tables.")

  @Option(help: "Tables drawn of each kind.") var repeats = 200
  @Flag(help: "Other sizes and draws than those by which a rule was chosen.") var fresh = false

  /// How the joint probabilities of a table are made.
  enum Kind: String, CaseIterable {
    case independentUniform = "independent, uniform"
    case independentZipf = "independent, Zipf"
    case noisyCopy = "copy of half the rows, else uniform"
    case noisyZipfCopy = "copy of half the rows, Zipf"
    case patchy = "random sparse cells"
    case smooth = "random even cells"

    func probabilities(_ r: Int, _ c: Int, _ stream: inout RandomStream) -> [Double] {
      let isZipf = self == .independentZipf || self == .noisyZipfCopy
      let (p, q) = (margin(r, isZipf), margin(c, isZipf))
      return normalized(
        (0..<r * c).map { cell in
          let (a, b) = (cell / c, cell % c)
          switch self {
          case .independentUniform, .independentZipf: return p[a] * q[b]
          case .noisyCopy, .noisyZipfCopy:
            return 0.5 * p[a] * q[b] + (a * c / r == b ? 0.5 * p[a] : 0)
          // Powers of an exponential: heavy or light tails of cells.
          case .patchy: return exponential(3 * logarithm(-logarithm(1 - stream.uniform()) + 1e-300))
          case .smooth: return 1 - 0.5 * logarithm(1 - stream.uniform())
          }
        })
    }

    private func margin(_ count: Int, _ isZipf: Bool) -> [Double] {
      normalized((1...count).map { isZipf ? 1 / Double($0) : 1 })
    }

    private func normalized(_ values: [Double]) -> [Double] {
      let sum = orderedSum(values)
      return values.map { $0 / sum }
    }
  }

  private static let sizes = [(2, 2), (3, 5), (5, 20), (10, 10), (20, 20), (50, 50)]
  private static let freshSizes = [(2, 6), (4, 4), (3, 30), (7, 9), (15, 12), (40, 25)]

  /// The corrections, and rules that choose between the last two.
  private static let rules: [(name: String, information: @Sendable (ContingencyTable) -> Double)] =
    EntropyCorrection.allCases.map { correction in
      (correction.rawValue, { $0.information(correction) })
    }
    + [2.0, 3, 4, 5].map { rows in
      (
        "miller-madow from \(rows) rows a cell",
        { table in
          let occupied = [table.firstCounts, table.secondCounts].map { $0.count { $0 > 0 } }
          let density = Double(table.total) / Double(occupied[0] * occupied[1])
          return table.information(density >= rows ? .millerMadow : .chaoShen)
        }
      )
    }
    + [0.8, 0.9, 0.95, 0.98].map { least in
      (
        "miller-madow from coverage \(least)",
        { table in
          let singles = table.cells.count { $0.count == 1 }
          let coverage = 1 - Double(singles) / Double(table.total)
          return table.information(coverage >= least ? .millerMadow : .chaoShen)
        }
      )
    }

  func run() {
    print("kind,classes,rows,truth,correction,bias,absolute_error")
    var totals = [[[Double]]](repeating: [[], [], [], []], count: Self.rules.count)
    for kind in Kind.allCases {
      for (r, c) in fresh ? Self.freshSizes : Self.sizes {
        for n in fresh ? [50, 150, 500, 1500] : [30, 100, 300, 1000, 3000] {
          var truth = 0.0
          var errors = [[Double]](repeating: [], count: Self.rules.count)
          for index in 0..<repeats {
            var stream = RandomStream(
              seed: UInt64(fresh ? repeats + index : index),
              name: "study/discrete/\(kind)/\(r)/\(n)")
            let joint = kind.probabilities(r, c, &stream)
            let value = Self.information(joint, c)
            truth += value / Double(repeats)
            let table = Self.draw(joint, c, rows: n, &stream)
            for (index, rule) in Self.rules.enumerated() {
              errors[index].append(rule.information(table) - value)
            }
          }
          for (index, rule) in Self.rules.enumerated() {
            let size = orderedMean(errors[index].map { abs($0) })
            // Groups by rows a cell: below 1/4, 1, 4, and above.
            let density = Double(n) / Double(r * c)
            totals[index][density < 0.25 ? 0 : density < 1 ? 1 : density < 4 ? 2 : 3].append(size)
            print(
              "\(kind.rawValue.replacing(",", with: ";")),\(r)x\(c),\(n),\(truth),"
                + "\(rule.name),\(orderedMean(errors[index])),\(size)")
          }
        }
      }
    }
    print("mean absolute error by rows a cell, below 1/4, below 1, below 4, above")
    for (index, rule) in Self.rules.enumerated() {
      print("\(rule.name): \(totals[index].map { orderedMean($0) })")
    }
  }

  private static func information(_ joint: [Double], _ c: Int) -> Double {
    let r = joint.count / c
    let p = (0..<r).map { a in (0..<c).reduce(0) { $0 + joint[a * c + $1] } }
    let q = (0..<c).map { b in (0..<r).reduce(0) { $0 + joint[$1 * c + b] } }
    return orderedSum(
      joint.indices.filter { joint[$0] > 0 }.map {
        joint[$0] * logarithm(joint[$0] / (p[$0 / c] * q[$0 % c]))
      })
  }

  private static func draw(
    _ joint: [Double], _ c: Int, rows: Int, _ stream: inout RandomStream
  ) -> ContingencyTable {
    var cumulative = joint
    for cell in cumulative.indices.dropFirst() { cumulative[cell] += cumulative[cell - 1] }
    let cells = (0..<rows).map { _ in
      let u = stream.uniform()
      var (low, high) = (0, cumulative.count - 1)
      while low < high {
        let middle = (low + high) / 2
        if cumulative[middle] > u { high = middle } else { low = middle + 1 }
      }
      return low
    }
    return ContingencyTable(cells.map { $0 / c }, cells.map { $0 % c })
  }
}
