import LinearAlgebra
import PatientGraph
import Testing
import _TestSupport

@Suite("Similarity network fusion")
struct SimilarityNetworkFusionTests {
  private let golden = Golden.shared["snf"]

  private func rule(
    _ neighbors: Int, _ iterations: Int, _ variant: FusionVariant = .snftool22
  ) throws -> SimilarityNetworkFusion {
    var options = SimilarityNetworkFusion.Options()
    options.neighbors = neighbors
    options.iterations = iterations
    options.variant = variant
    return try SimilarityNetworkFusion(options: options)
  }

  private func goldenFused(_ metric: DistanceMetric, _ variant: FusionVariant) throws -> Matrix {
    let affinities = (0..<3).map { index in
      ScaledExponentialKernel(neighbors: golden["K"].int, bandwidthScale: golden["mu"].double)
        .affinity(distances: pairwiseDistances(goldenModality(index), metric: metric)).weights
    }
    return try rule(golden["K"].int, golden["t"].int, variant).fuse(affinities).fused
  }

  @Test("snfpy and both SNFtool versions")
  func reference() throws {
    let squared = try goldenFused(.sqeuclidean, .snftool22)
    #expect(squared.maximumDifference(from: golden["snfpy_sqeuclidean"].matrix) <= 1e-10)
    let euclidean = try goldenFused(.euclidean, .snftool22)
    #expect(euclidean.maximumDifference(from: golden["snfpy_euclidean"].matrix) <= 1e-10)
    #expect(
      euclidean.maximumDifference(from: golden["snftool2.2_port_euclidean"].matrix) <= 1e-10)
    let normalized = try goldenFused(.euclidean, .snftool231)
    #expect(
      normalized.maximumDifference(from: golden["snftool2.3.1_port_euclidean"].matrix) <= 1e-10)
  }

  @Test("Patients missing modalities")
  func partialReference() throws {
    let partial = Golden.shared["snf_partial"]
    let rows = partial["measured_rows"].items.map(\.ints)
    let affinities = rows.enumerated().map { index, rows in
      ScaledExponentialKernel(
        neighbors: partial["K"].int, bandwidthScale: partial["mu"].double
      ).affinity(
        distances: pairwiseDistances(goldenModality(index, rows: rows), metric: .euclidean)
      ).weights
    }
    let isMeasured = rows.map { rows in (0..<14).map { rows.contains($0) } }
    let fused = try rule(partial["K"].int, partial["t"].int)
      .fuse(affinities, isMeasured: isMeasured).fused
    #expect(fused.maximumDifference(from: partial["fused"].matrix) <= 1e-10)
  }

  @Test("A new patient's row")
  func inductiveReference() throws {
    let golden = Golden.shared["snf_inductive"]
    let train = golden["train_rows"].ints
    var fusion = SimilarityNetworkFusion.Options()
    fusion.neighbors = golden["K"].int
    fusion.iterations = golden["t"].int
    var features = [Matrix]()
    var new = [Matrix]()
    for index in 0..<3 {
      let raw = Golden.shared["snf", "X"].items[index].matrix
      let scaled = FeatureScaling.zscore.scaled(raw.selecting(rows: train))
      features.append(scaled)
      new.append(standardized(raw.selecting(rows: [golden["new_row"].int]), by: raw, rows: train))
    }
    let fitted = try InductiveFusion(
      features: features, isMeasured: allMeasured(features), metric: .euclidean,
      bandwidthScale: golden["mu"].double, fusion: fusion)
    let row = fitted.affinities(features: new, isMeasured: allMeasured(new))
    #expect(row.maximumDifference(from: Matrix([golden["row"].doubles])) <= 1e-10)
  }

  /// A row on the scale of the training rows.
  private func standardized(_ row: Matrix, by raw: Matrix, rows: [Int]) -> Matrix {
    var result = row
    for j in 0..<raw.columnCount {
      let values = rows.map { raw[$0, j] }
      let mean = values.reduce(0, +) / Double(values.count)
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      result[0, j] = (row[0, j] - mean) / (squares / Double(values.count - 1)).squareRoot()
    }
    return result
  }

  @Test(
    "Sparse panels equal the dense definition", arguments: FusionVariant.allCases,
    [14, 16, 17, 50])
  func oracle(variant: FusionVariant, patients: Int) throws {
    let modalities = simulatedModalities(patients)
    for isMeasured in [allMeasured(modalities), gaps(patients, modalities: 3)] {
      let affinities = kernelAffinities(modalities, isMeasured, neighbors: 5)
      let dense = DenseFusionOracle(
        affinities: affinities, isMeasured: isMeasured, neighbors: 5, variant: variant
      ).fused(iterations: 6)
      let sparse = try rule(5, 6, variant).fuse(affinities, isMeasured: isMeasured).fused
      #expect(sparse.maximumDifference(from: dense) <= 1e-12 * max(1, dense.values.max() ?? 1))
      #expect(sparse == sparse.transposed())
    }
  }

  @Test("The number of threads changes no byte", arguments: FusionVariant.allCases)
  func threads(variant: FusionVariant) throws {
    let modalities = simulatedModalities(67)
    for isMeasured in [allMeasured(modalities), gaps(67, modalities: 3)] {
      let affinities = kernelAffinities(modalities, isMeasured, neighbors: 6)
      let rule = try rule(6, 4, variant)
      let one = try rule.fuse(affinities, isMeasured: isMeasured, threads: 1)
      let two = try rule.fuse(affinities, isMeasured: isMeasured, threads: 2)
      #expect(one == two)
    }
  }

  @Test("A complete cohort treated as partial gives the same network")
  func completeAsPartial() throws {
    // A fourth modality measured in nobody makes the cohort incomplete without adding anything.
    let modalities = simulatedModalities(40)
    let affinities = kernelAffinities(modalities, allMeasured(modalities), neighbors: 5)
    let complete = try rule(5, 8).fuse(affinities)
    let partial = try rule(5, 8).fuse(
      affinities + [Matrix(rows: 0, columns: 0)],
      isMeasured: allMeasured(modalities) + [[Bool](repeating: false, count: 40)])
    #expect(partial.fused.maximumDifference(from: complete.fused) <= 1e-14)
  }

  @Test("Reordering patients reorders the network", arguments: FusionVariant.allCases)
  func permutation(variant: FusionVariant) throws {
    let modalities = simulatedModalities(45)
    var stream = RandomStream(seed: 3, name: "order")
    let order = stream.permutation(45)
    let isMeasured = gaps(45, modalities: 3)
    let plain = try rule(5, 5, variant).fuse(
      kernelAffinities(modalities, isMeasured, neighbors: 5), isMeasured: isMeasured
    ).fused
    let flags = isMeasured.map { flags in order.map { flags[$0] } }
    let moved = try rule(5, 5, variant).fuse(
      kernelAffinities(modalities.map { $0.selecting(rows: order) }, flags, neighbors: 5),
      isMeasured: flags
    ).fused
    #expect(moved.maximumDifference(from: reordered(plain, order)) <= 1e-12)
  }

  @Test("States settle, and the change of each iteration is reported")
  func convergence() throws {
    let modalities = simulatedModalities(60)
    let affinities = kernelAffinities(modalities, allMeasured(modalities), neighbors: 8)
    for variant in FusionVariant.allCases {
      let changes = try rule(8, 20, variant).fuse(affinities).convergence
      #expect(changes.count == 20)
      #expect(zip(changes, changes.dropFirst()).allSatisfy { $0 > $1 })
      // Without normalisation the states keep growing, ever more slowly.
      #expect(changes[19] < (variant == .snftool22 ? 0.05 : 1e-5))
    }
  }

  @Test("One modality, two patients, duplicates, nobody measured: finite everywhere")
  func degenerate() throws {
    let modalities = simulatedModalities(20)
    let single = kernelAffinities(
      [modalities[0]], [[Bool](repeating: true, count: 20)], neighbors: 4)
    let alone = try rule(4, 5).fuse(single)
    #expect(alone.convergence.isEmpty)
    #expect(alone.fused.values.allSatisfy { $0.isFinite })
    let pair = modalities.map { $0.selecting(rows: [0, 1]) }
    let tiny = try rule(20, 20).fuse(kernelAffinities(pair, allMeasured(pair), neighbors: 20))
    #expect(tiny.fused.values.allSatisfy { $0.isFinite })
    let copies = modalities.map { $0.selecting(rows: [Int](repeating: 0, count: 8) + [1, 2, 3]) }
    for variant in FusionVariant.allCases {
      let fused = try rule(3, 10, variant)
        .fuse(kernelAffinities(copies, allMeasured(copies), neighbors: 3)).fused
      #expect(fused.values.allSatisfy { $0.isFinite })
    }
    let nobody = try rule(3, 2).fuse(
      [Matrix(rows: 0, columns: 0)], isMeasured: [[false, false]]
    ).fused
    #expect(nobody == Matrix([[0.5, 0], [0, 0.5]]))
  }

  @Test("Unusable input is refused")
  func errors() throws {
    func code(_ body: () throws -> Void) -> PatientGraphError.Code? {
      do {
        try body()
        return nil
      } catch { return (error as? PatientGraphError)?.code }
    }
    #expect(code { _ = try rule(0, 5) } == .optionOutOfRange)
    #expect(code { _ = try rule(5, -1) } == .optionOutOfRange)
    #expect(code { _ = try rule(5, 5).fuse([]) } == .noModality)
    let identity = Matrix.identity(3)
    #expect(code { _ = try rule(2, 1).fuse([identity, .identity(4)]) } == .shapeMismatch)
    #expect(code { _ = try rule(2, 1).fuse([identity], isMeasured: []) } == .shapeMismatch)
    var broken = identity
    broken[1, 2] = .nan
    #expect(code { _ = try rule(2, 1).fuse([identity, broken]) } == .notFinite)
  }

  @Test("New patients one by one equal the batch, and a missing modality is left out")
  func inductiveRows() throws {
    let modalities = simulatedModalities(50)
    let isMeasured = gaps(50, modalities: 3)
    var options = SimilarityNetworkFusion.Options()
    options.neighbors = 6
    options.iterations = 5
    let fitted = try InductiveFusion(
      features: modalities, isMeasured: isMeasured, fusion: options)
    let new = simulatedModalities(9, seed: 8)
    let flags = gaps(9, modalities: 3)
    let batch = fitted.affinities(features: new, isMeasured: flags)
    for i in 0..<9 {
      let single = fitted.affinities(
        features: new.map { $0.selecting(rows: [i]) }, isMeasured: flags.map { [$0[i]] })
      #expect(single.values == Array(batch.row(i)))
      let sum = batch.row(i).reduce(0, +)
      #expect(i == 8 ? sum == 0 : abs(sum - 1) < 1e-12)
    }
  }
}
