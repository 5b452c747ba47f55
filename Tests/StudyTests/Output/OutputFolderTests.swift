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
    let foreign = try OutputFolder(path: temporary.path).clear()
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
    #expect(error?.code == .outputUnwritable)
    #expect(error?.found == "Is a directory")
    #expect(temporary.names == ["a.txt", "b.txt", "c.txt"])
  }

  @Test func anEarlierRunStaysUntilTheNewOneIsWritten() throws {
    let temporary = try TemporaryFolder()
    defer { temporary.remove() }
    let folder = OutputFolder(path: temporary.path)
    for name in ["notes.txt", "run.json", "labelled.csv", ".fuse.json.partial", ".x.partial"] {
      try temporary.write("old", to: name)
    }
    let long = String(repeating: "n", count: 300)
    #expect(throws: StudyError.self) {
      try folder.publish([("run.json", Data()), (long, Data())], replacing: true)
    }
    #expect(try temporary.text("run.json") == "old")
    let foreign = try folder.publish(
      [("fuse.json", Data("new".utf8)), ("run.json", Data("new".utf8))], replacing: true)
    #expect(foreign == [".x.partial", "notes.txt"])
    #expect(temporary.names == [".x.partial", "fuse.json", "notes.txt", "run.json"])
    #expect(try temporary.text("run.json") == "new")
  }

  @Test func inputsAndSpecialFilesAreNeverReplaced() throws {
    let temporary = try TemporaryFolder()
    defer { temporary.remove() }
    try temporary.write("folds", to: "mine.csv")
    #expect(link(temporary.file("mine.csv"), temporary.file("folds.csv")) == 0)
    let folder = OutputFolder(path: temporary.path)
    let input = #expect(throws: StudyError.self) {
      try folder.check(.force, files: [temporary.file("mine.csv")])
    }
    #expect(input?.code == .outputOccupied)
    try folder.check(.force)
    #expect(mkfifo(temporary.file("results.csv"), 0o600) == 0)
    let pipe = #expect(throws: StudyError.self) { try folder.check(.force) }
    #expect(pipe?.code == .outputUnwritable)
    let file = OutputFile(path: temporary.file("folds.csv"))
    let same = #expect(throws: StudyError.self) {
      try file.check(force: true, inputs: [temporary.file("mine.csv")])
    }
    #expect(same?.code == .outputOccupied)
    let device = #expect(throws: StudyError.self) {
      try OutputFile(path: "/dev/null").check(force: true)
    }
    #expect(device?.code == .outputUnwritable)
  }

  @Test func aSecondHolderIsTurnedAway() throws {
    let temporary = try TemporaryFolder()
    defer { temporary.remove() }
    let folder = OutputFolder(path: temporary.file("out"))
    let lock = try folder.lock(verb: "study")
    let error = #expect(throws: StudyError.self) { try folder.lock(verb: "audit") }
    #expect(error?.code == .outputLocked)
    #expect(error?.found.contains("process \(getpid()) on host ") == true)
    lock.release()
    #expect(temporary.names.isEmpty)
  }
}
