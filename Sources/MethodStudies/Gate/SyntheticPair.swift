import Cohort
import LinearAlgebra

/// Two modalities of made-up patients whose label, two bits, they tell by known strength.
///
/// Modality m has features x = α_1 s_1 v_1 + α_2 s_2 v_2 + ν (u_1 v_3 + u_2 v_4) + noise: s the bits
/// as ±1, v unit vectors at random, noise of variance 1; u, normal and independent of the label, is
/// the same for both modalities.
struct SyntheticPair: Sendable {
  /// Which bits the modalities tell.
  enum Layout: String, CaseIterable, Sendable {
    /// Both tell both bits.
    case shared
    /// The teacher tells mainly the first bit, the student mainly the second.
    case `private`
  }

  /// α of the teacher.
  var teacher: Double
  /// α of the student.
  var student: Double
  /// Who tells which bit.
  var layout: Layout
  /// ν, strength of the shared variation that has nothing to do with the label.
  var nuisance: Double

  /// Everything that is studied.
  static let grid: [SyntheticPair] = [0, 0.7, 1.5, 3].flatMap { teacher in
    [0.4, 0.8, 1.5].flatMap { student in
      Layout.allCases.flatMap { layout in
        [0, 2].map { nuisance in
          SyntheticPair(
            teacher: teacher, student: student, layout: layout, nuisance: nuisance)
        }
      }
    }
  }

  /// Name for files and tables.
  var name: String { "t\(teacher)-s\(student)-\(layout.rawValue)-v\(nuisance)" }

  /// Patients with all four classes in turn.
  func cohort(
    patients: Int, features: Int = 20, streams: RandomStreams
  ) -> (table: PatientTable, labels: [Int]) {
    let labels = (0..<patients).map { $0 % 4 }
    var stream = streams.stream("nuisance")
    let shared = stream.normalMatrix(rows: patients, columns: 2)
    let weak = 0.25
    let strengths =
      layout == .shared
      ? [(teacher, teacher), (student, student)]
      : [(teacher, weak * teacher), (weak * student, student)]
    let modalities = zip(["teacher", "student"], strengths).map { name, strength in
      var stream = streams.stream("modality=\(name)")
      let directions = Self.unitRows(stream.normalMatrix(rows: 4, columns: features))
      var values = stream.normalMatrix(rows: patients, columns: features)
      for i in 0..<patients {
        let factors = [
          strength.0 * (labels[i] & 1 == 0 ? 1 : -1), strength.1 * (labels[i] & 2 == 0 ? 1 : -1),
          nuisance * shared[i, 0], nuisance * shared[i, 1],
        ]
        for (k, factor) in factors.enumerated() {
          for j in 0..<features { values[i, j] += factor * directions[k, j] }
        }
      }
      return ModalityTable(
        name: name, featureNames: (0..<features).map { "f\($0)" }, values: values)
    }
    return (
      PatientTable(patients: (0..<patients).map { "patient\($0)" }, modalities: modalities),
      labels
    )
  }

  private static func unitRows(_ matrix: Matrix) -> Matrix {
    var result = matrix
    for i in 0..<matrix.rowCount {
      let norm = matrix.row(i).reduce(0) { $0 + $1 * $1 }.squareRoot()
      result.setRow(i, matrix.row(i).map { $0 / norm })
    }
    return result
  }
}
