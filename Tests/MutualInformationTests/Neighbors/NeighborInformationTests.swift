import LinearAlgebra
import MutualInformation
import Testing
import _TestSupport

@Suite("Neighbor estimators")
struct NeighborInformationTests {
  private let golden = Golden.shared["mi"]
  private var x: Matrix { golden["x"].matrix }
  private var y: Matrix { golden["y"].matrix }
  private var labels: [Int] { golden["labels"].ints }

  @Test("KSG of the reference data", arguments: DistanceNorm.allCases, KSGVariant.allCases)
  func ksg(norm: DistanceNorm, variant: KSGVariant) throws {
    for k in [3, 10] {
      let value = try ksgInformation(x, y, neighbors: k, variant: variant, norm: norm)
      let expected = golden["ksg_\(norm.rawValue)", "KSG\(variant.rawValue)-k\(k)"].double
      #expect(abs(value - expected) <= 1e-10)
    }
  }

  @Test("Mixed KSG of the reference data")
  func mixed() throws {
    let golden = Golden.shared["mixed_ksg"]
    let classes = Matrix(rows: labels.count, columns: 1, values: labels.map { Double($0) })
    let k = golden["k"].int
    for (value, key) in [
      (try mixedKSGInformation(x, classes, neighbors: k), "x_vs_labels"),
      (try mixedKSGInformation(x, y, neighbors: k), "x_vs_y"),
      (try mixedKSGInformation(classes, classes, neighbors: k), "labels_vs_labels"),
    ] {
      #expect(abs(value - golden[key].double) <= 1e-10)
    }
  }

  @Test("Ross of the reference data, one and two columns")
  func ross() throws {
    let firstX = x.selecting(columns: [0])
    let firstY = y.selecting(columns: [0])
    for norm in DistanceNorm.allCases {
      let onX = try rossInformation(firstX, classes: labels, norm: norm)
      #expect(abs(onX - golden["ross_k3_x0"].double) <= 1e-10)
      #expect(abs(onX - golden["ross_multidim_k3_x0_check"].double) <= 1e-10)
      let onY = try rossInformation(firstY, classes: labels, norm: norm)
      #expect(abs(onY - golden["ross_k3_y0"].double) <= 1e-10)
    }
    let both = try rossInformation(x, classes: labels)
    #expect(abs(both - golden["ross_multidim_k3_x_euclidean"].double) <= 1e-10)
    let other = try rossInformation(y, classes: labels)
    #expect(abs(other - golden["ross_multidim_k3_y_euclidean"].double) <= 1e-10)
  }

  @Test("Symmetry, translation, common factor, row order", arguments: KSGVariant.allCases)
  func invariance(variant: KSGVariant) throws {
    let (x, y) = (x, y)
    for norm in DistanceNorm.allCases {
      func estimate(_ a: Matrix, _ b: Matrix) throws -> Double {
        try ksgInformation(a, b, neighbors: 4, variant: variant, norm: norm)
      }
      let value = try estimate(x, y)
      #expect(abs(try estimate(y, x) - value) <= 1e-12)
      #expect(abs(try estimate(x.mapValues { $0 + 0.5 }, y) - value) <= 1e-10)
      #expect(abs(try estimate(3 * x, 3 * y) - value) <= 1e-10)
      var stream = RandomStream(seed: 8)
      let order = stream.permutation(60)
      let shuffled = try estimate(x.selecting(rows: order), y.selecting(rows: order))
      #expect(abs(shuffled - value) <= 1e-10)
    }
    let rotation = Matrix([[0.6, -0.8], [0.8, 0.6]])
    let plain = try ksgInformation(x, y, variant: variant, norm: .euclidean)
    let turned = try ksgInformation(x.product(rotation), y, variant: variant, norm: .euclidean)
    #expect(abs(turned - plain) <= 1e-10)
  }

  @Test("A copy reaches the ceiling exactly; threads change nothing")
  func ceiling() throws {
    let (x, y) = gaussianPair(150, correlation: 0.5, seed: 2)
    let copied = try ksgInformation(x, x, neighbors: 5)
    #expect(abs(copied - (digamma(150) - digamma(5))) <= 1e-12)
    for variant in KSGVariant.allCases {
      let one = try ksgInformation(x, y, variant: variant)
      #expect(try ksgInformation(x, y, variant: variant, threads: 2) == one)
      #expect(one < digamma(150) - digamma(3))
    }
  }

  @Test(
    "Gaussian pairs, mean of 20 seeds within .03",
    arguments: [(0.0, 0.0), (0.6, 0.2231), (0.9, 0.8304)])
  func gaussian(correlation: Double, truth: Double) throws {
    let mean = try meanOverSeeds(20) { seed in
      let (x, y) = gaussianPair(500, correlation: correlation, seed: seed)
      return try ksgInformation(x, y, neighbors: 5)
    }
    #expect(abs(mean - truth) <= 0.03)
  }

  @Test("Two shifted classes, mean of 20 seeds within .02", arguments: [(2.0, 0.3368), (0, 0)])
  func classes(shift: Double, truth: Double) throws {
    let mean = try meanOverSeeds(20) { seed in
      let (x, labels) = shiftedClasses(400, shift: shift, seed: seed)
      return try rossInformation(x, classes: labels)
    }
    #expect(abs(mean - truth) <= 0.02)
  }

  @Test("Ross with ties, small classes and unlabelled rows equals the plain formula")
  func rossOracle() throws {
    var stream = RandomStream(seed: 6)
    let n = 50
    let values = (0..<n).map { _ in Double(stream.below(15)) }
    var labels = (0..<n).map { _ in stream.below(3) }
    labels[4] = 5
    labels[9] = -1
    labels[10] = 4
    labels[11] = 4
    let value = try rossInformation(
      Matrix(rows: n, columns: 1, values: values), classes: labels, neighbors: 3)
    let kept = (0..<n).filter { row in
      labels[row] >= 0 && labels.count { $0 == labels[row] } >= 2
    }
    let terms = kept.map { i -> Double in
      let own = kept.filter { labels[$0] == labels[i] && $0 != i }
        .map { abs(values[$0] - values[i]) }.sorted()
      let k = min(3, own.count)
      let within = kept.count { $0 != i && abs(values[$0] - values[i]) <= own[k - 1] }
      return digamma(Double(k)) - digamma(Double(own.count + 1)) - digamma(Double(within))
    }
    let expected = digamma(Double(kept.count)) + terms.reduce(0, +) / Double(kept.count)
    #expect(abs(value - expected) <= 1e-12)
  }

  @Test("Refused: too few rows, unequal rows")
  func refused() {
    let two = Matrix([[1], [2]])
    let errors = [
      #expect(throws: MutualInformationError.self) { try ksgInformation(two, two) },
      #expect(throws: MutualInformationError.self) { try mixedKSGInformation(two, two) },
      #expect(throws: MutualInformationError.self) {
        try rossInformation(two, classes: [0, 1])
      },
    ]
    #expect(errors.map { $0?.code } == [.tooFewRows, .tooFewRows, .tooFewRows])
    let unequal = #expect(throws: MutualInformationError.self) {
      try ksgInformation(two, Matrix([[1]]))
    }
    #expect(unequal?.code == .unequalRows)
  }
}
