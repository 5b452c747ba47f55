import ArgumentParser
import PatientGraph

extension DistanceMetric: ExpressibleByArgument {}
extension FusionVariant: ExpressibleByArgument {}
extension FeatureScaling: ExpressibleByArgument {}

/// How patients are fused.
struct FuseFlags: ParsableArguments {
  @Option(help: "Neighbors of the kernel (default: 20).")
  var neighbors: Int?

  @Option(help: "Factor on the kernel's bandwidth (default: 0.5).")
  var mu: Double?

  @Option(help: "Iterations of fusion (default: 20).")
  var iterations: Int?

  @Option(help: "Distance: sqeuclidean, euclidean, cosine, correlation (default: sqeuclidean).")
  var metric: DistanceMetric?

  @Option(help: "Update rule: snftool-2.2, snftool-2.3.1 (default: snftool-2.2).")
  var variant: FusionVariant?

  @Option(help: "Scaling of features: zscore, none (default: zscore).")
  var scale: FeatureScaling?

  @Option(help: ArgumentHelp("Clusters (default: auto).", valueName: "auto|K"))
  var clusters: String?

  @Option(help: "Seed of the clusters (default: 1).")
  var seed: UInt64?

  @Flag(help: "Write affinity-<modality>.npy as well.")
  var saveAffinities = false

  static let keys = [
    "neighbors", "mu", "iterations", "metric", "variant", "scale", "clusters", "seed",
    "saveAffinities",
  ]
}
