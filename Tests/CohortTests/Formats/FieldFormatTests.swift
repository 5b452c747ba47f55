import Foundation
import Testing

@testable import Cohort

/// Files of the field's formats are read as the field's own readers read them.
@Suite("Formats of the field")
struct FieldFormatTests {
  @Test func fixturesAreThere() {
    #expect(FormatFixture.all.count >= 23)
  }

  @Test(arguments: FormatFixture.all)
  func valuesAreThoseOfTheFieldsOwnReader(fixture: FormatFixture) throws {
    let cohort = try readCohort(fixture.request).cohort
    #expect(Set(cohort.table.modalities.map(\.name)) == Set(fixture.modalities.keys))
    for (name, expected) in fixture.modalities {
      let table = try cohort.modality(name)
      #expect(table.featureNames == expected.features, "\(name)")
      for (row, patient) in expected.patients.enumerated() {
        let index = try #require(cohort.table.patients.firstIndex(of: patient), "\(patient)")
        for (column, value) in expected.values[row].enumerated() {
          let found = table.values[index, column]
          guard let value else {
            #expect(found.isNaN, "\(name) \(patient) \(column)")
            continue
          }
          let isEqual =
            fixture.single == true ? Float(found) == Float(value) : found == value
          #expect(isEqual, "\(name) \(patient) \(column): \(found), expected \(value)")
        }
      }
      // Patients that the table lacks have nothing in it.
      let known = Set(expected.patients)
      for (index, patient) in cohort.table.patients.enumerated() where !known.contains(patient) {
        let isMissing = table.values.row(index).allSatisfy(\.isNaN)
        #expect(isMissing, "\(name) \(patient)")
      }
    }
  }

  @Test(arguments: FormatFixture.all)
  func labelsCovariatesAndWarningsAreAsStated(fixture: FormatFixture) throws {
    let cohort = try readCohort(fixture.request).cohort
    if let labels = fixture.labels {
      let found = Dictionary(
        uniqueKeysWithValues: zip(cohort.table.patients, cohort.labelTexts))
      #expect(found == labels.mapValues { $0 })
    }
    if let covariates = fixture.covariates {
      #expect(cohort.table.covariates.map(\.name).sorted() == covariates.sorted())
    }
    let warnings = cohort.notices.filter { $0.severity == .warning }.map(\.code)
    for code in fixture.warnings ?? [] {
      #expect(warnings.contains(code), "\(code) in \(warnings)")
    }
    if fixture.warnings == nil, !fixture.name.hasPrefix("cbioportal") {
      #expect(warnings.isEmpty, "\(warnings)")
    }
  }

  @Test func metadataOfGCTColumnsServesAsLabel() throws {
    let cohort = try readCohort(
      CohortRequest(FormatFixture.path("gct-13"), labelColumn: "tissue")
    ).cohort
    let fixture = try #require(FormatFixture.all.first { $0.name == "gct-13" })
    #expect(cohort.labelTexts == fixture.annotations?["tissue"]?.map { $0 })
  }

  @Test func formatIsRecognizedAndMayBeNamed() throws {
    for (format, name) in [
      ("cbioportal", "cbioportal"), ("gdc", "gdc"), ("xena", "xena"),
      ("linkedomics", "linkedomics"), ("mlomics", "mlomics"), ("folder", "gct-12"),
    ] {
      let folder = try CohortFolder(.folder(FormatFixture.path(name)))
      var recognized = [String]()
      for reader in cohortReaders where try reader.recognizes(folder) {
        recognized.append(reader.format)
      }
      #expect(recognized.first == format)
      // Nobody but the folder's own reader takes files of another format.
      #expect(recognized == (format == "folder" ? ["folder"] : [format, "folder"]))
    }
    var request = CohortRequest(FormatFixture.path("gdc"))
    request.format = "cbio"
    #expect(throws: CohortError.self) { try readCohort(request) }
  }

  @Test func clinicalColumnsAreNamedWhereNoLabelIs() throws {
    let error = #expect(throws: CohortError.self) {
      try readCohort(CohortRequest(FormatFixture.path("cbioportal")))
    }
    #expect(error?.code == .unknownColumn)
    #expect(error?.remedy?.contains("--label SUBTYPE") == true)
  }

  @Test func orderOfFilesAndThreadsChangeNothing() throws {
    let fixture = try #require(FormatFixture.all.first { $0.name == "cbioportal" })
    var request = fixture.request
    let one = try readCohort(request).cohort
    request.threads = 4
    let four = try readCohort(request).cohort
    #expect(one.table.patients == four.table.patients)
    for (a, b) in zip(one.table.modalities, four.table.modalities) {
      #expect(a.values.values.map(\.bitPattern) == b.values.values.map(\.bitPattern))
    }
  }

  @Test func labelsBesideAStudyMayNameSamplesByBarcode() throws {
    var files = bytesOfFiles(below: FormatFixture.path("gdc"))
    let patients = (0..<6).map { "TCGA-A0-A00\($0)" }
    let lines = patients.enumerated().map { "\($1)-01A,\($0 % 2 == 0 ? "x" : "y")\n" }
    files["labels.csv"] = Array(("sample,label\n" + lines.joined()).utf8)
    let cohort = try read(bytes: files)
    #expect(cohort.table.patients == patients)
    #expect(cohort.labelTexts == ["x", "y", "x", "y", "x", "y"])
    #expect(cohort.notices.allSatisfy { $0.code != "partial-join" })
  }

  @Test func ownFolderStaysAFolder() throws {
    // Labels beside a matrix of Xena: normals may be a class, so nothing is left out.
    let cohort = try read([
      "labels.csv": "sample,label\nTCGA-A1-A0SB-01,a\nTCGA-A1-A0SC-01,a\nTCGA-A1-A0SB-11,b\n",
      "HiSeqV2": "Sample\tTCGA-A1-A0SB-01\tTCGA-A1-A0SC-01\tTCGA-A1-A0SB-11\nG\t1\t2\t3\n",
    ])
    #expect(cohort.table.patients.count == 3)
    #expect(try cohort.modality("HiSeqV2").values.values == [1, 2, 3])
  }
}
