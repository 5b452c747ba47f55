import Cohort
import Equipoise
import Foundation

/// From flags to the answer of `mi`.
struct InformationJob {
  let settings: Settings
  let tables: InformationTables
  let information: InformationFlags
  let runtime: RunOptions

  func run() throws {
    let console = try settings.console(runtime)
    let threads = try settings.threads(runtime)
    let (x, counterpart) = try settings.pair(tables)
    let options = try settings.informationOptions(information)
    try options.check()
    let pair = try PairedTables(x: x, with: counterpart, threads: threads)
    let question = try TableInformation(pair, options: options, threads: threads)
    if try settings.truth(tables.each, "each") {
      let record = try question.eachColumn()
      tell(record.warnings, console)
      try Answer.json(String(decoding: try record.sortedJSON(), as: UTF8.self))
    } else {
      let record = try question.joint()
      tell(record.warnings, console)
      try Answer.json(String(decoding: try record.sortedJSON(), as: UTF8.self))
    }
  }

  private func tell(_ warnings: [String], _ console: Console) {
    for warning in warnings { console.warn(warning) }
  }
}
