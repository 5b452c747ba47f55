import Foundation
import Testing

@Suite struct BoundsTests {
  @Test(arguments: [
    ("study c", "folds", "1", "2 to 1000"), ("study c", "folds", "99999999999", "2 to 1000"),
    ("study c", "repeats", "0", "1 to 1000, or auto"),
    ("study c", "threads", "100000", "1 to 1024"),
    ("study c", "threads", "0", "1 to 1024"),
    ("study c", "seed", "-1", "0 to 18446744073709551615"),
    ("study c", "folds", "five", "2 to 1000"),
    ("study c", "folds", "9999999999999999999999", "2 to 1000"),
    ("robustness c --kind samples", "draws", "0", "1 to 10000"),
    ("fuse c", "neighbors", "0", "1 to 1000000"), ("fuse c", "iterations", "-5", "1 to 10000"),
    ("fuse c", "clusters", "many", "1 to 10000, or auto"),
    ("mi --x c/mrna.csv --y c/cnv.csv", "permutations", "9999999999", "0 to 1000000"),
    ("mi --x c/mrna.csv --y c/cnv.csv", "neighbors", "0", "1 to 1000000"),
  ])
  func wholeNumbersHaveRanges(
    verb: String, option: String, value: String, range: String
  ) throws {
    let cohort = try CohortFolder()
    for script in [
      "$E \(verb) --\(option)=\(value)",
      "echo '\(option): \(value)' >config.yaml; $E \(verb) --config config.yaml",
    ] {
      let outcome = try shell(script, cohort)
      if script.contains("config") && Int(value) == nil
        && !["clusters", "repeats"].contains(option)
      {
        // Of the wrong kind altogether.
        #expect(outcome.code == 78, "\(script)")
        continue
      }
      if script.contains("config") && option == "seed" { continue }
      #expect(outcome.code == 64, "\(script)")
      #expect(outcome.errors.contains("where: \(option)"), "\(script)")
      #expect(outcome.errors.contains("found: \(value)"), "\(script)")
      #expect(outcome.errors.contains("expected: a whole number from \(range)"), "\(script)")
    }
  }

  @Test(arguments: [
    "$E mi --x pipe --y c/cnv.csv", "$E mi --x /dev/zero --y c/cnv.csv",
    "$E mi --x c/mrna.csv --labels socket",
    "$E inspect pipe", "$E study c --folds-file pipe --out out",
    "$E study c --config pipe --out out", "$E predict pipe c", "$E predict /dev/zero c",
    "$E validate pipe c --out out", "$E study d --out out", "$E inspect d --config c/labels.csv",
  ])
  func pipesDevicesAndSocketsAreRefused(command: String) throws {
    let cohort = try CohortFolder()
    let outcome = try shell(
      """
      mkfifo pipe; mkdir d; cp c/labels.csv d; mkfifo d/mrna.csv
      python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("socket")' 2>/dev/null ||
        mkfifo socket
      \(command)
      """, cohort)
    let isConfigurationOfTheWrongKind = command.hasSuffix("labels.csv")
    #expect(outcome.code == (isConfigurationOfTheWrongKind ? 78 : 65))
    #expect(!cohort.hasOutput)
  }

  @Test func aliasBombsEndAtOnce() throws {
    let cohort = try CohortFolder()
    var bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
    for level in 1..<30 {
      bomb +=
        "a\(level): &a\(level) ["
        + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ",") + "]\n"
    }
    try cohort.write(bomb, to: "cohort.yaml")
    for command in ["$E inspect c", "rm c/cohort.yaml; $E inspect demo:acc --config bomb.yaml"] {
      let outcome = try shell("cp c/cohort.yaml bomb.yaml; \(command)", cohort)
      #expect(outcome.code == 78)
      #expect(outcome.errors.contains("found: 261 aliases"))
    }
    let deep = String(repeating: "[", count: 100_000)
    try cohort.write(deep, to: "cohort.yaml")
    #expect(try shell("$E inspect c", cohort).code == 78)
  }

  @Test(arguments: [
    ("$E study c --out '' --methods majority", 64, "an output without a name"),
    ("$E predict m c --out ''", 64, "an output without a name"),
    ("$E train c --model ''", 64, "an output without a name"),
    ("$E train c --model c/mrna.csv --force", 73, "would replace a file that is read"),
    ("ln -s c/mrna.csv link; $E train c --model link --force", 73, "would replace a file"),
    ("ln c/mrna.csv hard; $E train c --model hard --force", 73, "would replace a file"),
    ("$E train c --model /dev/null --force", 73, "found: a device"),
    ("mkfifo pipe; $E train c --model pipe --force", 73, "found: a named pipe"),
    ("mkdir f; $E train c --model f --force", 73, "found: Is a directory"),
    ("$E study c --out c/mrna.csv --methods majority", 73, "found: Not a directory"),
    (
      "$E study c --methods majority --out $(printf '%300s' x | tr ' ' x)", 73, "File name too long"
    ),
    (
      "mkdir o; cp c/labels.csv o/folds.csv; $E study c --folds-file o/folds.csv --out o --force",
      73,
      "would replace a file that is read"
    ),
    (
      "mkdir -p o/run.json; $E study c --methods majority --out o --force", 73,
      "a folder of that name"
    ),
    ("$E study c --methods majority --out /proc/out", 73, "found: "),
  ])
  func outputsThatCannotBe(command: String, code: Int32, words: String) throws {
    let cohort = try CohortFolder()
    let before = try cohort.listing()
    let outcome = try shell(command, cohort)
    #expect(outcome.code == code)
    #expect(outcome.errors.contains(words))
    #expect(try cohort.listing() == before)
  }
}

extension CohortFolder {
  /// Every file of the cohort with its text.
  fileprivate func listing() throws -> [String: String] {
    var texts = [String: String]()
    for name in try FileManager.default.contentsOfDirectory(atPath: path) {
      texts[name] = try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
    }
    return texts
  }
}
