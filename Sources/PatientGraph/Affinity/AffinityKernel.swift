import LinearAlgebra

/// Local scales of the patients of one modality: what a new patient needs to join them.
public struct LocalScales: Equatable, Sendable {
  /// Mean distance of each patient to its nearest neighbors.
  public let values: [Double]
  /// Smallest bandwidth allowed, 0 where there is no floor.
  public let floor: Double
  /// Patients whose nearest neighbors are all exact duplicates: without a floor their affinities
  /// may be so large that they swamp the sums of their rows.
  public let duplicatedPatients: [Int]

  /// Scales from their values.
  public init(values: [Double], floor: Double, duplicatedPatients: [Int]) {
    self.values = values
    self.floor = floor
    self.duplicatedPatients = duplicatedPatients
  }
}

/// Affinities within one modality.
public struct Affinity: Equatable, Sendable {
  /// Symmetric affinities, n × n, > 0; the diagonal need not be 1.
  public let weights: Matrix
  /// The local scales behind them.
  public let scales: LocalScales

  /// Affinities with their scales.
  public init(weights: Matrix, scales: LocalScales) {
    self.weights = weights
    self.scales = scales
  }
}

/// Turns the distances of one modality into affinities: the plug-in point for kernels.
public protocol AffinityKernel: Sendable {
  /// Name under which the kernel is registered.
  static var name: String { get }

  /// A kernel with the given neighbor count (≥ 1) and bandwidth scale (> 0).
  init(neighbors: Int, bandwidthScale: Double)

  /// Neighbors that set the local scale.
  var neighbors: Int { get }

  /// Factor μ on the bandwidth.
  var bandwidthScale: Double { get }

  /// Affinities among training patients.
  ///
  /// - Parameter distances: symmetric, n × n, zero diagonal.
  func affinity(distances: Matrix) -> Affinity

  /// Affinities of new patients to training patients, new × training, with frozen training scales;
  /// each row depends on its own distances alone, to the bit.
  func crossWeights(distances: Matrix, training: LocalScales) -> Matrix
}

/// The registered kernels: adding one is one file and one line here.
public enum AffinityKernels {
  /// All kernels, the default first.
  public static let all: [any AffinityKernel.Type] = [
    ScaledExponentialKernel.self, UnitExponentialKernel.self,
  ]

  /// Names in the order of ``all``.
  public static var names: [String] { all.map { $0.name } }

  /// The kernel registered under a name, or nil.
  public static func named(_ name: String) -> (any AffinityKernel.Type)? {
    all.first { $0.name == name }
  }
}
