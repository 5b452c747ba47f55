import LinearAlgebra
import MutualInformation
import Testing
import _TestSupport

/// What every registered estimator does with input that it cannot use, or barely.
@Suite("Bad input of estimators")
struct BadInputTests {
  /// Estimators with the kinds of variables that they take.
  private static let names = MutualInformationRegistry.names

  private func estimator(_ name: String) throws -> any MutualInformationEstimator {
    try #require(MutualInformationRegistry.estimator(named: name))
  }

  private func pair(of name: String, rows: Int, seed: UInt64 = 1) -> (x: Variable, y: Variable) {
    let (x, y) = gaussianPair(rows, correlation: 0.5, seed: seed)
    let labels = (0..<rows).map { x[$0, 0] > 0 ? 1 : 0 }
    switch name {
    case "ross", "classifier": return (.numbers(x), .classes(labels))
    case "discrete": return (.classes((0..<rows).map { $0 % 3 }), .classes(labels))
    default: return (.numbers(x), .numbers(y))
    }
  }

  private func code(
    _ name: String, _ x: Variable, _ y: Variable
  ) throws -> MutualInformationError.Code? {
    let estimator = try estimator(name)
    return #expect(throws: MutualInformationError.self, "\(name)") {
      try estimator.estimate(x, y)
    }?.code
  }

  @Test("A side that does not vary: 0, with a warning", arguments: names)
  func constant(name: String) throws {
    let (x, y) = pair(of: name, rows: 40)
    let constant = Variable.numbers(Matrix(rows: 40, columns: 2, repeating: 0.1))
    let oneClass = Variable.classes([Int](repeating: 0, count: 40))
    let estimator = try estimator(name)
    for (a, b) in [(x, oneClass), (oneClass, y), (constant, y), (constant, oneClass)] {
      let estimate = try estimator.estimate(a, b)
      #expect(estimate.information == 0 && estimate.warnings.count == 1)
    }
  }

  @Test("Unequal rows, no columns, cells that are missing, infinite or excessive", arguments: names)
  func refused(name: String) throws {
    let (x, y) = pair(of: name, rows: 40)
    #expect(try code(name, x, y.selecting(rows: Array(0..<39))) == .unequalRows)
    #expect(try code(name, .numbers(Matrix(rows: 40, columns: 0)), y) == .noColumns)
    for value in [Double.nan, .infinity, -.infinity, 1e200] {
      var cells = gaussianPair(40, correlation: 0, seed: 2).x
      cells[17, 0] = value
      #expect(try code(name, .numbers(cells), y) == .notFinite)
    }
  }

  @Test("Too few rows", arguments: names.filter { $0 != "discrete" })
  func fewRows(name: String) throws {
    let (x, y) = pair(of: name, rows: 3, seed: 4)
    let other = name == "ross" || name == "classifier" ? Variable.classes([0, 1, 2]) : y
    #expect(try code(name, x, other) == .tooFewRows)
    #expect(try code(name, x.selecting(rows: [0]), other.selecting(rows: [0])) == .tooFewRows)
  }

  @Test("k rows are too few for k neighbors, k + 1 are enough; none is no number of neighbors")
  func neighbors() throws {
    for name in ["ksg1", "ksg2", "mixed"] {
      for k in [1, 3, 10] {
        let options = EstimatorOptions(neighbors: k)
        let estimator = try #require(
          MutualInformationRegistry.estimator(named: name, options: options))
        let (x, y) = pair(of: name, rows: k + 1)
        #expect(try estimator.estimate(x, y).information.isFinite)
        let rows = Array(0..<max(k, 2))
        let error = #expect(throws: MutualInformationError.self) {
          try estimator.estimate(
            x.selecting(rows: k == 1 ? [0] : rows), y.selecting(rows: k == 1 ? [0] : rows))
        }
        #expect(error?.code == .tooFewRows)
      }
    }
    for name in ["ksg1", "ksg2", "mixed", "ross"] {
      let (x, y) = pair(of: name, rows: 20)
      let estimator = try #require(
        MutualInformationRegistry.estimator(named: name, options: EstimatorOptions(neighbors: 0)))
      let error = #expect(throws: MutualInformationError.self) { try estimator.estimate(x, y) }
      #expect(error?.code == .optionOutOfRange)
    }
  }

  @Test("Classes of one row are left out and told; of such classes alone nothing is known")
  func singleRows() throws {
    let (x, _) = gaussianPair(30, correlation: 0, seed: 3)
    var labels = (0..<30).map { $0 % 2 }
    labels[7] = 2
    let ross = try RossEstimator().estimate(.numbers(x), .classes(labels))
    #expect(ross.warnings == ["rows of classes with a single row were left out"])
    let kept = (0..<30).filter { $0 != 7 }
    #expect(
      abs(
        ross.information
          - (try RossEstimator(EstimatorOptions(standardizes: false)).estimate(
            .numbers(x.selecting(rows: kept)), .classes(kept.map { labels[$0] })
          ).information)) <= 1e-12)
    let oneLeft = try RossEstimator().estimate(
      .numbers(x), .classes((0..<30).map { $0 < 28 ? 0 : $0 }))
    #expect(oneLeft.information == 0 && oneLeft.warnings.count == 2)
    #expect(try code("ross", .numbers(x), .classes(Array(0..<30))) == .tooFewRows)
  }

  @Test("Ties in plenty: finite, by the mixed estimator, and near the information of the classes")
  func ties() throws {
    var stream = RandomStream(seed: 5)
    let levels = (0..<600).map { _ in stream.below(3) }
    let noisy = levels.map { stream.below(4) == 0 ? stream.below(3) : $0 }
    func column(_ classes: [Int]) -> Variable {
      .numbers(Matrix(rows: 600, columns: 1, values: classes.map { Double($0) }))
    }
    let truth = ContingencyTable(levels, noisy).plugIn
    for name in ["ksg1", "ksg2", "mixed"] {
      let result = try estimator(name).estimate(column(levels), column(noisy))
      #expect(result.estimator == "mixed")
      #expect(abs(result.information - truth) < 0.05)
    }
    for variant in KSGVariant.allCases {
      let matrix = Matrix(rows: 600, columns: 1, values: levels.map { Double($0) })
      #expect(try ksgInformation(matrix, matrix, variant: variant).isFinite)
    }
    let coarse = try RossEstimator().estimate(column(levels), .classes(noisy))
    #expect(coarse.information.isFinite)
  }

  @Test(
    "Units as small or as large as can be change nothing", arguments: ["ksg1", "ross", "mixed"])
  func units(name: String) throws {
    let (x, y) = pair(of: name, rows: 60)
    guard case .numbers(let matrix) = x else { return }
    let plain = try estimator(name).estimate(x, y).information
    for unit in [1e-140, 1e-12, 1e140] {
      let scaled = try estimator(name).estimate(.numbers(unit * matrix), y).information
      #expect(abs(scaled - plain) <= 1e-9)
    }
  }

  @Test("A hundred thousand rows of classes, each its own")
  func manyClasses() throws {
    let codes = Variable.classes(Array(0..<100_000))
    let halves = Variable.classes((0..<100_000).map { $0 % 2 })
    #expect(try DiscreteEstimator().estimate(codes, halves).information.isFinite)
  }
}
