import Boundary
import Foundation
import Testing

/// A folder for one test.
final class TestFolder {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "equipoise-\(UUID())")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path(percentEncoded: false)
  }
  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { "\(path)/\(name)" }
  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }
}

@Suite struct VisibleTextTests {
  @Test func unseenCharactersAreWrittenOut() {
    #expect(visibleText("a\u{202E}b") == "a\\u{202E}b")
    #expect(visibleText("a\u{200B}\u{FEFF}\u{AD}") == "a\\u{200B}\\u{FEFF}\\u{AD}")
    #expect(visibleText("\u{1B}[31m\n\t\u{7F}\u{85}") == "\\u{1B}[31m\\u{A}\\u{9}\\u{7F}\\u{85}")
    #expect(visibleText("x\u{2028}y\u{2066}z\u{E0041}") == "x\\u{2028}y\\u{2066}z\\u{E0041}")
    #expect(visibleText("a\r\nb\n", keeping: "\n") == "a\\u{D}\nb\n")
  }

  @Test func visibleTextStays() {
    for text in ["", "Luminal A", "Grün − ½ “x” 中文 عربي", "e\u{301}"] {
      #expect(visibleText(text) == text)
    }
  }
}

@Suite struct YAMLBoundsTests {
  @Test func aliasBombsAreRefused() {
    var bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
    for level in 1..<10 {
      bomb +=
        "a\(level): &a\(level) ["
        + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ",") + "]\n"
    }
    #expect(YAMLBounds.violation(bomb)?.found == "81 aliases (*name)")
    // A quote within plain text, or a comment sign within quotes, hides nothing.
    #expect(YAMLBounds.violation("a: plain\n  'more\n" + bomb) != nil)
    #expect(YAMLBounds.violation("\"a #\": [" + bomb.filter { $0 != "\n" } + "]") != nil)
  }

  @Test func usualFilesPass() {
    let plain = "title: 2 * 3 *x*\nfolds: 5\nmethods: [a, b]\nlist:\n- *one\n- x\n"
    #expect(YAMLBounds.violation(plain) == nil)
    let large = String(repeating: "# comment\n", count: 500_000)
    #expect(YAMLBounds.violation(large)?.expected == "at most 4194304")
  }
}

@Suite struct RegularFileTests {
  @Test func onlyRegularFilesAreRead() throws {
    let folder = try TestFolder()
    let path = folder.file("data")
    try Data("abc".utf8).write(to: URL(filePath: path))
    #expect(try RegularFile.bytes(at: path) == Array("abc".utf8))
    #expect(try RegularFile.bytes(at: path, limit: 3).count == 3)
    #expect(mkfifo(folder.file("pipe"), 0o600) == 0)
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("link"), withDestinationPath: folder.file("pipe"))
    let cases: [(String, FileFault.Kind)] = [
      (folder.file("pipe"), .notRegular), (folder.file("link"), .notRegular),
      ("/dev/zero", .notRegular), (folder.path, .unreadable), (folder.file("none"), .missing),
    ]
    for (path, kind) in cases {
      let fault = #expect(throws: FileFault.self) { try RegularFile.bytes(at: path) }
      #expect(fault?.kind == kind, "\(path)")
    }
    let large = #expect(throws: FileFault.self) { try RegularFile.bytes(at: path, limit: 2) }
    #expect(large?.kind == .tooLarge)
  }
}

@Suite struct OutputLockTests {
  @Test func aSecondHolderIsRefusedAndNamedTheFirst() throws {
    let folder = try TestFolder()
    let path = folder.file("a/b/\(OutputLock.folderLockName)")
    let lock = try OutputLock.take(at: path, verb: "study")
    let fault = #expect(throws: OutputLock.Fault.self) {
      try OutputLock.take(at: path, verb: "audit")
    }
    guard case .held(let holder?) = fault else {
      Issue.record("\(String(describing: fault))")
      return
    }
    #expect(holder.process == getpid())
    #expect(holder.verb == "study")
    #expect(!holder.host.isEmpty && holder.since.hasSuffix("Z"))
    lock.release()
    // The folders that were created for the lock are gone with it.
    #expect(folder.names.isEmpty)
    try OutputLock.take(at: path, verb: "audit").release()
  }

  @Test func aFileLeftByAKilledProcessIsTakenOver() throws {
    let folder = try TestFolder()
    let path = folder.file(".equipoise.lock")
    try Data("{\"process\":1,\"host\":\"other\",\"since\":\"x\",\"verb\":\"study\"}".utf8)
      .write(to: URL(filePath: path))
    let lock = try OutputLock.take(at: path, verb: "fuse")
    #expect(try String(contentsOfFile: path, encoding: .utf8).contains("\"verb\":\"fuse\""))
    lock.release()
    #expect(folder.names.isEmpty)
  }

  @Test func nothingButARegularFileIsLocked() throws {
    let folder = try TestFolder()
    let path = folder.file(".equipoise.lock")
    try FileManager.default.createSymbolicLink(
      atPath: path, withDestinationPath: folder.file("elsewhere"))
    #expect(throws: OutputLock.Fault.self) { try OutputLock.take(at: path, verb: "fuse") }
    #expect(folder.names == [".equipoise.lock"])
  }

  @Test func manyThreadsNeverHoldItTogether() throws {
    let folder = try TestFolder()
    let path = folder.file("out/.equipoise.lock")
    let mark = folder.file("mark")
    DispatchQueue.concurrentPerform(iterations: 400) { _ in
      guard let lock = try? OutputLock.take(at: path, verb: "study") else { return }
      // O_EXCL fails if another holder is inside.
      let descriptor = open(mark, O_WRONLY | O_CREAT | O_EXCL, 0o600)
      #expect(descriptor >= 0)
      if descriptor >= 0 {
        close(descriptor)
        unlink(mark)
      }
      lock.release()
    }
    #expect(folder.names.isEmpty)
  }
}

@Suite struct AsideFilesTests {
  @Test func filesAppearWholeAndTogether() throws {
    let folder = try TestFolder()
    try Data("old".utf8).write(to: URL(filePath: folder.file(".a.partial")))
    let files = AsideFiles()
    try files.write(Data("one".utf8), to: folder.file("a"))
    try files.write(Data("two".utf8), to: folder.file("b"))
    #expect(folder.names == [".a.partial", ".b.partial"])
    try files.commit()
    #expect(folder.names == ["a", "b"])
    #expect(try String(contentsOfFile: folder.file("a"), encoding: .utf8) == "one")
  }

  @Test func discardedFilesLeaveNothing() throws {
    let folder = try TestFolder()
    let files = AsideFiles()
    try files.write(Data("one".utf8), to: folder.file("a"))
    files.discard()
    #expect(folder.names.isEmpty)
  }

  @Test func theCauseIsNamed() throws {
    let folder = try TestFolder()
    let files = AsideFiles()
    let long = String(repeating: "x", count: 300)
    let cases = [
      (folder.file("none/a"), "No such file or directory"),
      (folder.file(long), "File name too long"),
    ]
    for (path, cause) in cases {
      let fault = #expect(throws: FileFault.self) { try files.write(Data(), to: path) }
      #expect(fault?.cause == cause)
      #expect(fault?.kind == .unwritable)
    }
    #expect(FileFault.writing("x", ENOSPC).kind == .writeFailed)
  }
}
