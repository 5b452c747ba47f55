/// What this build is.
public enum BuildFacts {
  /// Version of the package.
  public static let version = "0.1.0"
  /// Commit that was built, where the build knows it.
  public static let commit = "unknown"
}
