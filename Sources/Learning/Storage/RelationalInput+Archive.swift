import LinearAlgebra
import NeuralNetwork

/// What a fit’s members agree on, and each of their parts is checked against.
struct FitShape {
  /// Features of each modality.
  let widths: [Int]
  /// Training patients.
  let patientCount: Int
  /// Classes.
  let classCount: Int
}

extension RelationalInput {
  /// Writes maps and what heads see of the training patients; only an inductive fit can be kept.
  func archive(to writer: inout ArchiveWriter) {
    writer.write("choice", texts: [choice.rawValue])
    for (m, map) in maps.enumerated() {
      if let basis = map.basis {
        writer.scoped("components-\(m)") { part in
          part.write("means", map.means)
          part.write("basis", basis)
        }
      }
      // Without neighbors nobody listens to them.
      if choice != .none { writer.write("known-\(m)", known[m]) }
    }
  }

  /// Reads what ``archive(to:)`` wrote.
  init(from reader: ArchiveReader, _ shape: FitShape) throws(ArchiveError) {
    let text = try reader.texts("choice", count: 1)[0]
    guard let choice = RelationChoice(rawValue: text) else {
      throw reader.error(.badValue, "choice", found: text, expected: "a choice of relations")
    }
    var maps: [HeadInputMap] = []
    var known: [Matrix] = []
    for (m, width) in shape.widths.enumerated() {
      if reader.hasScope("components-\(m)") {
        let part = reader.scoped("components-\(m)")
        maps.append(
          HeadInputMap(
            means: try part.vector("means", count: width),
            basis: try part.matrix("basis", rows: width)))
      } else {
        maps.append(HeadInputMap(means: [], basis: nil))
      }
      if choice != .none {
        known.append(
          try reader.matrix(
            "known-\(m)", rows: shape.patientCount, columns: maps[m].columnCount(of: width)))
      }
    }
    self.init(choice: choice, maps: maps, known: known)
  }
}

/// Writes one linear model a modality.
func archive(_ models: [SoftmaxRegression.Model], to writer: inout ArchiveWriter) {
  for (m, model) in models.enumerated() { writer.scoped("\(m)") { model.archive(to: &$0) } }
}

/// Reads one linear model a modality, over what an input shows of it.
func readModels(
  _ reader: ArchiveReader, over input: RelationalInput, _ shape: FitShape
) throws(ArchiveError) -> [SoftmaxRegression.Model] {
  var models: [SoftmaxRegression.Model] = []
  for (m, width) in shape.widths.enumerated() {
    models.append(
      try SoftmaxRegression.Model(
        from: reader.scoped("\(m)"), features: input.width(m, features: width),
        classes: shape.classCount))
  }
  return models
}
