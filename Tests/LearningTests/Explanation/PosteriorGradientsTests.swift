import Cohort
import LinearAlgebra
import Testing
import _TestSupport

@testable import Learning

/// Derivatives against differences of the answer itself, neighbors held.
@Suite struct PosteriorGradientsTests {
  private let made = SyntheticCohort(
    patients: 60, classes: 3,
    modalities: [
      .init("a", features: 6, signal: 0.6), .init("b", features: 9, signal: 0.9, missing: 0.1),
      .init("c", features: 4, signal: 0.3),
    ])

  private func fit(
    unlabelled: [Int], _ change: (inout EquipoiseConfiguration) -> Void = { _ in }
  ) throws -> FittedEquipoise {
    var configuration = EquipoiseConfiguration()
    change(&configuration)
    let labelled = (0..<50).filter { !unlabelled.contains($0) }
    let training = made.training(rows: labelled, unlabelled: unlabelled)
    let context = FitContext(streams: RandomStreams(seed: 1, prefix: "gradient"), innerFolds: 3)
    let fitted = try PipelineLearner(
      name: "equipoise", configuration: .linear(configuration)
    )
    .fit(training, context)
    return try #require(fitted as? FittedEquipoise)
  }

  private func check(_ fit: EquipoiseFit, _ table: PatientTable) throws {
    let placed = fit.placement(table)
    let step = 1e-5
    for target in 0..<3 {
      let (said, gradients) = fit.answerAndGradients(placed, class: target, temperature: 1.3)
      func answer(_ moved: PlacedPatients) -> [Double] {
        fit.answerAndGradients(moved, class: target, temperature: 1.3).probabilities
      }
      for m in placed.rows.indices where fit.placement.modalities.imputers[m] == nil {
        for j in 0..<placed.rows[m].columnCount {
          func moved(_ by: Double) -> PlacedPatients {
            var rows = placed.rows
            for i in 0..<rows[m].rowCount { rows[m][i, j] += by }
            // What is imputed follows.
            let imputers = fit.placement.modalities.imputers
            if !imputers.isEmpty {
              let sources = Matrix.horizontal(
                rows.indices.filter { imputers[$0] == nil }.map { rows[$0] })
              for k in rows.indices {
                if let imputer = imputers[k] { rows[k] = imputer(sources) }
              }
            }
            return PlacedPatients(
              patients: placed.patients, rows: rows, isMeasured: placed.isMeasured,
              isUsable: placed.isUsable,
              ownEdges: placed.ownEdges, fusedEdges: placed.fusedEdges)
          }
          let (up, down) = (answer(moved(step)), answer(moved(-step)))
          for i in said.indices {
            let slope = (up[i] - down[i]) / (2 * step)
            // Central differences are good to step² and to rounding over step.
            #expect(abs(slope - gradients[m][i, j]) < 1e-7, "class \(target), \(m), \(j)")
          }
        }
      }
    }
  }

  private var patients: PatientTable { made.table.selecting(rows: [50, 53, 57]) }

  @Test func ofTheWholeMethod() throws {
    try check(try fit(unlabelled: []).fits.whole(), patients)
  }

  @Test func withMembersThatLearnFromUnlabelledPatients() throws {
    try check(try fit(unlabelled: Array(20..<50)).fits.whole(), patients)
  }

  @Test func whereAModalityIsImputed() throws {
    let without = try #require(try fit(unlabelled: []).fits.fit(without: [1]))
    try check(without, patients.selecting(modalities: ["a", "c"]))
  }

  @Test func ofTheJointModelAlone() throws {
    try check(try fit(unlabelled: []) { $0.answer = .joint }.fits.whole(), patients)
  }

  @Test func quadratureIsExactForPolynomials() {
    let nodes = GaussLegendre.nodes(segments: 2)
    for power in 0...7 {
      let value = nodes.reduce(0.0) { sum, node in
        sum + node.weight * (0..<power).reduce(1.0) { product, _ in product * node.place }
      }
      #expect(abs(value - 1 / Double(power + 1)) < 1e-14)
    }
  }
}
