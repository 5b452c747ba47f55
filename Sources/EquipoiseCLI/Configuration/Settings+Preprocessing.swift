import Cohort

extension Settings {
  /// Preprocessing, which only the configuration file can change.
  func preprocessing() throws -> PreprocessingOptions {
    var options = PreprocessingOptions()
    guard let file else { return options }
    options.imputation =
      try file.choice("preprocessing.imputation", PreprocessingOptions.Imputation.self)
      ?? options.imputation
    options.selection =
      try file.choice("preprocessing.selection", PreprocessingOptions.Selection.self)
      ?? options.selection
    options.keep = try integer(nil, "preprocessing.keep") ?? options.keep
    options.clip = try file.number("preprocessing.clip") ?? options.clip
    return options
  }
}
