import LinearAlgebra
import MutualInformation
import Synchronization
import Testing

@Suite("Neural estimators")
struct NeuralEstimatorTests {
  /// Networks that are small enough for a test.
  private static var small: NeuralTraining {
    var settings = NeuralTraining()
    settings.hidden = [16]
    settings.batch = 64
    settings.steps = 400
    return settings
  }

  private static let names = ["latent", "mine", "infonce"]

  private func estimator(
    _ name: String, _ options: EstimatorOptions = EstimatorOptions(),
    settings: NeuralTraining = NeuralEstimatorTests.small
  ) -> any MutualInformationEstimator {
    CriticBound(rawValue: name).map { CriticEstimator($0, options, settings: settings) }
      ?? LatentEstimator(options, settings: settings)
  }

  private func standardError(_ estimate: InformationEstimate) throws -> Double {
    let terms = try #require(estimate.heldOut).rowTerms
    let mean = orderedMean(terms)
    let squares = orderedSum(terms.map { ($0 - mean) * ($0 - mean) })
    return (squares / Double(terms.count - 1) / Double(terms.count)).squareRoot()
  }

  @Test("Normal variables of correlation .8", arguments: names)
  func gaussian(name: String) throws {
    let (x, y) = gaussianPair(1000, correlation: 0.8, seed: 3)
    let estimate = try estimator(name).estimate(.numbers(x), .numbers(y))
    // ±4 standard errors of held-out rows, and at most .1 that a short training leaves below.
    let error = 4 * (try standardError(estimate))
    #expect(error < 0.13)
    #expect(estimate.information < 0.5108 + error, "\(estimate.information)")
    #expect(estimate.information > 0.5108 - error - 0.1, "\(estimate.information)")
    #expect(estimate.estimator == name)
  }

  @Test("Independent tables of ten columns: nothing is found where nothing is", arguments: names)
  func independent(name: String) throws {
    var stream = RandomStream(seed: 8)
    let x = stream.normalMatrix(rows: 400, columns: 10)
    let y = stream.normalMatrix(rows: 400, columns: 10)
    let estimate = try estimator(name).estimate(.numbers(x), .numbers(y))
    #expect(estimate.information < 3 * (try standardError(estimate)), "\(estimate.information)")
    #expect(estimate.information > -0.3, "\(estimate.information)")
  }

  @Test("The sign of a product: nothing linear", arguments: CriticBound.allCases)
  func nonlinear(bound: CriticBound) throws {
    var stream = RandomStream(seed: 5)
    let x = stream.normalMatrix(rows: 1000, columns: 1)
    let y = Matrix(
      rows: 1000, columns: 1,
      values: x.values.map { (stream.below(2) == 0 ? 1 : -1) * $0 + 0.3 * stream.normal() })
    let estimate = try estimator(bound.rawValue).estimate(.numbers(x), .numbers(y))
    let copula = try #require(MutualInformationRegistry.estimator(named: "copula"))
    #expect(estimate.information > 0.2)
    #expect(try copula.estimate(.numbers(x), .numbers(y)).information < 0.05)
  }

  @Test("Numbers with classes, on either side", arguments: CriticBound.allCases)
  func classes(bound: CriticBound) throws {
    let (x, labels) = shiftedClasses(600, shift: 3, seed: 1)
    let estimator = estimator(bound.rawValue)
    let estimate = try estimator.estimate(.numbers(x), .classes(labels))
    let swapped = try estimator.estimate(.classes(labels), .numbers(x))
    // Quadrature: ln 2 less the mean entropy of a label given x = .5268.
    for value in [estimate, swapped] {
      let error = 4 * (try standardError(value))
      #expect(value.information < 0.5268 + error && value.information > 0.5268 - error - 0.1)
    }
  }

  @Test("The same bytes at any number of threads, others by another seed", arguments: names)
  func threads(name: String) throws {
    let (x, y) = gaussianPair(150, correlation: 0.5, seed: 1)
    var settings = NeuralEstimatorTests.small
    settings.steps = 60
    func estimate(_ threads: Int, seed: UInt64) throws -> [Double] {
      let options = EstimatorOptions(threads: threads, streams: RandomStreams(seed: seed))
      let estimate = try estimator(name, options, settings: settings)
        .estimate(.numbers(x), .numbers(y))
      return [estimate.information] + (try #require(estimate.heldOut).rowTerms)
    }
    let one = try estimate(1, seed: 1)
    #expect(try estimate(2, seed: 1) == one)
    #expect(try estimate(5, seed: 1) == one)
    #expect(try estimate(1, seed: 2) != one)
  }

  @Test(
    "Columns that do not vary, and monotone changes of a column, change nothing",
    arguments: names)
  func invariance(name: String) throws {
    let (x, y) = gaussianPair(120, correlation: 0.5, seed: 2)
    var settings = NeuralEstimatorTests.small
    settings.steps = 50
    let estimator = estimator(name, settings: settings)
    let plain = try estimator.estimate(.numbers(x), .numbers(y)).information
    let padded = Matrix.horizontal([x, Matrix(rows: 120, columns: 1, repeating: 7)])
    #expect(try estimator.estimate(.numbers(padded), .numbers(y)).information == plain)
    let cubes = x.mapValues { $0 * $0 * $0 * 1e40 }
    #expect(try estimator.estimate(.numbers(cubes), .numbers(y)).information == plain)
  }

  @Test("Input that no network can be trained on")
  func refused() throws {
    let (x, y) = gaussianPair(120, correlation: 0.5, seed: 2)
    let few = Array(0..<99)
    let labels = Variable.classes((0..<120).map { $0 % 2 })
    func code(
      _ name: String, _ a: Variable, _ b: Variable, _ options: EstimatorOptions = .init(),
      settings: NeuralTraining = NeuralEstimatorTests.small
    ) -> MutualInformationError.Code? {
      #expect(throws: MutualInformationError.self) {
        try estimator(name, options, settings: settings).estimate(a, b)
      }?.code
    }
    for name in NeuralEstimatorTests.names {
      let (a, b) = (Variable.numbers(x), Variable.numbers(y))
      #expect(code(name, a.selecting(rows: few), b.selecting(rows: few)) == .tooFewRows)
      #expect(code(name, labels, labels) == .unsupportedVariable)
      var diverging = NeuralEstimatorTests.small
      diverging.optimizer.learningRate = 1e300
      #expect(code(name, a, b, settings: diverging) == .numericalFailure)
    }
    #expect(code("latent", .numbers(x), labels) == .unsupportedVariable)
    #expect(
      code("latent", .numbers(x), .numbers(y), EstimatorOptions(neighbors: 0))
        == .optionOutOfRange)
    #expect(
      code("latent", .numbers(x), .numbers(y), EstimatorOptions(neighbors: 60)) == .tooFewRows)
    let many = Variable.classes(Array(0..<1001))
    let column = Matrix(rows: 1001, columns: 1, values: (0..<1001).map { Double($0) })
    #expect(code("mine", .numbers(column), many) == .unsupportedVariable)
  }

  /// Counts how often it is asked.
  private final class Counting: MutualInformationEstimator {
    let base: any MutualInformationEstimator
    let count = Mutex(0)
    init(_ base: any MutualInformationEstimator) { self.base = base }
    var name: String { base.name }
    func estimate(
      _ x: Variable, _ y: Variable
    ) throws(MutualInformationError) -> InformationEstimate {
      count.withLock { $0 += 1 }
      return try base.estimate(x, y)
    }
  }

  @Test("Interval and test of a measurement fit no network again", arguments: names)
  func measurement(name: String) throws {
    let (x, y) = gaussianPair(300, correlation: 0.8, seed: 4)
    var stream = RandomStream(seed: 6)
    let other = stream.normalMatrix(rows: 300, columns: 1)
    let measurer = InformationMeasurer(
      permutations: 99, groups: (0..<300).map { $0 % 3 }, threads: 2)
    let counting = Counting(estimator(name))
    let found = try measurer.measure(.numbers(x), .numbers(y), with: counting)
    #expect(counting.count.withLock { $0 } == 1)
    #expect(found.p == 0.01)
    let interval = try #require(found.interval)
    let middle = (interval.lower + interval.upper) / 2
    #expect(abs(middle - found.estimate.information) <= 1e-12)
    let error = try standardError(found.estimate)
    #expect(abs(try #require(found.standardError) - error) <= 1e-15)
    let none = try measurer.measure(.numbers(x), .numbers(other), with: counting)
    #expect(try #require(none.p) > 0.02)
  }

  @Test("Held-out rows in their own order give the estimate; rows stay in their part")
  func heldOut() throws {
    let (x, y) = gaussianPair(150, correlation: 0.8, seed: 4)
    var settings = NeuralEstimatorTests.small
    settings.steps = 50
    for name in NeuralEstimatorTests.names {
      let estimate = try estimator(name, settings: settings).estimate(.numbers(x), .numbers(y))
      let heldOut = try #require(estimate.heldOut)
      let same = try heldOut.information(order: Array(0..<150))
      #expect(abs(same - estimate.information) <= 1e-12)
      #expect(abs(orderedMean(heldOut.rowTerms) - estimate.information) <= 1e-15)
      let sizes = heldOut.strata.reduce(into: [Int](repeating: 0, count: 5)) { $0[$1] += 1 }
      #expect(sizes == (name == "latent" ? [75, 75, 0, 0, 0] : [30, 30, 30, 30, 30]))
    }
  }
}
