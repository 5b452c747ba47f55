/// What can go wrong in a numerical routine on well-formed input.
public struct LinearAlgebraError: Error, Equatable, Sendable {
  /// The kinds of failure.
  public enum Code: String, Sendable {
    /// An iterative factorization did not converge (for example on NaN entries).
    case noConvergence
    /// A Cholesky pivot was not positive.
    case notPositiveDefinite
  }

  /// The kind of failure.
  public let code: Code
  /// What the routine reported.
  public let message: String

  /// Creates an error.
  public init(code: Code, message: String) {
    self.code = code
    self.message = message
  }
}
