import PatientGraph

extension Settings {
  /// Options of `fuse`.
  func fuseOptions(_ flags: FuseFlags) throws -> FuseAnalysis.Options {
    var options = FuseAnalysis.Options()
    options.neighbors = try integer(flags.neighbors, "neighbors") ?? options.neighbors
    options.bandwidthScale = try flags.mu ?? file?.number("mu") ?? options.bandwidthScale
    options.iterations = try integer(flags.iterations, "iterations") ?? options.iterations
    options.metric =
      try flags.metric ?? file?.choice("metric", DistanceMetric.self) ?? options.metric
    options.variant =
      try flags.variant ?? file?.choice("variant", FusionVariant.self) ?? options.variant
    options.scaling =
      try flags.scale ?? file?.choice("scale", FeatureScaling.self) ?? options.scaling
    options.seed = try seed(flags.seed) ?? options.seed
    if let text = try text(flags.clusters, "clusters"), text != "auto" {
      guard let count = Int(text), count >= 1 else {
        throw Failure(
          flags.clusters == nil ? .configuration : .usage, "an option is out of range",
          at: "clusters", found: text, expected: "a whole number from 1, or auto")
      }
      options.clusterCount = count
    }
    return options
  }
}
