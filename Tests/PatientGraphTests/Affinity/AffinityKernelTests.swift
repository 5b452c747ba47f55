import LinearAlgebra
import PatientGraph
import Testing
import _TestSupport

@Suite("Affinity kernels")
struct AffinityKernelTests {
  private let golden = Golden.shared["snf"]

  @Test("Reference rows", arguments: [DistanceMetric.sqeuclidean, .euclidean])
  func reference(metric: DistanceMetric) {
    let expected = golden["affinity_\(metric.rawValue)_view0_row0"].doubles
    let affinity = ScaledExponentialKernel(
      neighbors: golden["K"].int, bandwidthScale: golden["mu"].double
    ).affinity(distances: pairwiseDistances(goldenModality(0), metric: metric))
    for (value, reference) in zip(affinity.weights.row(0), expected) {
      #expect(abs(value - reference) <= 1e-12)
    }
    #expect(affinity.weights == affinity.weights.transposed())
  }

  @Test("The unit kernel is the density without its factor")
  func unitKernel() {
    let distances = pairwiseDistances(goldenModality(0), metric: .euclidean)
    let unit = UnitExponentialKernel(neighbors: 4, bandwidthScale: 0.5)
      .affinity(distances: distances)
    let density = ScaledExponentialKernel(neighbors: 4, bandwidthScale: 0.5)
      .affinity(distances: distances)
    #expect(unit.scales == density.scales)
    let scales = unit.scales.values
    for i in 0..<14 {
      #expect(unit.weights[i, i] == 1)
      for j in 0..<14 {
        let width = 0.5 * (scales[i] + scales[j] + distances[i, j]) / 3
        let factor = (2 * Double.pi).squareRoot() * width
        #expect(abs(unit.weights[i, j] - density.weights[i, j] * factor) < 1e-13)
      }
    }
  }

  @Test("Duplicated patients stay finite, are named, and a floor tames them")
  func duplicates() {
    var features = simulatedModalities(20)[0]
    for i in 1..<6 { features.setRow(i, features.row(0)) }
    let distances = pairwiseDistances(features, metric: .sqeuclidean)
    var kernel = ScaledExponentialKernel(neighbors: 4, bandwidthScale: 0.5)
    let plain = kernel.affinity(distances: distances)
    #expect(plain.weights.values.allSatisfy { $0.isFinite })
    #expect(plain.scales.duplicatedPatients == [0, 1, 2, 3, 4, 5])
    #expect(plain.weights[0, 1] > 1e15)
    kernel.floorsScale = true
    let floored = kernel.affinity(distances: distances)
    #expect(floored.scales.floor > 0)
    #expect(floored.weights[0, 1] < 1e8)
    #expect(abs(floored.weights[7, 8] - plain.weights[7, 8]) < 1e-12)
  }

  @Test("Neighbors are lowered to what a tiny cohort has")
  func tiny() {
    let kernel = ScaledExponentialKernel(neighbors: 20, bandwidthScale: 0.5)
    let pair = kernel.affinity(
      distances: pairwiseDistances(Matrix([[0, 1], [1, 0]]), metric: .euclidean))
    #expect(pair.weights.values.allSatisfy { $0.isFinite && $0 > 0 })
    let single = kernel.affinity(distances: Matrix(rows: 1, columns: 1))
    #expect(single.weights[0, 0].isFinite)
    #expect(single.scales.duplicatedPatients.isEmpty)
  }

  @Test("Cross weights of a training row's own distances differ only in its local scale")
  func crossWeights() {
    let training = goldenModality(0, rows: Array(0..<13))
    let kernel = UnitExponentialKernel(neighbors: 4, bandwidthScale: 0.5)
    let fitted = kernel.affinity(distances: pairwiseDistances(training, metric: .euclidean))
    let cross = kernel.crossWeights(
      distances: crossDistances(training, to: training, metric: .euclidean),
      training: fitted.scales)
    for i in 0..<13 {
      // Seen as new, a row counts its own copy among its neighbors: a smaller scale, so that no
      // affinity grows.
      for j in 0..<13 { #expect(cross[i, j] <= fitted.weights[i, j] + 1e-12) }
      #expect(cross[i, i] == 1)
    }
  }

  @Test("The registry knows every kernel by its name")
  func registry() {
    #expect(AffinityKernels.names == ["scaled-exponential", "unit-exponential"])
    for name in AffinityKernels.names {
      let kernel = AffinityKernels.named(name)?.init(neighbors: 3, bandwidthScale: 0.5)
      #expect(kernel?.neighbors == 3)
    }
    #expect(AffinityKernels.named("unknown") == nil)
  }
}
