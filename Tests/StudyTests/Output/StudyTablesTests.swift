import Cohort
import Foundation
import LinearAlgebra
import Study
import Testing

@Suite struct StudyTablesTests {
  private func study(_ cohort: Cohort = smallCohort()) throws -> StudyResults {
    let plan = try StudyPlan(cohort: cohort, options: quickOptions(), providers: [.forTests])
    return try StudyRun(plan: plan).results()
  }

  @Test func resultsAreTidyAndFollowThePlan() throws {
    let lines = StudyTables(try study()).results().split(separator: "\n")
    #expect(lines.first == "method,repeat,fold,n_train,n_test,metric,value")
    #expect(lines.count == 1 + 3 * 2 * 3 * 9)
    #expect(lines[1].hasPrefix("majority,0,0,18,9,macro_f1,"))
    #expect(lines[9].hasPrefix("majority,0,0,18,9,ece,"))
    let metrics = lines[1...9].map { $0.split(separator: ",")[5] }
    #expect(
      metrics == [
        "macro_f1", "accuracy", "weighted_f1", "balanced_error_rate", "mcc", "auroc", "log_loss",
        "brier", "ece",
      ])
  }

  @Test func predictionsCarryExactProbabilities() throws {
    let study = try study()
    let lines = StudyTables(study).predictions().split(separator: "\n")
    #expect(lines.first == "sample,method,repeat,fold,truth,predicted,p_a,p_b,p_c")
    let last = try #require(lines.last?.split(separator: ","))
    #expect(last[1] == "centroid:beta")
    let result = try #require(study.results.last)
    #expect(last.suffix(3).compactMap { Double($0) } == result.probabilities.last)
  }

  @Test func namesWithCommasAreQuoted() throws {
    let small = smallCohort()
    let names = small.table.patients.map { "\($0), \"x\"" }
    let cohort = Cohort(
      name: "quoted",
      table: PatientTable(patients: names, modalities: small.table.modalities),
      outcome: small.outcome)
    let tables = StudyTables(try study(cohort))
    #expect(tables.predictions().contains("\n\"P0, \"\"x\"\"\",majority,"))
    #expect(tables.folds().contains("\n\"P0, \"\"x\"\"\",0,"))
  }

  @Test func foldsCanBeReadAgain() throws {
    let study = try study()
    let again = try StudyPlan(
      cohort: study.plan.cohort, options: quickOptions(), foldsCSV: StudyTables(study).folds(),
      providers: [.forTests])
    #expect(again.folds == study.plan.folds)
  }
}
