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
      guard let count = Int(text) else { throw OptionRange.failure("clusters", text) }
      options.clusterCount = try OptionRange.checked(count, "clusters")
    }
    return options
  }
}
