import ArgumentParser
import Evaluation
import Foundation

/// How tables are written.
struct TableOptions: ParsableArguments {
  @Flag(help: "Put an apostrophe before CSV text that a spreadsheet would run as a formula.")
  var spreadsheetSafe = false

  static let keys = ["spreadsheetSafe"]
}

extension Settings {
  /// Whether tables are to be safe for spreadsheets.
  func isSpreadsheetSafe(_ options: TableOptions) throws -> Bool {
    try truth(options.spreadsheetSafe, "spreadsheetSafe")
  }
}
