/// What is to be predicted. Nominal now; the type leaves room for ordinal, continuous and survival
/// outcomes.
public enum Outcome: Equatable, Sendable {
  /// Unordered classes.
  case nominal(NominalOutcome)

  /// Name of the outcome's kind in files.
  public var kind: String {
    switch self {
    case .nominal: "nominal"
    }
  }
}

/// A label out of C unordered classes for each patient.
public struct NominalOutcome: Equatable, Sendable {
  /// Column the labels came from.
  public let column: String
  /// Class names, sorted by their UTF-8 bytes.
  public let classes: [String]
  /// Class index of each patient, or -1 where the patient is unlabelled.
  public let labels: [Int]

  /// An outcome from text labels; nil is unlabelled.
  public init(column: String, texts: [String?]) {
    let names = Set(texts.compactMap { $0 }).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    var index = [String: Int]()
    for (position, name) in names.enumerated() { index[name] = position }
    self.init(column: column, classes: names, labels: texts.map { $0.flatMap { index[$0] } ?? -1 })
  }

  /// An outcome from class indices (-1: unlabelled).
  public init(column: String, classes: [String], labels: [Int]) {
    precondition(labels.allSatisfy { $0 >= -1 && $0 < classes.count }, "labels must be classes")
    self.column = column
    self.classes = classes
    self.labels = labels
  }

  /// Number of labelled patients of each class.
  public var classCounts: [Int] {
    var counts = [Int](repeating: 0, count: classes.count)
    for label in labels where label >= 0 { counts[label] += 1 }
    return counts
  }

  /// Indices of labelled patients, ascending.
  public var labelledRows: [Int] { labels.indices.filter { labels[$0] >= 0 } }
}
