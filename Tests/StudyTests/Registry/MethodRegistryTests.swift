import Cohort
import Study
import Testing

@Suite struct MethodRegistryTests {
  let scope = MethodScope(modalities: ["alpha", "beta"], hasCovariates: false)
  var registry: MethodRegistry { MethodRegistry(scope: scope, providers: [.forTests]) }

  @Test func resolvesEachMethodOnceInOrderOfMention() throws {
    let (learners, notes) = try registry.resolve(["centroid:beta", "majority", "centroid:beta"])
    #expect(learners.map(\.name) == ["centroid:beta", "majority"])
    #expect(notes.isEmpty)
  }

  @Test func unknownMethodNamesTheNearest() {
    let error = #expect(throws: StudyError.self) { try registry.resolve(["majorty"]) }
    #expect(error?.code == .unknownMethod)
    #expect(error?.remedy == "did you mean majority?")
  }

  @Test func presetLeavesOutWhatIsNotThereAndSaysSo() throws {
    let (learners, notes) = try registry.resolve(["quick"])
    #expect(learners.map(\.name) == ["majority", "equipoise"])
    #expect(notes.count == 1)
    #expect(notes.first?.contains("logistic-balanced:alpha") == true)
  }

  @Test func allIsEverythingRegistered() throws {
    #expect(try registry.resolve(["all"]).learners.map(\.name) == registry.names)
  }

  @Test func presetsHoldWhatTheDesignNames() {
    let quick = MethodPreset.quick.names(in: scope)
    #expect(
      quick == [
        "majority", "logistic-balanced:alpha", "logistic-balanced:beta",
        "logistic-balanced:concat", "logistic-balanced:late-learned", "joint", "equipoise",
      ])
    let clinical = MethodScope(modalities: ["alpha"], hasCovariates: true)
    #expect(MethodPreset.quick.names(in: clinical).contains("logistic-balanced:clinical"))
    let standard = MethodPreset.standard.names(in: scope)
    #expect(standard.starts(with: quick))
    #expect(standard.count { $0.hasPrefix("equipoise-no-") } == 6)
    for name in [
      "paper", "svm:alpha", "lda:concat", "logistic-balanced:late", "gcn:beta", "snf-gcn",
      "snf-knn",
    ] {
      #expect(standard.contains(name))
    }
  }
}
