import Foundation
import Testing
import _TestSupport

/// `convert`: what is written is read again; nothing is overwritten unasked.
@Suite struct ConvertVerbTests {
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "convert-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  @Test func thereAndBackIsTheSame() throws {
    try withFolder { folder in
      let first = try Program.run(["convert", "--demo", "--out", "a.h5mu"], in: folder)
      #expect(first.code == 0, "\(first.errors)")
      #expect(first.output.hasPrefix("76 patients, cnv (76 × 198), "))
      #expect(try Program.run(["convert", "a.h5mu", "--out", "b"], in: folder).code == 0)
      #expect(try Program.run(["convert", "b", "--out", "c.h5mu"], in: folder).code == 0)
      let bytes = try ["a.h5mu", "c.h5mu"].map {
        try Data(contentsOf: URL(filePath: folder).appending(path: $0))
      }
      #expect(bytes[0] == bytes[1])
      #expect(bytes[0].starts(with: Data("MuData".utf8)))
      let names = try FileManager.default.contentsOfDirectory(atPath: folder + "/b").sorted()
      #expect(
        names == [
          "cnv.csv", "cohort.yaml", "labels.csv", "mirna.csv", "mrna.csv", "mutation.csv",
          "rppa.csv",
        ])
    }
  }

  @Test func nothingIsOverwrittenUnasked() throws {
    try withFolder { folder in
      let out = ["convert", "--demo", "--modalities", "rppa", "--out"]
      #expect(try Program.run(out + ["a.h5mu"], in: folder).code == 0)
      #expect(try Program.run(out + ["a.h5mu"], in: folder).code == 73)
      #expect(try Program.run(out + ["a.h5mu", "--force"], in: folder).code == 0)
      let json = try Program.run(out + ["b", "--json"], in: folder)
      #expect(json.code == 0)
      #expect(json.output.contains("\"patients\" : 44"))
      #expect(try Program.run(out + ["b"], in: folder).code == 73)
      #expect(try Program.run(out + ["b", "--force"], in: folder).code == 0)
      // A table of another conversion would be read as an assay of this one.
      let other = ["convert", "--demo", "--modalities", "cnv", "--out", "b", "--force"]
      let refused = try Program.run(other, in: folder)
      #expect(refused.code == 73)
      #expect(refused.errors.contains("rppa.csv"))
      let itself = try Program.run(["convert", "a.h5mu", "--out", "a.h5mu", "--force"], in: folder)
      #expect(itself.code == 73)
    }
  }

  @Test func anOutputIsNeeded() throws {
    #expect(try Program.run(["convert", "--demo"]).code == 64)
    #expect(try Program.run(["convert", "--demo", "--out", ""]).code == 64)
    let foreign = try Program.run(["convert", "--demo", "--out", "x.h5ad"])
    #expect(foreign.code == 64)
    #expect(foreign.errors.contains(".h5mu"))
  }

  @Test func aStudyReadsAnnData() throws {
    let file = repositoryRoot.appending(path: "Tests/Fixtures/anndata/anndata-0.12-dense.h5ad")
    let outcome = try Program.run(["inspect", file.path, "--label", "stage"])
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("label: stage, 6 labelled (1 3, 2 2, 4 1)"))
    let damaged = repositoryRoot.appending(path: "Tests/Fixtures/anndata/refused-soft-link.h5ad")
    let refused = try Program.run(["inspect", damaged.path])
    #expect(refused.code == 65)
    #expect(refused.errors.contains("refused-soft-link.h5ad, /X"))
  }
}
