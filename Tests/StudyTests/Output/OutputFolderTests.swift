import Foundation
import Study
import Testing

@Suite struct OutputFolderTests {
  @Test func nonEmptyFolderIsRefusedUnlessForced() throws {
    let temporary = try TemporaryFolder()
    defer { temporary.remove() }
    try temporary.write("mine", to: "notes.txt")
    let folder = OutputFolder(path: temporary.path)
    for policy in [OutputFolder.Policy.fresh, .resume] {
      let error = #expect(throws: StudyError.self) { try folder.check(policy) }
      #expect(error?.code == .outputOccupied)
      #expect(error?.found == "notes.txt")
    }
    try folder.check(.force)
  }

  @Test func forceRemovesOnlyAnEarlierRun() throws {
    let temporary = try TemporaryFolder()
    defer { temporary.remove() }
    for name in ["notes.txt", "run.json", "results.csv", ".tasks.jsonl", ".report.html.partial"] {
      try temporary.write("x", to: name)
    }
    let foreign = try OutputFolder(path: temporary.path).open(.force)
    #expect(foreign == ["notes.txt"])
    #expect(temporary.names == ["notes.txt"])
  }

  @Test func cohortFolderItselfIsRefusedButNotOneInside() throws {
    let temporary = try TemporaryFolder()
    defer { temporary.remove() }
    let error = #expect(throws: StudyError.self) {
      try OutputFolder(path: temporary.path + "/").check(.force, input: temporary.path)
    }
    #expect(error?.code == .outputOccupied)
    try OutputFolder(path: temporary.file("results")).check(.fresh, input: temporary.path)
  }

  @Test func aFileInTheWayIsUnwritable() throws {
    let temporary = try TemporaryFolder()
    defer { temporary.remove() }
    try temporary.write("x", to: "file")
    for path in ["file", "file/below", "file/below/deeper"] {
      let folder = OutputFolder(path: temporary.file(path))
      let error = #expect(throws: StudyError.self) { try folder.check(.fresh) }
      #expect(error?.code == .outputUnwritable)
    }
    #expect(temporary.names == ["file"])
  }

  @Test func publishLeavesNothingAside() throws {
    let temporary = try TemporaryFolder()
    defer { temporary.remove() }
    let folder = OutputFolder(path: temporary.path)
    try folder.publish([("a.txt", Data("one".utf8)), ("b.txt", Data("two".utf8))])
    #expect(temporary.names == ["a.txt", "b.txt"])
    #expect(try temporary.text("b.txt") == "two")
    // A folder in the place of the last file makes publishing fail.
    try FileManager.default.createDirectory(
      atPath: temporary.file("c.txt/inner"), withIntermediateDirectories: true)
    let error = #expect(throws: StudyError.self) {
      try folder.publish([("c.txt", Data("three".utf8))])
    }
    #expect(error?.code == .writeFailed)
    #expect(temporary.names == ["a.txt", "b.txt", "c.txt"])
  }
}
