import CBuild

/// What this build is.
public enum BuildFacts {
  /// Version of the package.
  public static let version = "0.1.0"
  /// Commit that was built, as `EQUIPOISE_COMMIT` named it to the build; else `unknown`.
  public static let commit = String(cString: eq_build_commit())
}
