import Cohort
import Foundation
import LinearAlgebra
import Testing

@Suite("Cohort inspection")
struct CohortInspectionTests {
  private let labels: [String?] = [
    "x", "x", "y", "y", "x", "x", "y", "y", "x", "x", "y", "y", nil, nil, nil, nil,
  ]

  /// 16 patients, the last four unlabelled, of which two lack the second modality.
  private var cohort: Cohort {
    var stream = RandomStream(seed: 2, name: "inspection")
    var first = stream.normalMatrix(rows: 16, columns: 7)
    for i in 0..<16 {
      first[i, 1] = first[i, 0]
      first[i, 2] = labels[i] == "x" ? 1 : 2
      first[i, 3] = 1000 + 3 * Double(i)
      first[i, 4] = Double(stream.below(5000))
      first[i, 5] = 4
    }
    first.setRow(9, Array(first.row(8)))
    // Keeps the identifier distinct although all else of patients 8 and 9 is the same.
    first[9, 3] = 1025
    var second = stream.normalMatrix(rows: 16, columns: 2)
    for i in 0..<16 { second[i, 1] += i < 12 ? 0 : 10 }
    second.setRow(5, Array(second.row(3)))
    second[0, 0] = .nan
    second.setRow(14, [.nan, .nan])
    second.setRow(15, [.nan, .nan])
    let ages: [Double] = labels.map { $0 == "x" ? 40 : 60 }
    let sexes: [String?] = (0..<16).map { $0 == 0 ? nil : $0 % 2 == 0 ? "f" : "m" }
    return Cohort(
      name: "made-up",
      table: PatientTable(
        patients: (0..<16).map { "P\($0)" },
        modalities: [
          ModalityTable(
            name: "first",
            featureNames: ["real", "copy", "subtype", "sample", "reads", "flat", "free"],
            values: first),
          ModalityTable(name: "second", featureNames: ["u", "v"], values: second),
        ],
        covariates: [
          Covariate(name: "age", values: .numeric(ages)),
          Covariate(name: "sex", values: .categorical(sexes)),
        ]),
      outcome: .nominal(NominalOutcome(column: "class", texts: labels)),
      groups: labels.map { $0 == "x" ? "centre 1" : "centre 2" },
      notices: [CohortNotice(.warning, "something to look at")])
  }

  @Test("Shapes, classes and gaps")
  func shapes() {
    let found = CohortInspection(cohort)
    #expect(found.patients == 16 && found.labelled == 12 && found.unlabelled == 4)
    #expect(found.classes.map(\.name) == ["x", "y"])
    #expect(found.classes.map(\.patients) == [6, 6])
    #expect(found.modalities.map(\.features) == [7, 2])
    #expect(found.modalities.map(\.measuredPatients) == [16, 14])
    #expect(found.modalities.map(\.missingCells) == [0, 1])
    #expect(found.modalities.map(\.constantFeatures) == [1, 0])
    #expect(found.covariates.map(\.observed) == [16, 15])
    #expect(found.covariates.map(\.distinct) == [2, 2])
  }

  @Test("Duplicated patients and columns")
  func duplicates() {
    let found = CohortInspection(cohort)
    #expect(found.modalities[0].duplicatedFeatures == [["real", "copy"]])
    #expect(found.modalities[0].duplicatedPatients.isEmpty)
    #expect(found.modalities[1].duplicatedPatients == [["P3", "P5"]])
    #expect(found.modalities[1].duplicatedFeatures.isEmpty)
  }

  @Test("Label, identifier and raw counts are told apart")
  func suspicions() {
    let found = CohortInspection(cohort)
    let expected: [(Suspicion.Kind, String)] = [
      (.label, "subtype"), (.identifier, "sample"), (.rawCounts, "reads"),
    ]
    #expect(found.modalities[0].suspicions.map(\.kind) == expected.map(\.0))
    #expect(found.modalities[0].suspicions.map(\.features) == expected.map { [$0.1] })
    #expect(found.modalities[1].suspicions.isEmpty)
  }

  @Test("Labelled against unlabelled patients")
  func difference() throws {
    let found = CohortInspection(cohort)
    let difference = try #require(found.modalities[1].labelledDifference)
    #expect(difference.labelledMeasuredShare == 1)
    #expect(difference.unlabelledMeasuredShare == 0.5)
    #expect(difference.feature == "v")
    #expect(difference.labelledPatients == 12 && difference.unlabelledPatients == 2)
    let values = cohort.table.modalities[1].values.column(1)
    let (one, other) = (Array(values[..<12]), Array(values[12..<14]))
    let spread = ((variance(one) + variance(other)) / 2).squareRoot()
    let expected = (orderedMean(one) - orderedMean(other)) / spread
    let largest = try #require(difference.standardisedDifference)
    #expect(abs(largest - expected) < 1e-12)
  }

  @Test("Associations with the label")
  func associations() {
    let found = CohortInspection(cohort)
    #expect(found.associations.map(\.name) == ["group", "age", "sex"])
    #expect(found.associations.map(\.measure) == ["cramers_v", "eta_squared", "cramers_v"])
    #expect(found.associations.map(\.patients) == [12, 12, 11])
    #expect(abs(found.associations[0].value - 1) < 1e-12)
    #expect(abs(found.associations[1].value - 1) < 1e-12)
    // f: 2 x, 3 y; m: 3 x, 3 y. For a 2 x 2 table V is |ad - bc| over the root of the margins.
    #expect(abs(found.associations[2].value - 3 / (5.0 * 6 * 5 * 6).squareRoot()) < 1e-12)
  }

  @Test("JSON in snake case, there and back")
  func json() throws {
    let found = CohortInspection(cohort)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let data = try encoder.encode(found)
    let text = String(decoding: data, as: UTF8.self)
    for key in ["label_column", "measured_patients", "missing_cells", "standardised_difference"] {
      #expect(text.contains("\"\(key)\":"))
    }
    let keys = text.matches(of: /"([A-Za-z_]+)":/).map { String($0.1) }
    #expect(keys == keys.map { $0.lowercased() })
    let decoded = try JSONDecoder().decode(CohortInspection.self, from: data)
    #expect(decoded == found)
  }

  @Test("Lines say what was found")
  func lines() {
    let lines = CohortInspection(cohort).lines()
    #expect(lines.first == "Cohort made-up: 16 patients")
    for line in [
      "Label class: 12 labelled, 4 unlabelled", "  x: 6 patients",
      "Modality second: 2 features, 14 of 16 patients measured, 1 of 28 cells missing",
      "  identical patients: P3, P5", "  identical features: real, copy",
      "  1 feature determining the label exactly: subtype",
      "  measured: 100 % of labelled, 50 % of unlabelled patients",
      "  group: Cramér's V 1.00 (n = 12, 2 distinct values)",
      "  sex: Cramér's V 0.10 (n = 11, 2 distinct values)", "warning: something to look at",
    ] {
      #expect(lines.contains(line), "\(line)")
    }
  }

  @Test("A cohort without labels, and one without modalities")
  func sparse() {
    let bare = Cohort(
      name: "bare", table: PatientTable(patients: ["a"], modalities: []), outcome: nil)
    let found = CohortInspection(bare)
    #expect(found.lines() == ["Cohort bare: 1 patient", "No labels"])
    let unlabelled = CohortInspection(
      Cohort(name: "unlabelled", table: cohort.table, outcome: nil))
    #expect(unlabelled.associations.isEmpty && unlabelled.classes.isEmpty)
    #expect(unlabelled.modalities.compactMap(\.labelledDifference).isEmpty)
    #expect(unlabelled.modalities[0].suspicions.map(\.kind) == [.identifier, .rawCounts])
  }

  private func variance(_ values: [Double]) -> Double {
    let mean = orderedMean(values)
    return orderedSum(values.map { ($0 - mean) * ($0 - mean) }) / Double(values.count - 1)
  }
}
