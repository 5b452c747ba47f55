import Cohort
import Evaluation
import LinearAlgebra
import Study
import Testing

@Suite struct SettingParserTests {
  private func parser(
    _ kind: RobustnessKind = .information,
    modalities: [(String, Int)] = [("mrna", 30), ("cnv", 4)],
    classes: [String] = ["ER+", "Her2", "LumA"], sizes: LabelDraws.Sizes = .range(6...50)
  ) -> SettingParser {
    SettingParser(
      modalities: modalities.map { name, count in
        ModalityTable(
          name: name, featureNames: (0..<count).map { "f\($0)" },
          values: Matrix(rows: 1, columns: count))
      }, classes: classes, kind: kind, sizes: sizes)
  }

  @Test(arguments: [
    ("full", "full"), ("noise:mrna=4", "noise:mrna=4"), ("noise:mrna=4.0", "noise:mrna=4"),
    ("noise:mrna=0.50", "noise:mrna=0.5"), ("replace:cnv", "replace:cnv"),
    ("features:mrna=16", "features:mrna=16"), ("permute:cnv=1", "permute:cnv=1"),
    ("n=40", "n=40"), ("replace:cnv+n=40", "n=40+replace:cnv"),
    ("noise:cnv=1+noise:mrna=2+n=7", "n=7+noise:mrna=2+noise:cnv=1"),
    ("missing:cnv+replace:mrna", "replace:mrna+missing:cnv"),
    ("replace:cnv+noise:mrna=4", "replace:cnv+noise:mrna=4"),
  ])
  func namesBecomeCanonical(written: String, name: String) throws {
    #expect(try parser().setting(written).name == name)
  }

  @Test func plusSignsJoinOnlyBeforeAWord() throws {
    let parser = parser(.missing)
    let setting = try parser.setting("class-gaps:mrna=ER++missing:cnv")
    #expect(setting.name == "class-gaps:mrna=ER++missing:cnv")
    #expect(setting.words.contains("class ER+"))
    let two = try parser.setting("class-gaps:mrna=LumA+class-gaps:mrna=Her2")
    #expect(two.name == "class-gaps:mrna=Her2+class-gaps:mrna=LumA")
  }

  @Test func modalityNamesMayHoldSigns() throws {
    let parser = self.parser(modalities: [("a", 3), ("a=b", 5), ("c+d", 2)])
    #expect(try parser.setting("features:a=b=4").name == "features:a=b=4")
    #expect(try parser.setting("noise:a=2").name == "noise:a=2")
    #expect(try parser.setting("replace:c+d+replace:a").name == "replace:a+replace:c+d")
  }

  @Test func eachSettingStandsOnce() throws {
    let settings = try parser().settings(["noise:mrna=2", "full", "noise:mrna=2.0", "full"])
    #expect(settings.map(\.name) == ["noise:mrna=2", "full"])
  }

  @Test(arguments: [
    ("nois:mrna=2", "did you mean noise?"), ("noise:mrn=2", "did you mean mrna?"),
    ("ful", "did you mean full?"), ("class-gaps:mrna=LumB", "did you mean LumA?"),
    ("missing:mrna", "use --kind missing"), ("n=51", "for all labels write full"),
  ])
  func errorsNameTheNearestWord(written: String, remedy: String) {
    let error = #expect(throws: StudyError.self) { try parser().setting(written) }
    #expect(error?.code == .badOption)
    #expect(error?.location == "settings, \(written)")
    #expect(error?.remedy == remedy)
  }

  @Test(arguments: [
    "", "+", "noise", "noise:", "noise:mrna", "noise:mrna=", "noise:mrna=0", "noise:mrna=-1",
    "noise:mrna=nan", "noise:mrna=inf", "noise:mrna=1e9", "noise=2", "replace:cnv=1",
    "features:cnv=5", "features:cnv=0", "features:cnv=1.5", "permute:cnv=1.1", "permute:cnv=0",
    "n=5", "n=x", "n=", "n:40", "full+n=20", "n=20+n=30", "noise:mrna=1+noise:mrna=2",
    "replace:cnv+missing:cnv+missing:mrna", "noise:mrna=1+", "n=20+full",
  ])
  func whatCannotBeIsRefused(written: String) {
    let error = #expect(throws: StudyError.self) { try parser().setting(written) }
    #expect(error?.code == .badOption)
    #expect(error?.expected.isEmpty == false)
  }

  @Test(arguments: [
    "gaps:cnv=1", "gaps:cnv=0", "gaps:cnv", "class-gaps:cnv", "class-gaps:cnv=", "missing:cnv=1",
    "noise:mrna=1",
  ])
  func missingKindRefusesToo(written: String) {
    #expect(throws: StudyError.self) { try parser(.missing).setting(written) }
  }

  @Test func kindsWantTheirOwnConditions() throws {
    #expect(try parser(.samples).setting("n=20+replace:cnv").labelledCount == 20)
    #expect(throws: StudyError.self) { try parser(.samples).setting("replace:cnv") }
    for kind in RobustnessKind.allCases {
      #expect(try parser(kind).setting("full") == .full)
      #expect(try parser(kind).setting("n=20").labelledCount == 20)
    }
    #expect(try parser(.missing).setting("missing:cnv+replace:mrna").labelledCount == nil)
  }

  @Test func givenSizesAreTheOnlyOnes() throws {
    let parser = parser(.samples, sizes: .list([40, 80]))
    #expect(try parser.setting("n=80").labelledCount == 80)
    let error = #expect(throws: StudyError.self) { try parser.setting("n=60") }
    #expect(error?.expected.contains("40, 80") == true)
  }

  @Test func wordsTellWhatChanges() throws {
    let setting = try parser().setting("n=40+noise:mrna=2+permute:cnv=0.07")
    #expect(
      setting.words == "40 labelled training patients; noise of 2 standard deviations on mrna; "
        + "cnv exchanged among 7 % of patients")
    #expect(StudySetting.full.words == "nothing changed")
  }
}
