/// A clinical column: never a modality, but a baseline, a group or an adjustment.
public struct Covariate: Equatable, Sendable {
  /// One value per patient.
  public enum Values: Equatable, Sendable {
    /// Numbers; missing is NaN.
    case numeric([Double])
    /// Categories; missing is nil.
    case categorical([String?])
  }

  /// Column name.
  public let name: String
  /// One value per patient.
  public let values: Values

  /// Creates a covariate.
  public init(name: String, values: Values) {
    self.name = name
    self.values = values
  }

  /// The covariate of the given patients, in that order.
  public func selecting(rows: [Int]) -> Covariate {
    switch values {
    case .numeric(let numbers):
      Covariate(name: name, values: .numeric(rows.map { numbers[$0] }))
    case .categorical(let categories):
      Covariate(name: name, values: .categorical(rows.map { categories[$0] }))
    }
  }
}
